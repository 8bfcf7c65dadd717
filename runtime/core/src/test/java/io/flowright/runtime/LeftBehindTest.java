package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that belongs to an engine that lives is nobody else's: whatever happens at a bad moment, that engine must go on with it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeftBehindTest {

    private final MemoryStore store = new MemoryStore();
    private final MortalStore mortal = new MortalStore(store, Integer.MAX_VALUE, false);
    private final AtomicInteger undone = new AtomicInteger();

    private static Engine.Builder with(Engine.Builder engine, Codec codec) {
        return engine.codec(codec).closeTimeout(Duration.ofMillis(200)).abandonAfter(Duration.ofSeconds(1));
    }

    private static Engine open(MemoryStore store) {
        return DurableRunTest.open(Engines.PARALLEL, store);
    }

    /** Who settles a run that goes on as another object must not wait for that one. */
    @Test
    void aFutureDoesNotHoldUpTheRunThatIsFoundAgain() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("order")
                .task("done", List.of("in"), (values, task) -> 1)
                .task("fails", List.of("done"), (values, task) -> {
                    if (!mortal.isDead()) {
                        mortal.die();
                        return 0;
                    }
                    inside.countDown();
                    released.await();
                    throw new IllegalStateException("no");
                })
                .task("after", List.of("fails"), (values, task) -> 1)
                .compensation("done", task -> {}, (values, failure, task) -> undone.incrementAndGet());
        Engine first = DurableRunTest.open(Engines.PARALLEL, mortal);
        Background.call(() -> flow.on(first).start(RunOptions.id("r"), "in"));
        Background.until(mortal::isDead);
        try (Engine second = open(store)) {
            ScriptedFlow here = flow.on(second);
            inside.await();
            CompletableFuture<Map<String, Object>> future =
                    here.find("r").orElseThrow().future();
            released.countDown();

            assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(FlowFailedException.class);
        } finally {
            first.close();
        }
        assertThat(store.find("r").orElseThrow().status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(undone).hasValue(1);
    }

    /** All were active when the process died, and at first only some get a thread, or may be active: the two that wait. */
    @ParameterizedTest
    @CsvSource({"1, 0", "4, 1", "1, 1"})
    void runsThatWaitForOthersLeaveThemThreadsAndPermits(int threads, int permits) {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch over = new CountDownLatch(1);
        AtomicReference<@Nullable ScriptedFlow> child = new AtomicReference<>();
        ScriptedFlow.Builder inner = ScriptedFlow.named("inner").task("one", List.of("in"), (values, task) -> {
            if (!mortal.isDead()) {
                inside.countDown();
                Background.awaitDeaf(over);
            }
            return 1;
        });
        ScriptedFlow.Builder outer = ScriptedFlow.named("outer")
                .task(
                        "call",
                        List.of("in"),
                        (values, task) -> child.get()
                                .start(RunOptions.id("child " + values.get("in")), "in")
                                .result()
                                .get("one"));
        Engine first = with(Engine.builder().store(mortal).parallelism(4), new SerializingCodec())
                .build();
        child.set(inner.on(first));
        ScriptedFlow before = outer.on(first);
        before.start(RunOptions.id("parent 1"), "1");
        before.start(RunOptions.id("parent 2"), "2");
        Background.until(() -> inside.getCount() == 0);
        mortal.die();
        PatientStore patient = new PatientStore(store);
        Engine.Builder limits = with(Engine.builder().store(patient).parallelism(threads), new SerializingCodec());
        try (Engine second = (permits == 0 ? limits : limits.maxActiveRuns(permits)).build()) {
            child.set(inner.on(second));
            ScriptedFlow here = outer.on(second);
            patient.adopting = true;

            assertThat(here.find("parent 1").orElseThrow().result()).containsEntry("call", 1);
            assertThat(here.find("parent 2").orElseThrow().result()).containsEntry("call", 1);
        } finally {
            over.countDown();
            first.close();
        }
    }

    /** How a task waits for a run that it has started. */
    enum Wait {
        RESULT,
        STAGE,
        /** As it does for a run that another process has started: by what the store has of it. */
        STORED
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatWaitsForAnotherIsGivenBackWithIt(Wait wait) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicReference<@Nullable ScriptedFlow> child = new AtomicReference<>();
        ScriptedFlow.Builder inner = ScriptedFlow.named("inner")
                .task("one", List.of("in"), (values, task) -> {
                    inside.countDown();
                    released.await();
                    return 1;
                })
                .task("two", List.of("one"), (values, task) -> 2);
        ScriptedFlow.Body starting = (values, task) -> {
            Run<Map<String, Object>> run = child.get().start(RunOptions.id("child"), "in");
            return wait == Wait.STAGE
                    ? run.future().thenApply(result -> result.get("two"))
                    : run.result().get("two");
        };
        ScriptedFlow.Builder outer = wait == Wait.STAGE
                ? ScriptedFlow.named("outer").stage("call", List.of("in"), task -> {}, starting)
                : ScriptedFlow.named("outer").task("call", List.of("in"), starting);
        Engine first = open(store);
        Engine other = open(store);
        child.set(inner.on(wait == Wait.STORED ? other : first));
        if (wait == Wait.STORED) {
            child.get().start(RunOptions.id("child"), "in");
            inside.await();
            child.set(inner.on(first));
        }
        outer.on(first).start(RunOptions.id("parent"), "in");
        inside.await();
        CompletableFuture<Boolean> closed = Background.call(() -> {
            first.close();
            return true;
        });
        Background.until(() -> Engines.isClosed(child.get()));
        if (wait != Wait.STORED) {
            released.countDown();
        }
        assertThat(closed.join()).isTrue();
        released.countDown();
        assertThat(store.find("parent").orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
        other.close();

        try (Engine second = open(store)) {
            child.set(inner.on(second));
            assertThat(outer.on(second).find("parent").orElseThrow().result()).containsEntry("call", 2);
        }
    }

    /** Fails to decode, or to encode, as often as it is told to. */
    private static final class FailingCodec implements Codec {

        private final Codec codec = new SerializingCodec();
        private final AtomicInteger decodings = new AtomicInteger();
        private final AtomicInteger encodings = new AtomicInteger();

        @Override
        public byte[] encode(@Nullable Object value, Type type) {
            if (encodings.getAndDecrement() > 0) {
                throw new StackOverflowError();
            }
            return codec.encode(value, type);
        }

        @Override
        public @Nullable Object decode(byte[] bytes, Type type) {
            if (decodings.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
            return codec.decode(bytes, type);
        }
    }

    private static ScriptedFlow.Builder failingOnce(AtomicInteger failures) {
        return ScriptedFlow.named("once").task("one", List.of("in"), (values, task) -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
            return 1;
        });
    }

    @Test
    void aRunThatWasResumedAndCannotBeReadGoesOnOrFails() {
        ScriptedFlow.Builder flow = failingOnce(new AtomicInteger(1));
        try (Engine first = open(store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        FailingCodec codec = new FailingCodec();
        try (Engine second =
                with(Engine.builder().store(store).parallelism(4), codec).build()) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            codec.decodings.set(1);

            assertThatThrownBy(run::resume).hasMessageContaining("not yet");

            assertThat(run.result()).containsEntry("one", 1);
            codec.decodings.set(0);
        }
    }

    @Test
    void aRunThatCouldNotBeResumedGivesItsPermitBack() {
        AtomicInteger unavailable = new AtomicInteger();
        ForwardingStore cut = new ForwardingStore(store) {
            @Override
            public Optional<RunRecord> acquire(String run, String owner, Set<RunStatus> from, RunStatus to) {
                if (unavailable.getAndDecrement() > 0) {
                    throw new StoreUnavailableException("the connection was cut");
                }
                return super.acquire(run, owner, from, to);
            }
        };
        try (Engine engine = with(Engine.builder().store(cut).parallelism(4).maxActiveRuns(1), new SerializingCodec())
                .build()) {
            Run<Map<String, Object>> run =
                    failingOnce(new AtomicInteger(1)).on(engine).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            unavailable.set(1);
            // Nobody asks again for somebody who does not want to wait.
            Thread.currentThread().interrupt();
            assertThatThrownBy(run::resume).isInstanceOf(StoreUnavailableException.class);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("one", 1);
        }
    }

    @Test
    void aRunWhoseBeginningBreaksIsNotWaitedFor() {
        FailingCodec codec = new FailingCodec();
        try (Engine engine = with(Engine.builder().store(store).parallelism(4).maxActiveRuns(1), codec)
                .build()) {
            ScriptedFlow flow = failingOnce(new AtomicInteger()).on(engine);
            codec.encodings.set(1);
            assertThatThrownBy(() -> flow.start(RunOptions.id("r"), "in")).isInstanceOf(StackOverflowError.class);

            assertThat(flow.start(RunOptions.id("r"), "in").result()).containsEntry("one", 1);
        }
    }

    /** Who sets a paused run going again, or ends it. */
    enum Resumption {
        HERE,
        ELSEWHERE,
        CANCELLED
    }

    @ParameterizedTest
    @EnumSource
    void theFutureOfAPausedRunIsKeptByTheOneAsWhichItGoesOn(Resumption resumption) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("paused")
                .task("one", List.of("in"), (values, task) -> {
                    inside.countDown();
                    released.await();
                    return 1;
                })
                .task("two", List.of("one"), (values, task) -> 2);
        try (Engine engine = open(store);
                Engine other = open(store)) {
            Run<Map<String, Object>> run = flow.on(engine).start(RunOptions.id("r"), "in");
            CompletableFuture<Map<String, Object>> before = run.future();
            inside.await();
            run.pause();
            released.countDown();
            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.PAUSED);
            CompletableFuture<Map<String, Object>> paused = run.future();

            switch (resumption) {
                case HERE -> assertThat(engine.runs().resume("r")).isTrue();
                case ELSEWHERE ->
                    assertThat(flow.on(other).find("r").orElseThrow().resume()).isTrue();
                case CANCELLED -> other.runs().cancel("r", CancelMode.KEEP);
            }

            for (CompletableFuture<Map<String, Object>> future : List.of(before, paused)) {
                if (resumption == Resumption.CANCELLED) {
                    assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
                            .isInstanceOf(CancellationException.class);
                } else {
                    assertThat(future.get(20, TimeUnit.SECONDS)).containsEntry("two", 2);
                }
            }
        }
    }

    @Test
    void theFutureOfAPausedRunIsKeptThoughTheStoreFailsMeanwhile() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger failures = new AtomicInteger();
        ForwardingStore failing = new ForwardingStore(store) {
            @Override
            public Optional<RunRecord> find(String run) {
                int left = failures.getAndDecrement();
                if (left > 1) {
                    throw new IllegalStateException("a mistake of the driver");
                }
                if (left == 1) {
                    throw new StoreUnavailableException("the connection was cut");
                }
                return super.find(run);
            }
        };
        ScriptedFlow.Builder flow = ScriptedFlow.named("paused")
                .task("one", List.of("in"), (values, task) -> {
                    inside.countDown();
                    released.await();
                    return 1;
                })
                .task("two", List.of("one"), (values, task) -> 2);
        try (Engine engine = with(Engine.builder().store(failing).parallelism(4), new SerializingCodec())
                        .build();
                Engine other = open(store)) {
            Run<Map<String, Object>> run = flow.on(engine).start(RunOptions.id("r"), "in");
            CompletableFuture<Map<String, Object>> future = run.future();
            inside.await();
            run.pause();
            released.countDown();
            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.PAUSED);
            failures.set(2);
            Background.until(() -> failures.get() < 1);

            assertThat(flow.on(other).find("r").orElseThrow().resume()).isTrue();

            assertThat(future.get(20, TimeUnit.SECONDS)).containsEntry("two", 2);
        }
    }

    // ---- runs that the engine does not know it has -----------------------------------------------------------------

    /** What the store does, and does not say, once each. */
    private static final class TaciturnStore extends ForwardingStore {

        private final AtomicInteger adoptions = new AtomicInteger();
        private final AtomicInteger acquisitions = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();

        TaciturnStore(MemoryStore store) {
            super(store);
        }

        private static <T> T answer(T answer, boolean isLost) {
            if (isLost) {
                throw new StoreUnavailableException("the connection was cut");
            }
            return answer;
        }

        @Override
        public List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
            List<RunRecord> adopted = super.adopt(owner, flows, limit);
            return answer(adopted, !adopted.isEmpty() && adoptions.getAndDecrement() > 0);
        }

        @Override
        public Optional<RunRecord> acquire(String run, String owner, Set<RunStatus> from, RunStatus to) {
            return answer(super.acquire(run, owner, from, to), acquisitions.getAndDecrement() > 0);
        }

        /** This is not written at all. */
        @Override
        public List<RunWrite.Outcome> write(List<RunWrite> writes) {
            boolean ending = writes.stream()
                    .anyMatch(write ->
                            write.change() != null && !write.change().status().isActive());
            if (ending && ends.getAndDecrement() > 0) {
                throw new IllegalArgumentException("too long");
            }
            return super.write(writes);
        }
    }

    private static Engine open(TaciturnStore store, Duration lease) {
        return with(Engine.builder().store(store).lease(lease).parallelism(4), new SerializingCodec())
                .build();
    }

    private static final Duration LEASE = Duration.ofSeconds(1);

    @Test
    void aRunWhoseAdoptionWasNotHeardOfGoesOn() {
        TaciturnStore silent = new TaciturnStore(store);
        silent.adoptions.set(1);
        AtomicInteger calls = new AtomicInteger();
        ScriptedFlow.Builder flow = ScriptedFlow.named("order")
                .task("dies", List.of("in"), (values, task) -> {
                    mortal.die();
                    return calls.incrementAndGet();
                })
                .task("after", List.of("dies"), (values, task) -> 1);
        Engine first = DurableRunTest.open(Engines.PARALLEL, mortal);
        flow.on(first).start(RunOptions.id("r"), "in");
        Background.until(mortal::isDead);
        try (Engine second = open(silent, LEASE)) {
            assertThat(flow.on(second).find("r").orElseThrow().result()).containsKey("after");
        } finally {
            first.close();
        }
        assertThat(silent.adoptions.get()).isLessThan(1);
    }

    @Test
    void aRunWhoseResumptionWasNotHeardOfGoesOn() {
        TaciturnStore silent = new TaciturnStore(store);
        try (Engine engine = open(silent, LEASE)) {
            Run<Map<String, Object>> run =
                    failingOnce(new AtomicInteger(1)).on(engine).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            silent.acquisitions.set(1);
            // Nobody asks again for somebody who does not want to wait.
            Thread.currentThread().interrupt();
            assertThatThrownBy(run::resume).isInstanceOf(StoreUnavailableException.class);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(run.result()).containsEntry("one", 1);
        }
    }

    @Test
    void aRunWhoseEndCouldNotBeWrittenEnds() {
        TaciturnStore silent = new TaciturnStore(store);
        silent.ends.set(1);
        try (Engine engine = open(silent, LEASE)) {
            Run<Map<String, Object>> run =
                    failingOnce(new AtomicInteger(Integer.MAX_VALUE)).on(engine).start(RunOptions.id("r"), "in");

            assertThatThrownBy(run::result).isInstanceOf(IllegalArgumentException.class);

            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.FAILED);
        }
    }

    /** The computer's own, but what time of day it is nobody hears while it is broken. */
    private static class BreakingClock implements FlowClock {

        private final AtomicInteger failures = new AtomicInteger();
        private volatile boolean broken;

        @Override
        public Instant now() {
            if (broken) {
                failures.incrementAndGet();
                throw new IllegalStateException("no time");
            }
            return FlowClock.system().now();
        }

        @Override
        public long nanos() {
            return FlowClock.system().nanos();
        }

        @Override
        public Scheduled schedule(Duration delay, Runnable action) {
            return FlowClock.system().schedule(delay, action);
        }
    }

    @Test
    void aRunThatCannotBeginAgainIsTriedAgain() {
        ScriptedFlow.Builder flow = ScriptedFlow.named("order").task("dies", List.of("in"), (values, task) -> {
            mortal.die();
            return 1;
        });
        Engine first = DurableRunTest.open(Engines.PARALLEL, mortal);
        flow.on(first).start(RunOptions.id("r").withDeadline(Duration.ofHours(1)), "in");
        Background.until(mortal::isDead);
        BreakingClock clock = new BreakingClock();
        clock.broken = true;
        Engine.Builder second = Engine.builder().store(store).lease(LEASE).clock(clock);
        try (Engine engine = with(second.parallelism(4), new SerializingCodec()).build()) {
            ScriptedFlow here = flow.on(engine);
            Background.until(() -> clock.failures.get() > 0);
            clock.broken = false;

            assertThat(here.find("r").orElseThrow().result()).containsEntry("dies", 1);
        } finally {
            first.close();
        }
    }

    @Test
    void whoWaitsForARunThatGoesOnElsewhereDoesNotWaitLonger() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("paused")
                .task("one", List.of("in"), (values, task) -> {
                    inside.countDown();
                    released.await();
                    return 1;
                })
                .task("two", List.of("one"), (values, task) -> {
                    over.await();
                    return 2;
                });
        try (Engine first = open(store);
                Engine second = open(store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            flow.on(second);
            inside.await();
            run.pause();
            released.countDown();
            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.PAUSED);
            assertThat(second.runs().resume("r")).isTrue();

            assertThatThrownBy(() -> run.result(Duration.ofMillis(100))).isInstanceOf(TimeoutException.class);

            over.countDown();
            assertThat(run.result(Duration.ofSeconds(30))).containsEntry("two", 2);
        } finally {
            over.countDown();
        }
    }

    // ---- runs that end, or do not begin, at a bad moment -----------------------------------------------------------

    @Test
    void aRunWhoseClockFailsAsItsLastTaskIsRecordedEnds() throws Exception {
        AtomicBoolean failing = new AtomicBoolean();
        FlowClock clock = new BreakingClock() {
            @Override
            public long nanos() {
                if (failing.getAndSet(false)) {
                    throw new IllegalStateException("no time");
                }
                return super.nanos();
            }
        };
        Engine.Builder builder = Engine.builder().store(store).clock(clock).listener(event -> {});
        try (Engine engine =
                with(builder.parallelism(2), new SerializingCodec()).build()) {
            CompletableFuture<Map<String, Object>> future = ScriptedFlow.named("ends")
                    .task("one", List.of("in"), (values, task) -> {
                        failing.set(true);
                        return 1;
                    })
                    .on(engine)
                    .start(RunOptions.id("r"), "in")
                    .future();

            assertThat(future.get(20, TimeUnit.SECONDS)).containsEntry("one", 1);
        }
    }

    @Test
    void theFutureOfARunThatWasGivenBackAndIsPausedElsewhereIsOver() throws Exception {
        Semaphore inside = new Semaphore(0);
        ScriptedFlow.Builder flow = ScriptedFlow.named("left").task("one", List.of("in"), (values, task) -> {
            inside.release();
            new CountDownLatch(1).await();
            return 1;
        });
        Run<Map<String, Object>> run;
        try (Engine first = open(store)) {
            run = flow.on(first).start(RunOptions.id("r"), "in");
            inside.acquire();
        }
        try (Engine second = open(store)) {
            ScriptedFlow here = flow.on(second);
            inside.acquire();
            here.find("r").orElseThrow().pause(PauseMode.INTERRUPT);
            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.PAUSED);

            assertThatThrownBy(() -> run.future().get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RunDetachedException.class);
        }
    }

    @Test
    void aRunWhoseBeginningIsOnItsWayWhenTheEngineClosesIsHandedOver() throws Exception {
        BlockingStore blocking = new BlockingStore(store);
        blocking.blockAfter(0);
        ScriptedFlow.Builder flow = failingOnce(new AtomicInteger());
        Engine first = with(Engine.builder().store(blocking).parallelism(2), new SerializingCodec())
                .build();
        ScriptedFlow here = flow.on(first);
        CompletableFuture<Run<Map<String, Object>>> started =
                Background.call(() -> here.start(RunOptions.id("r"), "in"));
        Background.until(() -> blocking.waiting() > 0);
        CompletableFuture<Boolean> closed = Background.call(() -> {
            first.close();
            return true;
        });
        // By now it has waited for the run as long as it does, and has stopped it.
        Background.until(
                () -> here.find("r").map(run -> !run.status().isActive()).orElse(true));
        blocking.release();
        assertThatThrownBy(() -> started.join().result()).isInstanceOf(RuntimeException.class);
        closed.join();
        assertThat(store.find("r").orElseThrow().status()).isEqualTo(RunStatus.RUNNING);

        try (Engine second = open(store)) {
            assertThat(flow.on(second).find("r").orElseThrow().result()).containsEntry("one", 1);
        }
    }

    /** The lease is lost while the listener that is told of this waits: at a moment at which the run changes its status. */
    @ParameterizedTest
    @ValueSource(classes = {FlowEvent.RunCompensating.class, FlowEvent.RunFinished.class})
    void aRunWhoseLeaseIsLostAsItTurnsBackOrEndsIsOverHere(Class<? extends FlowEvent> moment) throws Exception {
        AtomicInteger entered = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean();
        ForwardingStore losing = new ForwardingStore(store) {
            @Override
            public void enter(String owner, String label, Duration lease) {
                super.enter(owner, label, lease);
                entered.incrementAndGet();
            }

            @Override
            public boolean renew(String owner, Duration lease, List<RunActivity> activities) {
                return super.renew(owner, lease, activities) && !broken.getAndSet(false);
            }
        };
        boolean fails = moment == FlowEvent.RunCompensating.class;
        AtomicBoolean told = new AtomicBoolean();
        Engine.Builder builder = Engine.builder().store(losing).listener(event -> {
            if (moment.isInstance(event) && !told.getAndSet(true)) {
                broken.set(true);
                Background.until(() -> entered.get() > 1);
            }
        });
        try (Engine engine =
                with(builder.parallelism(2), new SerializingCodec()).build()) {
            Run<Map<String, Object>> run = ScriptedFlow.named("losing")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .task("two", List.of("one"), (values, task) -> {
                        if (fails) {
                            throw new IllegalStateException("no");
                        }
                        return 2;
                    })
                    .compensation("one", task -> {}, (values, failure, task) -> undone.incrementAndGet())
                    .on(engine)
                    .start(RunOptions.id("r"), "in");
            CompletableFuture<Map<String, Object>> future = run.future();

            if (fails) {
                assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(StoreUnavailableException.class);
            } else {
                assertThat(future.get(20, TimeUnit.SECONDS)).containsEntry("two", 2);
            }
            RunStatus end = fails ? RunStatus.COMPENSATED : RunStatus.SUCCEEDED;
            Background.until(() -> store.find("r").orElseThrow().status() == end);
        }
        assertThat(undone).hasValue(fails ? 1 : 0);
    }

    @Test
    void aRunThatIsResumedAsTheEngineClosesIsHandedOver() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ForwardingStore slow = new ForwardingStore(store) {
            @Override
            public Optional<RunRecord> acquire(String run, String owner, Set<RunStatus> from, RunStatus to) {
                asked.countDown();
                Background.awaitDeaf(released);
                return super.acquire(run, owner, from, to);
            }
        };
        ScriptedFlow.Builder flow = failingOnce(new AtomicInteger(1));
        Engine first = with(Engine.builder().store(slow).parallelism(2), new SerializingCodec())
                .build();
        Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
        assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        CompletableFuture<Boolean> resumed = Background.call(run::resume);
        asked.await();
        first.close();
        released.countDown();
        resumed.handle((done, failure) -> done).join();
        Background.until(() -> store.find("r").orElseThrow().owner() == null);
        assertThat(store.find("r").orElseThrow().status()).isEqualTo(RunStatus.RUNNING);

        try (Engine second = open(store)) {
            assertThat(flow.on(second).find("r").orElseThrow().result()).containsEntry("one", 1);
        }
    }

    @Test
    void theFutureOfAPausedRunThatIsPurgedIsOver() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("paused")
                .task("one", List.of("in"), (values, task) -> {
                    inside.countDown();
                    released.await();
                    return 1;
                })
                .task("two", List.of("one"), (values, task) -> 2);
        try (Engine engine = open(store)) {
            Run<Map<String, Object>> run = flow.on(engine).start(RunOptions.id("r"), "in");
            CompletableFuture<Map<String, Object>> future = run.future();
            inside.await();
            run.pause();
            released.countDown();
            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.PAUSED);

            assertThat(engine.runs().purge(Duration.ZERO, RunStatus.PAUSED)).isEqualTo(1);

            assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS)).hasMessageContaining("no longer");
        }
    }

    /** Whoever resumes a run reads its records as long as the test wants, and looks for unknown runs are counted. */
    private static final class SlowReader extends ForwardingStore {

        private final AtomicInteger looks = new AtomicInteger();
        private volatile @Nullable Thread reader;
        private volatile boolean reads;

        SlowReader(MemoryStore store) {
            super(store);
        }

        @Override
        public Map<String, Long> owned(String owner) {
            Map<String, Long> owned = super.owned(owner);
            if (reads) {
                looks.incrementAndGet();
            }
            return owned;
        }

        @Override
        public List<TaskRecord> tasks(String run) {
            if (Thread.currentThread().equals(reader)) {
                reads = true;
                Background.until(() -> looks.get() > 2);
            }
            return super.tasks(run);
        }
    }

    @Test
    void aRunThatIsReadForALongTimeIsNotAdoptedMeanwhile() {
        ScriptedFlow.Builder flow = failingOnce(new AtomicInteger(1));
        try (Engine first = open(store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        SlowReader slow = new SlowReader(store);
        try (Engine second = with(Engine.builder().store(slow).lease(LEASE).parallelism(4), new SerializingCodec())
                .build()) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            slow.reader = Thread.currentThread();

            assertThat(run.resume()).isTrue();

            assertThat(slow.looks.get()).isGreaterThan(2);
            assertThat(store.find("r").orElseThrow().epoch()).isEqualTo(2);
            slow.reader = null;
            assertThat(run.result()).containsEntry("one", 1);
        }
    }
}
