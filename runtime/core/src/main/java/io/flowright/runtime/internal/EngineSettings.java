package io.flowright.runtime.internal;

import io.flowright.runtime.FlowListener;
import io.flowright.runtime.spi.ContextPropagation;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What an engine was built with.
 *
 * @param threads how many threads help runs; 0: none, the engine is sequential
 * @param executor the user's executor; null: the engine makes its own threads
 * @param virtualThreads whether its own threads are virtual
 * @param callerRuns whether the caller of {@code run} works too
 * @param mdc whether the logging context is set around attempts, if the logging backend has one
 * @param maxActiveRuns 0: no limit
 * @param refuse whether a start beyond {@code maxActiveRuns} is refused; else it waits
 * @param abandonAfter how long interrupted user code may stay on its thread
 * @param closeTimeout how long closing waits for runs to end by themselves
 * @param idempotency null: in the store, or else in memory, within the two limits that follow
 * @param store null: the engine is in memory
 */
public record EngineSettings(
        int threads,
        @Nullable Executor executor,
        boolean virtualThreads,
        FlowClock clock,
        List<FlowListener> listeners,
        List<ContextPropagation> propagations,
        boolean callerRuns,
        boolean mdc,
        int maxActiveRuns,
        boolean refuse,
        Duration abandonAfter,
        Duration closeTimeout,
        @Nullable IdempotencyStore idempotency,
        int rememberedResults,
        Duration rememberedFor,
        @Nullable StoreSettings store) {}
