package io.flowright.processor.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Conditions over variables with few values each, as a reduced ordered decision diagram (R. Bryant, "Graph-Based Algorithms for
 * Boolean Function Manipulation", 1986) whose nodes branch over all values of a variable (A. Srinivasan et al., "Algorithms for
 * discrete function manipulation", 1990). Equal conditions are one node, so that "always", "never" and "the same as" are comparisons
 * of numbers, and exact. A table of all combinations would double with every guard; a diagram of what guards say, which is
 * conjunctions along paths and disjoint alternatives, grows with their text.
 *
 * <p>A variable that is made later stands nearer to the root: along a path of tasks each of which adds a condition, every
 * conjunction is then one new node on top of the last.
 */
final class Decisions {

    static final int NEVER = 0;
    static final int ALWAYS = 1;

    /** The variable of the two ends, below all others. */
    private static final int NO_VARIABLE = -1;

    private final List<Integer> domains = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> known = new HashMap<>();
    private final Map<Long, Integer> conjunctions = new HashMap<>();
    private final Map<Long, Integer> disjunctions = new HashMap<>();

    /** Decides by the value of a variable which condition is next. */
    private static final class Node {

        private final int variable;

        /** For each value of the variable the condition that is left. */
        private final int[] next;

        Node(int variable, int[] next) {
            this.variable = variable;
            this.next = next;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Node node && variable == node.variable && Arrays.equals(next, node.next);
        }

        @Override
        public int hashCode() {
            return 31 * variable + Arrays.hashCode(next);
        }
    }

    Decisions() {
        nodes.add(new Node(NO_VARIABLE, new int[] {NEVER}));
        nodes.add(new Node(NO_VARIABLE, new int[] {ALWAYS}));
    }

    /** A new variable with the values 0 to {@code values - 1}. */
    int variable(int values) {
        domains.add(values);
        return domains.size() - 1;
    }

    /** That a variable has one of some values. */
    int has(int variable, boolean[] values) {
        int[] next = new int[domains.get(variable)];
        for (int value = 0; value < next.length; value++) {
            next[value] = values[value] ? ALWAYS : NEVER;
        }
        return node(variable, next);
    }

    /** That a variable has this value. */
    int is(int variable, int value) {
        boolean[] values = new boolean[domains.get(variable)];
        values[value] = true;
        return has(variable, values);
    }

    private int node(int variable, int[] next) {
        boolean decides = false;
        for (int each : next) {
            decides |= each != next[0];
        }
        if (!decides) {
            return next[0];
        }
        Node node = new Node(variable, next);
        Integer number = known.get(node);
        if (number == null) {
            number = nodes.size();
            nodes.add(node);
            known.put(node, number);
        }
        return number;
    }

    /** Both hold. */
    int and(int one, int other) {
        return combine(one, other, NEVER, conjunctions);
    }

    /** Either holds, or both. */
    int or(int one, int other) {
        return combine(one, other, ALWAYS, disjunctions);
    }

    /** Whether the second holds wherever the first does. */
    boolean implies(int condition, int consequence) {
        return and(condition, consequence) == condition;
    }

    /**
     * Combines two conditions, value by value of the topmost variable. Conditions are as deep as paths of tasks are long, so it
     * keeps its own stack.
     *
     * @param decisive the condition that decides whatever the other is: never for "and", always for "or"
     * @param results of combinations that have been made
     */
    private int combine(int one, int other, int decisive, Map<Long, Integer> results) {
        int simple = combineSimply(one, other, decisive, results);
        if (simple >= 0) {
            return simple;
        }
        Deque<Combination> open = new ArrayDeque<>();
        open.push(new Combination(one, other));
        while (true) {
            Combination current = open.peek();
            if (current.value < current.next.length) {
                int first = current.first(current.value);
                int second = current.second(current.value);
                int result = combineSimply(first, second, decisive, results);
                if (result >= 0) {
                    current.next[current.value++] = result;
                } else {
                    open.push(new Combination(first, second));
                }
            } else {
                open.pop();
                int result = node(current.variable, current.next);
                results.put(pair(current.one, current.other), result);
                if (open.isEmpty()) {
                    return result;
                }
            }
        }
    }

    /** The combination where it is known or needs no look at the nodes; else -1. */
    private static int combineSimply(int one, int other, int decisive, Map<Long, Integer> results) {
        if (one == decisive || other == decisive) {
            return decisive;
        }
        if (one == other || other <= ALWAYS) {
            return one;
        }
        return one <= ALWAYS ? other : results.getOrDefault(pair(one, other), -1);
    }

    private static long pair(int one, int other) {
        return (long) Math.min(one, other) << 32 | Math.max(one, other);
    }

    /** Two conditions that are being combined. */
    private final class Combination {

        private final int one;
        private final int other;
        private final int variable;
        private final int[] next;
        private int value;

        Combination(int one, int other) {
            this.one = one;
            this.other = other;
            variable = Math.max(nodes.get(one).variable, nodes.get(other).variable);
            next = new int[domains.get(variable)];
        }

        int first(int value) {
            return under(one, value);
        }

        int second(int value) {
            return under(other, value);
        }

        private int under(int condition, int value) {
            Node node = nodes.get(condition);
            return node.variable == variable ? node.next[value] : condition;
        }
    }

    /** A value for each variable that matters, under which the condition holds; of several the first. It must be able to. */
    Map<Integer, Integer> example(int condition) {
        if (condition == NEVER) {
            throw new IllegalArgumentException("A condition that never holds has no example");
        }
        Map<Integer, Integer> values = new HashMap<>();
        for (Node node = nodes.get(condition); node.variable != NO_VARIABLE; ) {
            int value = 0;
            while (node.next[value] == NEVER) {
                value++;
            }
            values.put(node.variable, value);
            node = nodes.get(node.next[value]);
        }
        return values;
    }
}
