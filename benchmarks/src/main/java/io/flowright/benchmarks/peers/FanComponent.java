package io.flowright.benchmarks.peers;

import com.google.common.util.concurrent.ListenableFuture;
import dagger.producers.ProducerModule;
import dagger.producers.Produces;
import dagger.producers.ProductionComponent;
import io.flowright.benchmarks.shapes.FanTasks;
import io.flowright.benchmarks.shapes.Value;
import jakarta.inject.Named;

/** {@link FanTasks} as Dagger producers. */
@ProductionComponent(modules = {FanComponent.Graph.class, DaggerExecutor.class})
interface FanComponent {

    @Named("join")
    ListenableFuture<Value> join();

    /** Makes the component of one run. */
    @ProductionComponent.Factory
    interface Factory {
        FanComponent create(Graph graph, DaggerExecutor executor);
    }

    /** The producers. Tasks and seed are fields: as bindings they would cost each producer a dependency more. */
    @ProducerModule
    final class Graph {

        private final FanTasks tasks;
        private final Value seed;

        Graph(FanTasks tasks, Value seed) {
            this.tasks = tasks;
            this.seed = seed;
        }

        @Produces
        @Named("split")
        Value split() {
            return tasks.split(seed);
        }

        @Produces
        @Named("part1")
        Value part1(@Named("split") Value split) {
            return tasks.part1(split);
        }

        @Produces
        @Named("part2")
        Value part2(@Named("split") Value split) {
            return tasks.part2(split);
        }

        @Produces
        @Named("part3")
        Value part3(@Named("split") Value split) {
            return tasks.part3(split);
        }

        @Produces
        @Named("part4")
        Value part4(@Named("split") Value split) {
            return tasks.part4(split);
        }

        @Produces
        @Named("part5")
        Value part5(@Named("split") Value split) {
            return tasks.part5(split);
        }

        @Produces
        @Named("part6")
        Value part6(@Named("split") Value split) {
            return tasks.part6(split);
        }

        @Produces
        @Named("part7")
        Value part7(@Named("split") Value split) {
            return tasks.part7(split);
        }

        @Produces
        @Named("part8")
        Value part8(@Named("split") Value split) {
            return tasks.part8(split);
        }

        @Produces
        @Named("join")
        Value join(
                @Named("part1") Value part1,
                @Named("part2") Value part2,
                @Named("part3") Value part3,
                @Named("part4") Value part4,
                @Named("part5") Value part5,
                @Named("part6") Value part6,
                @Named("part7") Value part7,
                @Named("part8") Value part8) {
            return tasks.join(part1, part2, part3, part4, part5, part6, part7, part8);
        }
    }
}
