package io.flowright.runtime.spi;

/**
 * Carries what belongs to the caller (a trace, a tenant, a security context) to the threads on which its tasks run.
 * Implementations are thread-safe.
 */
public interface ContextPropagation {

    /** Captures the context of the calling thread; called once when a run starts. */
    Captured capture();

    /** A captured context. Thread-safe: several tasks of a run may open it at once. */
    interface Captured {

        /** Puts the context on the calling thread; called before each attempt. */
        Scope open();
    }

    /** A context on a thread. */
    interface Scope extends AutoCloseable {

        /** Restores what was there before; called on the same thread after the attempt. */
        @Override
        void close();
    }
}
