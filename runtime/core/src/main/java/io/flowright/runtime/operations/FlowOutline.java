package io.flowright.runtime.operations;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The graph of a flow as people see it, without its classes. Engines leave it in their store, so that a run can be drawn, and begun
 * again in the middle, where nobody has the flow.
 *
 * @param flow the durable name of the flow
 * @param version its label; may be empty
 * @param fingerprint of the graph
 * @param inputs the inputs by name with the texts of their types, in declared order
 * @param tasks the tasks, in an order in which each comes after those that it needs
 * @since 0.1
 */
public record FlowOutline(
        String flow, String version, String fingerprint, Map<String, String> inputs, List<Task> tasks) {

    /**
     * A task of the graph.
     *
     * @param name its durable name, with the path of its group
     * @param group the path of its group; empty: none
     * @param after the names of the tasks that it comes after
     * @param inputs the names of the flow's inputs that it takes, or is guarded by
     * @param provides the keys that it provides
     * @param guards what decides whether it runs, for people; empty: it always does
     * @param each the key over whose elements it runs; null: it runs once
     * @param optional whether the run goes on without it when it fails
     * @param pure whether it is recomputed, not recorded
     * @param once whether it is never repeated without an operator's word
     * @param compensated whether there is something that undoes it
     */
    public record Task(
            String name,
            String group,
            List<String> after,
            List<String> inputs,
            List<String> provides,
            List<String> guards,
            @Nullable String each,
            boolean optional,
            boolean pure,
            boolean once,
            boolean compensated) {}
}
