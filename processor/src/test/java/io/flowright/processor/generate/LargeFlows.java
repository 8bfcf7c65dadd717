package io.flowright.processor.generate;

import io.flowright.processor.compile.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Sources of flows with thousands of tasks, spread over several classes, as such flows are. */
final class LargeFlows {

    private static final int TASKS_IN_A_CLASS = 2_500;

    private LargeFlows() {}

    /** Task 0 takes the input; each other one adds one to what the task before gave: the last key is the input plus size - 1. */
    static List<Source> chain(int size) {
        return flow(
                "Chain",
                size,
                task -> task == 0
                        ? "@Provides public static long k0(@Input long start) { return start; }"
                        : "@Provides public static long k%d(@Requires long k%d) { return k%d + 1; }"
                                .formatted(task, task - 1, task - 1));
    }

    /** All tasks but the first take what the first gave. */
    static List<Source> fanOut(int size) {
        return flow(
                "FanOut",
                size,
                task -> task == 0
                        ? "@Provides public static Long k0(@Input long start) { return start; }"
                        : "@Provides public static Long k%d(@Requires Long k0) { return k0 + %d; }"
                                .formatted(task, task));
    }

    /**
     * A chain of pairs of alternatives, each guarded by one of ten flags, which say by which numbers from 2 on the input can be
     * divided; the one adds one, the other two, and every key is always there.
     */
    static List<Source> branches(int pairs) {
        return flow("Branch", 11 + 2 * pairs, task -> {
            if (task == 0) {
                return "@Provides public static long k0(@Input long start) { return start; }";
            }
            if (task <= 10) {
                return "@Provides public static boolean k%1$d(@Requires long k0) { return k0 %% (%1$d + 1) == 0; }"
                        .formatted(task);
            }
            int pair = (task - 11) / 2;
            boolean first = task % 2 == 1;
            return "@Provides(\"a%1$d\") @%2$s(\"k%3$d\") public static long %4$s%1$d(@Requires(\"%5$s\") long before) { return before + %6$d; }"
                    .formatted(
                            pair,
                            first ? "When" : "Unless",
                            1 + pair % 10,
                            first ? "then" : "otherwise",
                            pair == 0 ? "k0" : "a" + (pair - 1),
                            first ? 1 : 2);
        });
    }

    /** The last task sums up what all others gave. */
    static List<Source> fanIn(int width) {
        StringBuilder keys = new StringBuilder();
        for (int key = 0; key < width; key++) {
            keys.append(key == 0 ? "" : ", ").append("\"k").append(key).append('"');
        }
        return flow(
                "FanIn",
                width + 1,
                task -> task < width
                        ? "@Provides public static long k%d(@Input long start) { return start + %d; }"
                                .formatted(task, task)
                        : """
                          @Provides public static long sum(@Requires({%s}) List<Long> all) {
                              return all.stream().mapToLong(Long::longValue).sum();
                          }""".formatted(keys));
    }

    /** Layers of ten; each task takes two keys of the layer before. */
    static List<Source> layers(int size) {
        return flow("Layers", size, task -> {
            int layer = task / 10 * 10;
            return task < 10
                    ? "@Provides public static Long k%d(@Input long start) { return start + %d; }".formatted(task, task)
                    : "@Provides public static Long k%d(@Requires Long k%d, @Requires Long k%d) { return (k%d + k%d) %% 1_000_003; }"
                            .formatted(
                                    task,
                                    layer - 10 + task % 10,
                                    layer - 10 + (task + 1) % 10,
                                    layer - 10 + task % 10,
                                    layer - 10 + (task + 1) % 10);
        });
    }

    /** A chain of lists: every task adds one to each element of what the task before gave. */
    static List<Source> elements(int size) {
        return flow(
                "Elements",
                size,
                task -> task == 0
                        ? "@Provides public static List<Long> k0(@Input long start) { return List.of(start, start + 1); }"
                        : "@Provides public static long k%d(@ForEach(\"k%d\") long each) { return each + 1; }"
                                .formatted(task, task - 1));
    }

    private static List<Source> flow(String name, int size, IntFunction<String> task) {
        List<Source> sources = new ArrayList<>();
        StringBuilder included = new StringBuilder();
        for (int first = TASKS_IN_A_CLASS; first < size; first += TASKS_IN_A_CLASS) {
            String part = name + "Part" + first / TASKS_IN_A_CLASS;
            included.append(included.isEmpty() ? "" : ", ").append(part).append(".class");
            sources.add(taskClass(part, "", first, size, task));
        }
        String annotation = "@Flow(include = {%s})".formatted(included);
        sources.add(taskClass(name + "Tasks", annotation, 0, size, task));
        return sources;
    }

    private static Source taskClass(String name, String annotation, int first, int size, IntFunction<String> task) {
        StringBuilder source = new StringBuilder("""
                package large;

                import io.flowright.annotations.*;
                import java.util.List;

                %s
                public class %s {
                """.formatted(annotation, name));
        for (int i = first; i < Math.min(size, first + TASKS_IN_A_CLASS); i++) {
            source.append("    ").append(task.apply(i)).append('\n');
        }
        return Source.of(source.append("}\n").toString());
    }
}
