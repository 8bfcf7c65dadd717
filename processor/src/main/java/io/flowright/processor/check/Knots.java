package io.flowright.processor.check;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Finds the knots of a graph: sets of tasks each of which waits for each other one (strongly connected components, Tarjan
 * 1972). Real graphs are thousands of tasks deep, so it keeps its own stack.
 */
final class Knots {

    private static final int UNVISITED = -1;

    private final Dependencies dependencies;
    private final int[] knots;
    private final int[] visited;
    private final int[] lowest;
    private final int[] nextEdge;
    private final Deque<Integer> path = new ArrayDeque<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private int clock;
    private int found;

    Knots(Dependencies dependencies) {
        this.dependencies = dependencies;
        knots = new int[dependencies.size()];
        visited = new int[dependencies.size()];
        lowest = new int[dependencies.size()];
        nextEdge = new int[dependencies.size()];
        Arrays.fill(knots, UNVISITED);
        Arrays.fill(visited, UNVISITED);
    }

    /** For each task the number of its knot, below the number of tasks; a task without a circle is alone in its knot. */
    int[] find() {
        for (int task = 0; task < knots.length; task++) {
            if (visited[task] == UNVISITED) {
                enter(task);
                while (!path.isEmpty()) {
                    advance(path.element());
                }
            }
        }
        return knots;
    }

    private void enter(int task) {
        visited[task] = clock;
        lowest[task] = clock;
        clock++;
        path.push(task);
        open.push(task);
    }

    private void advance(int task) {
        if (nextEdge[task] < dependencies.outgoing(task).size()) {
            int successor = dependencies.outgoing(task).get(nextEdge[task]++).consumer();
            if (visited[successor] == UNVISITED) {
                enter(successor);
            } else if (knots[successor] == UNVISITED) {
                lowest[task] = Math.min(lowest[task], visited[successor]);
            }
            return;
        }
        path.pop();
        if (!path.isEmpty()) {
            lowest[path.element()] = Math.min(lowest[path.element()], lowest[task]);
        }
        if (lowest[task] == visited[task]) {
            close(task);
        }
    }

    private void close(int root) {
        int task;
        do {
            task = open.pop();
            knots[task] = found;
        } while (task != root);
        found++;
    }
}
