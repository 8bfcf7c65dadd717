package io.flowright.examples.crash;

import io.flowright.crash.matrix.MortalFlow;
import io.flowright.crash.matrix.World;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An example whose processes die: its own tasks, with services that outlive the processes. Thread-safe. */
public interface MortalExample {

    /**
     * How a run ends that nobody disturbs.
     *
     * @param outcome as {@link MortalFlow#end} says it
     * @param traces what is there then, in the {@linkplain World#traces() words} of its world
     */
    record Ending(RunStatus status, String outcome, List<String> traces) {}

    /** The ending of every run, however often it was disturbed. */
    Ending ending();

    /** By the names of tasks, those whose results or failures are on record before they start. */
    Map<String, Set<String>> needs();

    /**
     * Makes the services for one run.
     *
     * @param directory an empty folder of its own
     * @param effects the log in which each attempt of a task is noted before it begins, see {@link Attempts}
     */
    default World world(Path directory, Path effects) throws Exception {
        return World.NONE;
    }

    /**
     * Makes the flow, with tasks that use the services of another process.
     *
     * @param world where they are
     */
    MortalFlow flow(Engine engine, String world);
}
