package io.flowright.runtime;

import java.util.function.Supplier;

/** The engines on which every scenario must behave the same. */
enum Engines {
    SEQUENTIAL(() -> Engine.builder().sequential().build()),
    ONE_THREAD(() -> Engine.builder().parallelism(1).build()),
    PARALLEL(() -> Engine.builder().parallelism(4).build()),
    ENGINE_THREADS_ONLY(() -> Engine.builder().parallelism(4).callerRuns(false).build()),
    DIRECT_EXECUTOR(() -> Engine.builder().executor(Runnable::run).build()),
    DEFAULT(Engine::inMemory);

    private final Supplier<Engine> engine;

    Engines(Supplier<Engine> engine) {
        this.engine = engine;
    }

    Engine open() {
        return engine.get();
    }
}
