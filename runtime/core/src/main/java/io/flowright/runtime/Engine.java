package io.flowright.runtime;

/** Runs flows. Thread-safe. */
public final class Engine implements AutoCloseable {

    private static final class Shared {
        static final Engine ENGINE = new Engine();
    }

    private Engine() {}

    /** The process-wide engine that flows use when they are created without one. It is never closed. */
    public static Engine shared() {
        return Shared.ENGINE;
    }

    @Override
    public void close() {}
}
