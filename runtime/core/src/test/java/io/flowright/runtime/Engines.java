package io.flowright.runtime;

import java.util.function.UnaryOperator;

/** The engines on which every scenario must behave the same. */
enum Engines {
    SEQUENTIAL(Engine.Builder::sequential),
    ONE_THREAD(engine -> engine.parallelism(1)),
    PARALLEL(engine -> engine.parallelism(4)),
    ENGINE_THREADS_ONLY(engine -> engine.parallelism(4).callerRuns(false)),
    DIRECT_EXECUTOR(engine -> engine.executor(Runnable::run)),
    DEFAULT(engine -> engine);

    private final UnaryOperator<Engine.Builder> kind;

    Engines(UnaryOperator<Engine.Builder> kind) {
        this.kind = kind;
    }

    Engine open() {
        return open(engine -> engine);
    }

    /** An engine of this kind with further settings. */
    Engine open(UnaryOperator<Engine.Builder> settings) {
        return settings.apply(kind.apply(Engine.builder())).build();
    }

    /** Whether the engine of the flow has begun to close. */
    static boolean isClosed(ScriptedFlow flow) {
        try {
            flow.start(RunOptions.none(), "in");
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
