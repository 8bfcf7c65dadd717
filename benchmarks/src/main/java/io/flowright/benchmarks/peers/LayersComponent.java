package io.flowright.benchmarks.peers;

import com.google.common.util.concurrent.ListenableFuture;
import dagger.producers.ProducerModule;
import dagger.producers.Produces;
import dagger.producers.ProductionComponent;
import io.flowright.benchmarks.shapes.LayersTasks;
import io.flowright.benchmarks.shapes.Value;
import jakarta.inject.Named;

/** {@link LayersTasks} as Dagger producers. */
@ProductionComponent(modules = {LayersComponent.Graph.class, DaggerExecutor.class})
interface LayersComponent {

    @Named("e1")
    ListenableFuture<Value> e1();

    @Named("e2")
    ListenableFuture<Value> e2();

    @Named("e3")
    ListenableFuture<Value> e3();

    @Named("e4")
    ListenableFuture<Value> e4();

    /** Makes the component of one run. */
    @ProductionComponent.Factory
    interface Factory {
        LayersComponent create(Graph graph, DaggerExecutor executor);
    }

    /** The producers. Tasks and seed are fields: as bindings they would cost each producer a dependency more. */
    @ProducerModule
    final class Graph {

        private final LayersTasks tasks;
        private final Value seed;

        Graph(LayersTasks tasks, Value seed) {
            this.tasks = tasks;
            this.seed = seed;
        }

        @Produces
        @Named("a1")
        Value a1() {
            return tasks.a1(seed);
        }

        @Produces
        @Named("a2")
        Value a2() {
            return tasks.a2(seed);
        }

        @Produces
        @Named("a3")
        Value a3() {
            return tasks.a3(seed);
        }

        @Produces
        @Named("a4")
        Value a4() {
            return tasks.a4(seed);
        }

        @Produces
        @Named("b1")
        Value b1(@Named("a1") Value a1, @Named("a2") Value a2) {
            return tasks.b1(a1, a2);
        }

        @Produces
        @Named("b2")
        Value b2(@Named("a2") Value a2, @Named("a3") Value a3) {
            return tasks.b2(a2, a3);
        }

        @Produces
        @Named("b3")
        Value b3(@Named("a3") Value a3, @Named("a4") Value a4) {
            return tasks.b3(a3, a4);
        }

        @Produces
        @Named("b4")
        Value b4(@Named("a4") Value a4, @Named("a1") Value a1) {
            return tasks.b4(a4, a1);
        }

        @Produces
        @Named("c1")
        Value c1(@Named("b1") Value b1, @Named("b2") Value b2) {
            return tasks.c1(b1, b2);
        }

        @Produces
        @Named("c2")
        Value c2(@Named("b2") Value b2, @Named("b3") Value b3) {
            return tasks.c2(b2, b3);
        }

        @Produces
        @Named("c3")
        Value c3(@Named("b3") Value b3, @Named("b4") Value b4) {
            return tasks.c3(b3, b4);
        }

        @Produces
        @Named("c4")
        Value c4(@Named("b4") Value b4, @Named("b1") Value b1) {
            return tasks.c4(b4, b1);
        }

        @Produces
        @Named("d1")
        Value d1(@Named("c1") Value c1, @Named("c2") Value c2) {
            return tasks.d1(c1, c2);
        }

        @Produces
        @Named("d2")
        Value d2(@Named("c2") Value c2, @Named("c3") Value c3) {
            return tasks.d2(c2, c3);
        }

        @Produces
        @Named("d3")
        Value d3(@Named("c3") Value c3, @Named("c4") Value c4) {
            return tasks.d3(c3, c4);
        }

        @Produces
        @Named("d4")
        Value d4(@Named("c4") Value c4, @Named("c1") Value c1) {
            return tasks.d4(c4, c1);
        }

        @Produces
        @Named("e1")
        Value e1(@Named("d1") Value d1, @Named("d2") Value d2) {
            return tasks.e1(d1, d2);
        }

        @Produces
        @Named("e2")
        Value e2(@Named("d2") Value d2, @Named("d3") Value d3) {
            return tasks.e2(d2, d3);
        }

        @Produces
        @Named("e3")
        Value e3(@Named("d3") Value d3, @Named("d4") Value d4) {
            return tasks.e3(d3, d4);
        }

        @Produces
        @Named("e4")
        Value e4(@Named("d4") Value d4, @Named("d1") Value d1) {
            return tasks.e4(d4, d1);
        }
    }
}
