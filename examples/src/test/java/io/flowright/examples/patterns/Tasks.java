package io.flowright.examples.patterns;

import io.flowright.runtime.Run;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import java.util.List;

/** What became of the tasks of a run. */
final class Tasks {

    private Tasks() {}

    static List<String> succeeded(Run<?> run) {
        return with(run, TaskStatus.SUCCEEDED);
    }

    static List<String> skipped(Run<?> run) {
        return with(run, TaskStatus.SKIPPED);
    }

    private static List<String> with(Run<?> run, TaskStatus status) {
        return run.snapshot().tasks().stream()
                .filter(task -> task.status() == status)
                .map(TaskSnapshot::name)
                .toList();
    }

    static TaskStatus status(Run<?> run, String task) {
        return run.snapshot().task(task).status();
    }
}
