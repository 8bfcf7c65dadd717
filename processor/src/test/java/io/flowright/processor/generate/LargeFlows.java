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
