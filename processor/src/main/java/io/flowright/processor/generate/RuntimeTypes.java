package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;

/** The names of what generated code calls. They are names only: the processor does not depend on the runtime. */
final class RuntimeTypes {

    static final ClassName TYPED_FLOW = runtime("TypedFlow");
    static final ClassName ENGINE = runtime("Engine");
    static final ClassName RUN = runtime("Run");
    static final ClassName RUN_OPTIONS = runtime("RunOptions");
    static final ClassName TASK_CONTEXT = runtime("TaskContext");

    static final ClassName FLOW_FRAME = generated("FlowFrame");
    static final ClassName FLOW_RECORDING = generated("FlowRecording");
    static final ClassName FLOW_GRAPH = generated("FlowGraph");
    static final ClassName GRAPH_BUILDER = FLOW_GRAPH.nestedClass("Builder");
    static final ClassName ELEMENTS = generated("Elements");
    static final ClassName UNDONE_ELEMENT = generated("UndoneElement");
    static final ClassName RETRY = generated("RetrySpec");
    static final ClassName CIRCUIT_BREAKER = generated("CircuitBreakerSpec");
    static final ClassName RATE_LIMIT = generated("RateLimitSpec");
    static final ClassName BULKHEAD = generated("BulkheadSpec");

    private RuntimeTypes() {}

    private static ClassName runtime(String name) {
        return ClassName.get("io.flowright.runtime", name);
    }

    private static ClassName generated(String name) {
        return ClassName.get("io.flowright.runtime.generated", name);
    }
}
