package io.flowright.processor.check;

import java.util.ArrayList;
import java.util.List;

/** The edges of a flow's graph: which tasks wait for which. */
final class Dependencies {

    /** An edge from a provider to a consumer. */
    record Edge(int provider, Wiring.Use use) {

        int consumer() {
            return use.task();
        }
    }

    private final List<List<Edge>> outgoing = new ArrayList<>();
    private final int[] incoming;

    Dependencies(Wiring wiring) {
        int size = wiring.tasks().size();
        incoming = new int[size];
        for (int task = 0; task < size; task++) {
            outgoing.add(new ArrayList<>(2));
        }
        for (Wiring.Use use : wiring.uses()) {
            for (Wiring.Provision provision : wiring.providers(use.key().name())) {
                outgoing.get(provision.task()).add(new Edge(provision.task(), use));
                incoming[use.task()]++;
            }
        }
    }

    int size() {
        return incoming.length;
    }

    /** The edges to the consumers of a task's keys, by consumer in declared order. */
    List<Edge> outgoing(int task) {
        return outgoing.get(task);
    }

    /** For each task the number of edges that end in it. A fresh array. */
    int[] incoming() {
        return incoming.clone();
    }
}
