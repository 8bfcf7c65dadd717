package io.flowright.processor.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The order in which one thread runs the tasks (Kahn's algorithm with a heap of ready tasks). */
final class ExecutionOrder {

    private ExecutionOrder() {}

    /**
     * Every task after all that it needs; among ready ones the highest priority first, then declared order. Tasks that wait for each
     * other, and what waits for those, are left out.
     */
    static List<Integer> of(Wiring wiring) {
        Dependencies dependencies = wiring.dependencies();
        int[] missing = dependencies.incoming();
        PriorityQueue<Integer> ready = new PriorityQueue<>(
                Comparator.comparingInt((Integer task) -> wiring.task(task).priority())
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()));
        for (int task = 0; task < missing.length; task++) {
            if (missing[task] == 0) {
                ready.add(task);
            }
        }
        List<Integer> order = new ArrayList<>(missing.length);
        for (Integer task = ready.poll(); task != null; task = ready.poll()) {
            order.add(task);
            for (Dependencies.Edge edge : dependencies.outgoing(task)) {
                if (--missing[edge.consumer()] == 0) {
                    ready.add(edge.consumer());
                }
            }
        }
        return List.copyOf(order);
    }
}
