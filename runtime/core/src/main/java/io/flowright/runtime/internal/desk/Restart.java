package io.flowright.runtime.internal.desk;

import io.flowright.runtime.operations.FlowOutline;
import io.flowright.runtime.spi.TaskRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What of a run still holds when it is begun again in the middle. */
final class Restart {

    private Restart() {}

    /**
     * The records that a new run keeps.
     *
     * @param first the tasks that are to run in any case
     * @param inputs the names of inputs that have other values
     */
    static List<TaskRecord> kept(
            FlowOutline outline, Map<String, RecordedTask> recorded, Set<String> first, Set<String> inputs) {
        Set<String> again = new HashSet<>(first);
        List<TaskRecord> kept = new ArrayList<>();
        // In the outline each task comes after those that it needs.
        for (FlowOutline.Task task : outline.tasks()) {
            RecordedTask known = recorded.get(task.name());
            boolean repeated = again.contains(task.name())
                    || !Collections.disjoint(task.after(), again)
                    || !Collections.disjoint(task.inputs(), inputs)
                    || (known != null && known.isUndone());
            if (repeated) {
                again.add(task.name());
            } else if (known != null) {
                kept.addAll(known.ended());
            }
        }
        return kept;
    }
}
