package io.flowright.crash;

import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.util.ArrayList;
import java.util.List;

/** Names for what a store is told. */
final class Moments {

    private Moments() {}

    /** All that a commit says, in its order; the name of the commit itself is the first if it is a batch. */
    static List<String> of(List<RunWrite> writes) {
        List<String> names = new ArrayList<>();
        if (writes.size() > 1) {
            names.add("batch");
        }
        for (RunWrite write : writes) {
            if (write.begin() != null) {
                names.add("start");
            }
            write.tasks().forEach(task -> names.add(of(task)));
            RunWrite.Change change = write.change();
            if (change != null) {
                names.add(change.released() ? "completion" : "status " + change.status());
            }
        }
        return names;
    }

    private static String of(TaskRecord task) {
        String name = task.element().isEmpty() ? task.task() : task.task() + "[" + task.element() + "]";
        String kind = switch (task.kind()) {
            case START -> "begin";
            case END ->
                task.status() == TaskRecord.Status.RETRYING
                        ? "retry"
                        : task.element().isEmpty() ? "task" : "element";
            case COMPENSATION -> "compensation";
            case INTERRUPT -> "interrupt";
        };
        return kind + " " + name;
    }
}
