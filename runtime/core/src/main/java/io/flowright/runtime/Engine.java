package io.flowright.runtime;

import io.flowright.runtime.internal.Durations;
import io.flowright.runtime.internal.EngineCore;
import io.flowright.runtime.internal.EngineSettings;
import io.flowright.runtime.internal.EngineThreads;
import io.flowright.runtime.internal.StoreSettings;
import io.flowright.runtime.operations.Retention;
import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.ContextPropagation;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.IdempotencyStore;
import io.flowright.runtime.spi.RunStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs flows. An engine may serve any number of flows and runs at once; it is thread-safe. Close it when it is no longer
 * needed.
 *
 * <pre>{@code
 * try (Engine engine = Engine.builder().parallelism(8).build()) {
 *     OrderFlow flow = OrderFlow.create(new OrderTasks(warehouse, psp), engine);
 *     Receipt receipt = flow.run(42L).receipt();
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class Engine implements AutoCloseable {

    /** How many threads the default engine has where it has no virtual ones. */
    private static final int DEFAULT_THREADS = 256;

    private final EngineCore core;
    private final String description;

    private static final class Shared {
        static final Engine ENGINE = new Engine(builder(), true);
    }

    private Engine(Builder builder, boolean shared) {
        core = new EngineCore(builder.settings());
        description = shared ? "shared engine" : "engine " + builder.label();
    }

    /**
     * The process-wide engine of flows that are created without one: made when first needed, in memory, with the defaults of
     * {@link #builder()}. Closing it does nothing.
     */
    public static Engine shared() {
        return Shared.ENGINE;
    }

    /** A new engine in memory with the defaults of {@link #builder()}. */
    public static Engine inMemory() {
        return builder().build();
    }

    /**
     * Begins an engine. The defaults: in memory; tasks run on virtual threads from Java 24 on, else on up to 256 daemon
     * threads that are made as needed; the caller of {@code run} works too.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** The runs in the engine's store; an engine in memory has none. */
    public Runs runs() {
        return new Runs(core.desk());
    }

    EngineCore core() {
        return core;
    }

    /**
     * Takes no new run, waits for the active ones (30 s unless {@link Builder#closeTimeout} says otherwise), then interrupts
     * and cancels what is left; a run that is being undone is interrupted and paused. An executor of the user's is not closed.
     */
    @Override
    public void close() {
        if (this != Shared.ENGINE) {
            core.close();
        }
    }

    @Override
    public String toString() {
        return description;
    }

    /** Collects the settings of an engine. Not thread-safe. */
    public static final class Builder {

        private int threads = DEFAULT_THREADS;
        private boolean bounded;
        private @Nullable Executor executor;
        private FlowClock clock = FlowClock.system();
        private final List<FlowListener> listeners = new ArrayList<>();
        private final List<ContextPropagation> propagations = new ArrayList<>();
        private boolean callerRuns = true;
        private boolean mdc = true;
        private int maxActiveRuns;
        private boolean refuse;
        private Duration abandonAfter = Duration.ofSeconds(30);
        private Duration closeTimeout = Duration.ofSeconds(30);
        private @Nullable IdempotencyStore idempotency;
        private int rememberedResults = 10_000;
        private Duration rememberedFor = Duration.ofHours(1);
        private @Nullable String owner;
        private @Nullable RunStore store;
        private @Nullable Codec codec;
        private Duration lease = Duration.ofSeconds(10);
        private boolean verifying;
        private Retention retention = new Retention(Map.of());

        private Builder() {}

        /**
         * Runs everything on the caller's thread, in the order of the tasks' numbers: {@code start} runs to the end before it
         * returns, delays sleep, stages are awaited. So with a clock that is moved by hand, move it on another thread: see
         * {@link io.flowright.runtime.spi.VirtualClock}.
         */
        public Builder sequential() {
            threads = 0;
            bounded = true;
            return this;
        }

        /**
         * Runs tasks on at most this many threads of the engine's own; the caller of {@code run} is one of them as far as its
         * run goes. A task that waits for a run which the store has, and which does not go on in this engine, gives its thread to
         * others.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder parallelism(int parallelism) {
            threads = positive(parallelism, "parallelism");
            bounded = true;
            return this;
        }

        /**
         * Runs tasks on this executor, which is never closed by the engine. A rejection fails the run that needed a thread
         * with an {@link EngineRejectedException}; such a run can be resumed. On an executor that runs everything at once on
         * the calling thread, what follows a delay or a stage runs on a thread that is made for it or on that of whoever
         * completed the stage. {@link #parallelism} still bounds how many of its threads are used at once.
         */
        public Builder executor(Executor newExecutor) {
            executor = Objects.requireNonNull(newExecutor, "executor");
            return this;
        }

        /** Tells this listener of what happens in all runs; may be called for several. */
        public Builder listener(FlowListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** The clock for waits, durations and timestamps; the default is the system's. */
        public Builder clock(FlowClock newClock) {
            clock = Objects.requireNonNull(newClock, "clock");
            return this;
        }

        /**
         * Whether the caller of {@code run} runs tasks while it waits; the default is true. Then {@code run} returns no
         * earlier than a task on the caller's thread, even one that does not heed the interrupt of its timeout, of a failure
         * beside it or of {@link Run#cancel}. False keeps tasks off that thread. A sequential engine has no other, and a task
         * that calls {@code run} always helps.
         */
        public Builder callerRuns(boolean value) {
            callerRuns = value;
            return this;
        }

        /** Carries the caller's context to the threads of its tasks; may be called for several, which open in this order. */
        public Builder contextPropagation(ContextPropagation propagation) {
            propagations.add(Objects.requireNonNull(propagation, "propagation"));
            return this;
        }

        /**
         * Whether the keys {@code flow}, {@code run}, {@code task} and {@code attempt} of SLF4J's MDC are set around each
         * attempt; the default is true. It costs nothing where the logging backend has no MDC.
         */
        public Builder mdc(boolean value) {
            mdc = value;
            return this;
        }

        /**
         * At most this many runs are active at once; who starts or resumes one beyond waits for its turn: those
         * with the higher {@linkplain RunOptions#priority(int) priority} first, then in order. Runs within runs do not count. A run that
         * is cancelled while it waits does not begin; if the waiting thread is interrupted, it gets a {@link FlowInterruptedException}
         * and the run does not begin either. Of what lies in a store the engine adopts no more than it has room for; runs that start
         * while it does so may make it some more for a while, and so do tasks that wait for runs which are to be adopted.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxActiveRuns(int max) {
            maxActiveRuns = positive(max, "maxActiveRuns");
            return this;
        }

        /** A start or resumption beyond {@link #maxActiveRuns} is an {@link EngineRejectedException} and does not wait. */
        public Builder refuseBeyondMax() {
            refuse = true;
            return this;
        }

        /** A label by which people know this engine among others. */
        public Builder owner(String label) {
            owner = Objects.requireNonNull(label, "owner");
            return this;
        }

        /**
         * How long interrupted user code may stay on its thread before the run goes on without it; the default is 30 s. The
         * thread is reported and its result dropped; the task does not run again before it has ended. A caller of
         * {@code run} whose own thread is meant comes back when the task does: see {@link #callerRuns}.
         */
        public Builder abandonAfter(Duration limit) {
            abandonAfter = positive(limit, "abandonAfter");
            return this;
        }

        /** How long {@link Engine#close} waits for runs to end by themselves; the default is 30 s. */
        public Builder closeTimeout(Duration limit) {
            closeTimeout = positive(limit, "closeTimeout");
            return this;
        }

        /**
         * How many results of idempotent tasks are remembered in memory, and for how long at most, whatever the task's own
         * time to live; the default is 10,000 and 1 h.
         */
        public Builder idempotencyMemory(int maxResults, Duration maxAge) {
            rememberedResults = positive(maxResults, "maxResults");
            rememberedFor = positive(maxAge, "maxAge");
            return this;
        }

        /** Where results of idempotent tasks are remembered; the default is this engine's memory. */
        public Builder idempotencyStore(IdempotencyStore store) {
            idempotency = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Records runs in this store, so that they survive the process: the engine goes on with what it finds there of the flows that
         * are created on it. The store may be shared with other engines, here and elsewhere. The engine does not close it.
         *
         * <p>Closing such an engine lets the tasks that run come to an end, records them, and gives its runs back to the store, for any
         * other to go on with.
         */
        public Builder store(RunStore newStore) {
            store = Objects.requireNonNull(newStore, "store");
            return this;
        }

        /** How values become bytes in the store. By default the one that is found on the class path or module path. */
        public Builder codec(Codec newCodec) {
            codec = Objects.requireNonNull(newCodec, "codec");
            return this;
        }

        /**
         * For how long the runs of an engine that is no longer heard of are its own; the default is 10 s. After that others adopt them. A
         * longer lease rides out longer outages of the store, a shorter one brings runs back sooner after a crash.
         */
        public Builder lease(Duration newLease) {
            lease = positive(newLease, "lease");
            return this;
        }

        /**
         * For how long runs stay in the store after their end; the default is for ever. The engine removes those that are older, with
         * expired idempotency keys, in small batches in the background, about once a minute. What is removed cannot be found or joined
         * by its id any more; the audit trail stays.
         */
        public Builder retention(Retention policy) {
            retention = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * For tests: hands every task what it would get after a crash, a decoded copy of each value, and fails tasks whose value does not
         * survive being recorded.
         */
        public Builder verifyValues() {
            verifying = true;
            return this;
        }

        /**
         * The engine.
         *
         * @throws IllegalStateException if it has a store and no codec is found
         * @throws StoreUnavailableException if its store cannot be reached
         */
        public Engine build() {
            return new Engine(this, false);
        }

        private EngineSettings settings() {
            boolean virtual = !bounded && executor == null && EngineThreads.virtualByDefault();
            return new EngineSettings(
                    virtual ? Integer.MAX_VALUE : threads,
                    executor,
                    virtual,
                    clock,
                    List.copyOf(listeners),
                    List.copyOf(propagations),
                    callerRuns,
                    mdc,
                    maxActiveRuns,
                    refuse,
                    abandonAfter,
                    closeTimeout,
                    idempotency,
                    rememberedResults,
                    rememberedFor,
                    store == null
                            ? null
                            : new StoreSettings(store, foundCodec(), label(), lease, verifying, retention));
        }

        private String label() {
            return owner != null ? owner : store == null ? "in memory" : "on " + store;
        }

        private Codec foundCodec() {
            return codec != null
                    ? codec
                    : ServiceLoader.load(Codec.class)
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException(
                                    "An engine with a store needs a codec, and none is found: add flowright-json to"
                                            + " the class path, or name one with codec(...)"));
        }

        private static int positive(int value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
            }
            return value;
        }

        private static Duration positive(Duration value, String name) {
            Objects.requireNonNull(value, name);
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be positive, but is " + Durations.text(value));
            }
            return value;
        }
    }
}
