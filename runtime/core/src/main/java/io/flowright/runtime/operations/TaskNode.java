package io.flowright.runtime.operations;

import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task, or tasks that belong together, and how they stand. The status of what has parts sums them up: it is that of the first part, in
 * order, that has not come to its end, else {@code FAILED} if one failed, else {@code SUCCEEDED} or, if all of them are, {@code SKIPPED}.
 *
 * @param name the durable name; of an element its index in brackets
 * @param kind what it is
 * @param status how it stands, as far as that is on record
 * @param after the names of the tasks that it comes after; of groups and elements none
 * @param activity what its engine last said of it; null: nothing
 * @param parts the tasks of a group, the elements of a task that runs for each
 * @since 0.1
 */
public record TaskNode(
        String name,
        Kind kind,
        TaskStatus status,
        List<String> after,
        @Nullable TaskSnapshot activity,
        List<TaskNode> parts) {

    /** What a node is. */
    public enum Kind {
        /** A task. */
        TASK,
        /** The tasks that were included under one name. */
        GROUP,
        /** One element of a task that runs for each. */
        ELEMENT
    }

    /** A node; the lists are copied. */
    public TaskNode {
        after = List.copyOf(after);
        parts = List.copyOf(parts);
    }
}
