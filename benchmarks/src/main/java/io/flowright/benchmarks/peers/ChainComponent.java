package io.flowright.benchmarks.peers;

import com.google.common.util.concurrent.ListenableFuture;
import dagger.producers.ProducerModule;
import dagger.producers.Produces;
import dagger.producers.ProductionComponent;
import io.flowright.benchmarks.shapes.ChainTasks;
import io.flowright.benchmarks.shapes.Value;
import jakarta.inject.Named;

/** {@link ChainTasks} as Dagger producers. */
@ProductionComponent(modules = {ChainComponent.Graph.class, DaggerExecutor.class})
interface ChainComponent {

    @Named("step10")
    ListenableFuture<Value> step10();

    /** Makes the component of one run. */
    @ProductionComponent.Factory
    interface Factory {
        ChainComponent create(Graph graph, DaggerExecutor executor);
    }

    /** The producers. Tasks and seed are fields: as bindings they would cost each producer a dependency more. */
    @ProducerModule
    final class Graph {

        private final ChainTasks tasks;
        private final Value seed;

        Graph(ChainTasks tasks, Value seed) {
            this.tasks = tasks;
            this.seed = seed;
        }

        @Produces
        @Named("step1")
        Value step1() {
            return tasks.step1(seed);
        }

        @Produces
        @Named("step2")
        Value step2(@Named("step1") Value step1) {
            return tasks.step2(step1);
        }

        @Produces
        @Named("step3")
        Value step3(@Named("step2") Value step2) {
            return tasks.step3(step2);
        }

        @Produces
        @Named("step4")
        Value step4(@Named("step3") Value step3) {
            return tasks.step4(step3);
        }

        @Produces
        @Named("step5")
        Value step5(@Named("step4") Value step4) {
            return tasks.step5(step4);
        }

        @Produces
        @Named("step6")
        Value step6(@Named("step5") Value step5) {
            return tasks.step6(step5);
        }

        @Produces
        @Named("step7")
        Value step7(@Named("step6") Value step6) {
            return tasks.step7(step6);
        }

        @Produces
        @Named("step8")
        Value step8(@Named("step7") Value step7) {
            return tasks.step8(step7);
        }

        @Produces
        @Named("step9")
        Value step9(@Named("step8") Value step8) {
            return tasks.step9(step8);
        }

        @Produces
        @Named("step10")
        Value step10(@Named("step9") Value step9) {
            return tasks.step10(step9);
        }
    }
}
