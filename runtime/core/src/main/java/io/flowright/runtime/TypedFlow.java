package io.flowright.runtime;

import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What all generated flows have in common.
 *
 * @param <R> the flow's result type
 */
public abstract class TypedFlow<R> {

    private final FlowGraph graph;
    private final Engine engine;

    /** For generated code. */
    protected TypedFlow(FlowGraph graph, Engine engine) {
        this.graph = graph;
        this.engine = engine;
    }

    /** The durable name of the flow. */
    public final String name() {
        return graph.name();
    }

    /** The graph as Mermaid text. */
    public final String diagram() {
        throw new UnsupportedOperationException(String.valueOf(engine));
    }

    /** The run with this id, while the engine knows it. */
    public final Optional<Run<R>> find(String runId) {
        throw new UnsupportedOperationException(runId);
    }

    /** For generated code: runs the frame to its end and returns its result. */
    protected final R execute(RunOptions options, FlowFrame<R> frame) {
        throw new UnsupportedOperationException();
    }

    /** For generated code: starts the frame and promises its result. */
    protected final CompletableFuture<R> executeAsync(RunOptions options, FlowFrame<R> frame) {
        throw new UnsupportedOperationException();
    }

    /** For generated code: starts the frame and returns its run. */
    protected final Run<R> launch(RunOptions options, FlowFrame<R> frame) {
        throw new UnsupportedOperationException();
    }
}
