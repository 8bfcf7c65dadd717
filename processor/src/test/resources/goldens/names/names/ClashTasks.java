package names;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import io.flowright.annotations.Task;
import io.flowright.runtime.RunOptions;

/** Users may call things as generated code does. */
@SuppressWarnings("flowright:retry-without-idempotency")
@Flow(include = Engine.class)
public class ClashTasks {

    @Provides
    Result result(@Input String options, @Input String[] flow) {
        return new Result(options);
    }

    @Provides
    static Frame frame(@Requires Result result) {
        return new Frame(result);
    }

    @Provides
    @Retry
    Keys inputs(@Requires Frame frame) {
        return new Keys(frame);
    }

    @Provides("context")
    @Retry
    String call(@Requires Keys inputs) {
        return inputs.toString();
    }

    @Provides("task")
    Object put(@Requires String context) {
        return context;
    }

    @Provides("value")
    int run(@Requires Object task) {
        return 1;
    }

    /** Not a task, and nearer to an {@code int} than the task is. */
    String enter(int value) {
        return "wrong";
    }

    @Provides("graph")
    String enter(@Requires long value) {
        return "right";
    }

    @Provides
    RunOptions Keys(@Requires String graph) {
        return RunOptions.none();
    }

    @Task(name = "run-all")
    void runAll(@Requires RunOptions Keys) {}

    @Task
    void provided(@Requires("Keys") RunOptions options) {}
}
