package io.flowright.processor.check;

import io.flowright.processor.check.Dependencies.Edge;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks that wait for each other. Of each knot of tasks the shortest circle through its natural start, the task nearest an
 * input, is reported once, where that task takes the last key.
 */
final class Cycles implements Rule {

    /** A circle of more tasks is cut in the middle, to this many at both ends. */
    private static final int SHOWN_AT_ENDS = 5;

    @Override
    public void check(Wiring wiring, Problems problems) {
        Dependencies dependencies = wiring.dependencies();
        int[] knots = new Knots(dependencies).find();
        int[] distances = distancesFromInputs(wiring, dependencies);
        int[] starts = starts(knots, distances);
        for (int start : starts) {
            List<Edge> circle = shortestCircle(start, knots, dependencies);
            if (!circle.isEmpty()) {
                problems.add(
                        Message.CYCLE, circle.get(circle.size() - 1).use().key().site(), path(circle, wiring));
            }
        }
    }

    /** How many tasks lie between each task and the nearest that takes an input or waits for nothing. */
    private static int[] distancesFromInputs(Wiring wiring, Dependencies dependencies) {
        int[] distances = new int[dependencies.size()];
        Arrays.fill(distances, Integer.MAX_VALUE);
        int[] incoming = dependencies.incoming();
        Deque<Integer> next = new ArrayDeque<>();
        for (int task = 0; task < distances.length; task++) {
            if (incoming[task] == 0 || takesInput(wiring, wiring.task(task))) {
                distances[task] = 0;
                next.add(task);
            }
        }
        while (!next.isEmpty()) {
            int task = next.remove();
            for (Edge edge : dependencies.outgoing(task)) {
                if (distances[edge.consumer()] == Integer.MAX_VALUE) {
                    distances[edge.consumer()] = distances[task] + 1;
                    next.add(edge.consumer());
                }
            }
        }
        return distances;
    }

    private static boolean takesInput(Wiring wiring, TaskModel task) {
        return task.parameters().stream()
                .anyMatch(parameter -> parameter instanceof ParameterModel.Input
                        || (parameter instanceof ParameterModel.Key key
                                && wiring.inputs().containsKey(key.key().name())));
    }

    /** Of each knot the task nearest an input, of equally near ones the first. */
    private static int[] starts(int[] knots, int[] distances) {
        int[] starts = new int[knots.length];
        Arrays.fill(starts, -1);
        for (int task = 0; task < knots.length; task++) {
            int start = starts[knots[task]];
            if (start < 0 || distances[task] < distances[start]) {
                starts[knots[task]] = task;
            }
        }
        return Arrays.stream(starts).filter(start -> start >= 0).sorted().toArray();
    }

    /** The edges of the shortest way from a task back to itself; it stays in its knot. Empty where there is none. */
    private static List<Edge> shortestCircle(int start, int[] knots, Dependencies dependencies) {
        Map<Integer, Edge> cameBy = new HashMap<>();
        Deque<Integer> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty() && !cameBy.containsKey(start)) {
            for (Edge edge : dependencies.outgoing(next.remove())) {
                if (knots[edge.consumer()] == knots[start] && cameBy.putIfAbsent(edge.consumer(), edge) == null) {
                    next.add(edge.consumer());
                }
            }
        }
        List<Edge> circle = new ArrayList<>();
        for (Edge edge = cameBy.get(start);
                edge != null;
                edge = edge.provider() == start ? null : cameBy.get(edge.provider())) {
            circle.add(edge);
        }
        Collections.reverse(circle);
        return circle;
    }

    /** {@code load --order--> charge --payment--> load}. */
    private static String path(List<Edge> circle, Wiring wiring) {
        List<String> names = names(circle, wiring);
        StringBuilder path = new StringBuilder(names.get(names.size() - 1));
        for (int i = 0; i < circle.size(); i++) {
            int hidden = circle.size() - 2 * SHOWN_AT_ENDS;
            if (i == SHOWN_AT_ENDS && hidden > 1) {
                path.append(" --> (").append(hidden).append(" more tasks)");
                i += hidden - 1;
            } else {
                path.append(" --").append(circle.get(i).use().key().shown()).append("--> ");
                path.append(names.get(i));
            }
        }
        return path.toString();
    }

    /** The consumers. The class is only told where there are several. */
    private static List<String> names(List<Edge> circle, Wiring wiring) {
        List<TaskModel> tasks =
                circle.stream().map(edge -> wiring.task(edge.consumer())).toList();
        return wiring.flow().taskClasses().size() == 1
                ? tasks.stream()
                        .map(task -> task.method().getSimpleName().toString())
                        .toList()
                : Wiring.displayNames(tasks);
    }
}
