package io.flowright.benchmarks.peers;

import com.google.common.util.concurrent.MoreExecutors;
import io.flowright.benchmarks.shapes.Work;
import io.flowright.runtime.Engine;
import io.flowright.runtime.listeners.DurationListener;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
import java.util.function.Function;

/** All ways to run the shapes. */
public enum Contender {
    DIRECT_CALLS(DirectCalls::new),
    COMPLETABLE_FUTURE(CompletableFutures::new),
    COMPLETABLE_FUTURE_DIRECT_EXECUTOR(work -> new CompletableFuturesOnExecutor(work, Runnable::run)),
    DAGGER_DIRECT_EXECUTOR(work -> new DaggerProducers(work, MoreExecutors.directExecutor())),
    FAILSAFE(FailsafeCalls::new),
    FLOWRIGHT(work -> new FlowrightFlows(work, sequential().build())),
    FLOWRIGHT_LISTENER(
            work -> new FlowrightFlows(work, sequential().listener(event -> {}).build())),
    FLOWRIGHT_TIMINGS(work -> new FlowrightFlows(
            work, sequential().listener(new DurationListener()).build())),

    COMPLETABLE_FUTURE_2_THREADS(
            work -> pooled(Executors.newFixedThreadPool(2), work, CompletableFuturesOnExecutor::new)),
    COMPLETABLE_FUTURE_FORK_JOIN_2(work -> pooled(new ForkJoinPool(2), work, CompletableFuturesOnExecutor::new)),
    DAGGER_2_THREADS(work -> pooled(Executors.newFixedThreadPool(2), work, DaggerProducers::new)),
    FLOWRIGHT_2_THREADS(
            work -> new FlowrightFlows(work, Engine.builder().parallelism(2).build()));

    /** Those that run all on the caller's thread. */
    public static final List<Contender> SEQUENTIAL = List.of(
            DIRECT_CALLS,
            COMPLETABLE_FUTURE,
            COMPLETABLE_FUTURE_DIRECT_EXECUTOR,
            DAGGER_DIRECT_EXECUTOR,
            FAILSAFE,
            FLOWRIGHT,
            FLOWRIGHT_LISTENER,
            FLOWRIGHT_TIMINGS);

    /** Those that have two threads. */
    public static final List<Contender> TWO_THREADS = List.of(
            COMPLETABLE_FUTURE_2_THREADS, COMPLETABLE_FUTURE_FORK_JOIN_2, DAGGER_2_THREADS, FLOWRIGHT_2_THREADS);

    @SuppressWarnings("ImmutableEnumChecker") // none of the functions above holds anything
    private final Function<Work, Peer> opening;

    Contender(Function<Work, Peer> opening) {
        this.opening = opening;
    }

    /** Makes it ready to run. */
    public Peer open(Work work) {
        return opening.apply(work);
    }

    private static Engine.Builder sequential() {
        return Engine.builder().sequential();
    }

    private static Peer pooled(ExecutorService pool, Work work, BiFunction<Work, Executor, Peer> peer) {
        return new PooledPeer(pool, peer.apply(work, pool));
    }
}
