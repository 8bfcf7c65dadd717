package io.flowright.runtime;

import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.internal.EngineCore;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What all generated flows have in common. Thread-safe: one flow may run any number of times at once.
 *
 * @param <R> the flow's result type
 * @since 0.1
 */
public abstract class TypedFlow<R> {

    private final FlowGraph graph;
    private final EngineCore core;

    /** For generated code. */
    protected TypedFlow(FlowGraph graph, Engine engine) {
        this.graph = graph;
        core = Objects.requireNonNull(engine, "engine").core();
        core.register(graph);
    }

    /**
     * For generated code, once the flow is complete: from now on an engine with a store may continue runs that it finds there.
     *
     * @throws IllegalStateException if the engine has a store and knows a flow of this name
     */
    protected final void register(FlowRecording<R> recording) {
        core.register(graph, recording);
    }

    /** The durable name of the flow. */
    public final String name() {
        return graph.name();
    }

    /** The label of the flow for people; may be empty. */
    public final String version() {
        return graph.version();
    }

    /** The graph as Mermaid text. */
    public final String diagram() {
        return core.diagram(graph);
    }

    /**
     * The run of this flow with this id. An engine in memory knows a run while it is active or paused, and after that as long
     * as somebody holds it.
     */
    public final Optional<Run<R>> find(String runId) {
        return core.find(graph, Objects.requireNonNull(runId, "runId"));
    }

    /** For generated code: runs the frame to its end and returns its result. */
    protected final R execute(RunOptions options, FlowFrame<R> frame) {
        return core.execute(graph, Objects.requireNonNull(options, "options"), frame);
    }

    /** For generated code: starts the frame and promises its result. */
    protected final CompletableFuture<R> executeAsync(RunOptions options, FlowFrame<R> frame) {
        return core.executeAsync(graph, Objects.requireNonNull(options, "options"), frame);
    }

    /** For generated code: starts the frame and returns its run. */
    protected final Run<R> launch(RunOptions options, FlowFrame<R> frame) {
        return core.launch(graph, Objects.requireNonNull(options, "options"), frame);
    }

    @Override
    public final String toString() {
        return "Flow '" + graph.name() + "'" + (graph.version().isEmpty() ? "" : " " + graph.version());
    }
}
