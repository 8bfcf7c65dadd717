package io.flowright.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Sources of one graph in layers of ten, in which each task takes two values of the layer before: as a flow and as Dagger
 * producers.
 *
 * @param tasks how many tasks; a multiple of ten
 */
record SyntheticGraph(int tasks) {

    private static final int WIDTH = 10;

    /** The name of the class with the task methods. */
    String flowTasks() {
        return "Graph" + tasks + "Tasks";
    }

    /** The name of the class that runs the flow: a {@link java.util.function.IntUnaryOperator}. */
    String flowRun() {
        return "Graph" + tasks + "Run";
    }

    /** The name of the production component. */
    String component() {
        return "Graph" + tasks + "Component";
    }

    String flowSource() {
        StringBuilder source = new StringBuilder("""
                import io.flowright.annotations.*;

                @Flow
                public class %s {
                """.formatted(flowTasks()));
        methods(
                source,
                "    @Provides\n    Integer v%d(%s) {\n",
                "@Input Integer seed",
                task -> "@Requires Integer v" + task);
        return source.append("}\n").toString();
    }

    String flowRunSource() {
        return """
                public class %1$s implements java.util.function.IntUnaryOperator {
                    private final Graph%2$dFlow flow = Graph%2$dFlow.create(
                            new Graph%2$dTasks(), io.flowright.runtime.Engine.builder().sequential().build());

                    @Override
                    public int applyAsInt(int seed) {
                        return flow.run(seed).v%3$d();
                    }
                }
                """.formatted(flowRun(), tasks, tasks - 1);
    }

    String componentSource() {
        StringBuilder source = new StringBuilder("""
                import com.google.common.util.concurrent.ListenableFuture;
                import dagger.Provides;
                import dagger.producers.*;
                import jakarta.inject.Named;
                import java.util.concurrent.Executor;

                @ProductionComponent(modules = {%1$s.Graph.class, %1$s.Executors.class})
                interface %1$s {
                    @Named("v%2$d")
                    ListenableFuture<Integer> result();

                    @dagger.Module
                    class Executors {
                        @Provides
                        @Production
                        Executor executor() {
                            return Runnable::run;
                        }
                    }

                    @ProducerModule
                    class Graph {
                        private final Integer seed = 1;
                """.formatted(component(), tasks - 1));
        methods(
                source,
                "    @Produces\n    @Named(\"v%1$d\")\n    Integer v%1$d(%2$s) {\n",
                "",
                task -> "@Named(\"v%1$d\") Integer v%1$d".formatted(task));
        return source.append("    }\n}\n").toString();
    }

    private void methods(StringBuilder source, String head, String seed, IntFunction<String> parameter) {
        for (int task = 0; task < tasks; task++) {
            List<Integer> needs = needs(task);
            List<String> parameters = new ArrayList<>();
            for (int need : needs) {
                parameters.add(parameter.apply(need));
            }
            source.append(head.formatted(task, needs.isEmpty() ? seed : String.join(", ", parameters)));
            source.append("        return ")
                    .append(needs.isEmpty() ? "seed" : "v" + needs.get(0))
                    .append(";\n    }\n");
        }
    }

    private static List<Integer> needs(int task) {
        int layer = task / WIDTH * WIDTH;
        if (layer == 0) {
            return List.of();
        }
        int before = layer - WIDTH;
        return List.of(before + task % WIDTH, before + (task + 1) % WIDTH);
    }
}
