package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Pattern 26, cancel multiple instance task: one failure withdraws them all, and the flow goes on without them. */
@Flow
public class CancelInstancesTasks {

    @Provides("parts")
    @Task(optional = true)
    String download(@ForEach("sources") Callable<String> source) throws Exception {
        return source.call();
    }

    @Provides
    String film(@Input List<Callable<String>> sources, @Requires Optional<List<String>> parts) {
        return parts.map(found -> String.join("", found)).orElse("a test picture");
    }
}
