package io.flowright.runtime.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How writes are grouped, who writes them, and what becomes of those that the store does not take. */
@Timeout(20)
class StoreWriterTest {

    private static final Consumer<List<String>> NOTHING = runs -> {};

    private final Ownership ownership = new Ownership("owner", Duration.ofMinutes(1), System.nanoTime());
    private final List<List<String>> calls = new CopyOnWriteArrayList<>();
    private final List<Thread> callers = new CopyOnWriteArrayList<>();

    /** What befalls the store when it is to write for these runs. */
    private volatile Consumer<List<String>> fate = NOTHING;

    private final StoreWriter writer = new StoreWriter(
            (RunStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, arguments) -> {
                        List<String> runs = new ArrayList<>();
                        List<RunWrite.Outcome> outcomes = new ArrayList<>();
                        for (Object write : (List<?>) arguments[0]) {
                            String run = ((RunWrite) write).run();
                            runs.add(run);
                            outcomes.add(run.equals("stale") ? RunWrite.Outcome.STALE : RunWrite.Outcome.WRITTEN);
                        }
                        calls.add(runs);
                        callers.add(Thread.currentThread());
                        fate.accept(runs);
                        return outcomes;
                    }),
            ownership);

    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        fate = NOTHING;
        released.countDown();
        writer.close();
    }

    private static class Write extends PendingWrite {

        private final CompletableFuture<Thread> told = new CompletableFuture<>();

        Write(String run) {
            this(new RunWrite(run, 1, null, List.of(), List.of(), null));
        }

        Write(RunWrite write) {
            super(write);
        }

        @Override
        protected void written() {
            if (!told.complete(Thread.currentThread())) {
                told.obtrudeException(new AssertionError("told twice"));
            }
        }

        Write awaitTold() throws Exception {
            told.get(10, TimeUnit.SECONDS);
            return this;
        }
    }

    private Write submit(String run) {
        return submit(new Write(run));
    }

    private Write submit(Write write) {
        assertThat(writer.submit(write, true)).isFalse();
        return write;
    }

    /** Somebody writes and does not come back before {@link #released}. */
    private CompletableFuture<Boolean> hold(Write write) {
        fate = runs -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        Thread holder = new Thread(() -> over.complete(writer.submit(write, true)));
        holder.setDaemon(true);
        holder.start();
        await().until(() -> calls.size() == 1);
        return over;
    }

    /** Whoever comes now writes at once again. */
    private void awaitIdle() {
        await().until(() -> writer.submit(new Write("idle"), true));
    }

    private void release(Consumer<List<String>> next) {
        fate = next;
        released.countDown();
    }

    private static void unavailable(List<String> runs) {
        throw new StoreUnavailableException("no " + runs);
    }

    private static void failIfBad(List<String> runs) {
        failIf(runs.contains("bad"));
    }

    /** For the batch, and for the first of it alone. */
    private void failTwice(List<String> runs) {
        failIf(calls.size() <= 3);
    }

    private static void failIf(boolean bad) {
        if (bad) {
            throw new IllegalArgumentException("a value that no column takes");
        }
    }

    @Test
    void whoComesWhileNothingIsWrittenWritesAtOnce() {
        for (String run : List.of("a", "b")) {
            Write write = new Write(run);
            assertThat(writer.submit(write, true)).isTrue();
            assertThat(write.isWritten()).isTrue();
            assertThat(write.told).isNotDone();
        }
        assertThat(calls).containsExactly(List.of("a"), List.of("b"));
        assertThat(callers).containsOnly(Thread.currentThread());
    }

    @Test
    void whoMustNotBeHeldUpLeavesItToTheThread() throws Exception {
        Write write = new Write("a");

        assertThat(writer.submit(write, false)).isFalse();

        assertThat(write.awaitTold().isWritten()).isTrue();
        assertThat(write.told.get()).isNotEqualTo(Thread.currentThread());
        assertThat(callers).containsExactly(write.told.get());
    }

    @Test
    void whatComesMeanwhileIsWrittenTogetherInItsOrder() throws Exception {
        Write first = new Write("first");
        CompletableFuture<Boolean> over = hold(first);
        List<Write> others =
                IntStream.range(0, 300).mapToObj(run -> submit("r" + run)).toList();
        release(NOTHING);

        assertThat(over.get(10, TimeUnit.SECONDS)).isTrue();
        for (Write write : others) {
            assertThat(write.awaitTold().isWritten()).isTrue();
        }
        assertThat(calls).extracting(List::size).containsExactly(1, 256, 44);
        assertThat(calls.stream().flatMap(List::stream).skip(1))
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(run -> "r" + run).toList());
        assertThat(first.told).isNotDone();
    }

    @Test
    void whatIsRefusedIsRefusedAlone() throws Exception {
        hold(new Write("first"));
        Write before = submit("a");
        Write stale = submit("stale");
        Write after = submit("b");
        release(NOTHING);

        assertThat(before.awaitTold().isWritten()).isTrue();
        assertThat(stale.awaitTold().outcome()).isEqualTo(RunWrite.Outcome.STALE);
        assertThat(stale.isWritten()).isFalse();
        assertThat(after.awaitTold().isWritten()).isTrue();
        assertThat(calls).hasSize(2);
    }

    /** What follows in its run may build on it, other runs do not. */
    @Test
    void whatCanNeverBeWrittenStopsItsRunAlone() throws Exception {
        hold(new Write("first"));
        Write before = submit("a");
        Write bad = submit("bad");
        Write next = submit("bad");
        Write after = submit("a");
        release(StoreWriterTest::failIfBad);

        assertThat(before.awaitTold().isWritten()).isTrue();
        assertThat(after.awaitTold().isWritten()).isTrue();
        assertThat(bad.awaitTold().failure()).isInstanceOf(IllegalArgumentException.class);
        assertThat(next.awaitTold().failure()).isSameAs(bad.failure());
        assertThat(calls)
                .containsExactly(
                        List.of("first"), List.of("a", "bad", "bad", "a"), List.of("a"), List.of("bad"), List.of("a"));
    }

    @Test
    void aBeginningThatCanNeverBeWrittenStopsNothingOfTheRunThatHasTheId() throws Exception {
        hold(new Write("first"));
        FlowVersion flow = new FlowVersion("order", "f1");
        NewRun begin = new NewRun("a", flow, "", new byte[0], List.of(), null, Instant.EPOCH, 0, Map.of());
        Write bad = submit(new Write(new RunWrite("run", 1, begin, List.of(), List.of(), null)));
        Write begun = submit("run");
        Write adopted = submit(new Write(new RunWrite("run", 2, null, List.of(), List.of(), null)));
        release(this::failTwice);

        assertThat(bad.awaitTold().failure()).isInstanceOf(IllegalArgumentException.class);
        assertThat(begun.awaitTold().isWritten()).isTrue();
        assertThat(adopted.awaitTold().isWritten()).isTrue();
    }

    @Test
    void whatCanNeverBeWrittenStopsNothingOfTheRunWhenItHasBeenAdopted() throws Exception {
        hold(new Write("first"));
        Write bad = submit("run");
        Write next = submit("run");
        Write adopted = submit(new Write(new RunWrite("run", 2, null, List.of(), List.of(), null)));
        release(this::failTwice);

        assertThat(bad.awaitTold().failure()).isInstanceOf(IllegalArgumentException.class);
        assertThat(next.awaitTold().failure()).isSameAs(bad.failure());
        assertThat(adopted.awaitTold().isWritten()).isTrue();
    }

    @Test
    void whatCannotBeWrittenAloneIsOverAtOnce() {
        fate = StoreWriterTest::failIfBad;
        Write bad = new Write("bad");

        assertThat(writer.submit(bad, true)).isTrue();

        assertThat(bad.failure()).isInstanceOf(IllegalArgumentException.class);
        assertThat(bad.isWritten()).isFalse();
        assertThat(calls).hasSize(1);
    }

    @Test
    void anErrorOfTheStoreReachesEverybodyWhoWaits() throws Exception {
        hold(new Write("first"));
        Write a = submit("a");
        Write b = submit("b");
        release(runs -> {
            throw new StackOverflowError();
        });

        for (Write write : List.of(a, b)) {
            assertThat(write.awaitTold().failure()).hasCauseInstanceOf(StackOverflowError.class);
        }
        assertThat(calls).hasSize(2);
    }

    @Test
    void whatAnUnavailableStoreDidNotTakeIsWrittenLaterByTheThread() throws Exception {
        fate = runs -> {
            if (calls.size() == 1) {
                unavailable(runs);
            }
        };
        Write write = submit("a");

        assertThat(write.awaitTold().isWritten()).isTrue();
        assertThat(calls).containsExactly(List.of("a"), List.of("a"));
        assertThat(callers).containsExactly(Thread.currentThread(), write.told.get());
        awaitIdle();
    }

    @Test
    void whatComesWhileTheStoreIsUnavailableKeepsItsOrder() throws Exception {
        fate = StoreWriterTest::unavailable;
        Write a = submit("a");
        Write b = submit("b");
        fate = NOTHING;

        assertThat(a.awaitTold().isWritten()).isTrue();
        assertThat(b.awaitTold().isWritten()).isTrue();
        assertThat(calls.get(calls.size() - 2)).containsExactly("a");
        assertThat(calls.get(calls.size() - 1)).containsExactly("b");
    }

    @Test
    void aBatchThatWasCutShortIsTriedAsAWholeAgain() throws Exception {
        hold(new Write("first"));
        Write good = submit("a");
        Write bad = submit("bad");
        release(runs -> {
            failIfBad(runs);
            if (calls.size() == 3) {
                unavailable(runs);
            }
        });

        assertThat(good.awaitTold().isWritten()).isTrue();
        assertThat(bad.awaitTold().failure()).isInstanceOf(IllegalArgumentException.class);
        assertThat(calls)
                .containsExactly(
                        List.of("first"),
                        List.of("a", "bad"),
                        List.of("a"),
                        List.of("a", "bad"),
                        List.of("a"),
                        List.of("bad"));
    }

    @Test
    void aStoreThatIsUnavailableIsNotAskedWithoutAPause() throws Exception {
        fate = StoreWriterTest::unavailable;
        submit("a");

        // Pauses of 100 and 200 ms.
        TimeUnit.MILLISECONDS.sleep(250);

        assertThat(calls).hasSizeLessThan(5);
    }

    /** A write that has been tried again, in vain. */
    private Write waitingForTheStore() {
        fate = StoreWriterTest::unavailable;
        Write write = submit("a");
        await().until(() -> calls.size() > 1);
        assertThat(write.told).isNotDone();
        return write;
    }

    @Test
    void nobodyWaitsForAStoreThatIsUnavailableOnceTheLeaseIsOver() throws Exception {
        Write write = waitingForTheStore();

        ownership.end();

        assertThat(write.awaitTold().failure()).isInstanceOf(StoreUnavailableException.class);
        assertThat(write.isWritten()).isFalse();
    }

    @Test
    void nobodyWaitsForAStoreThatIsUnavailableOnceThatIsGivenUp() throws Exception {
        Write write = waitingForTheStore();

        writer.giveUp();

        assertThat(write.awaitTold().failure()).isInstanceOf(StoreUnavailableException.class);
        fate = NOTHING;
        awaitIdle();
    }

    @Test
    void whatFollowsAWriteAndFailsHoldsUpNoOther() throws Exception {
        hold(new Write("first"));
        Write failing = new Write("a") {
            @Override
            protected void written() {
                super.written();
                throw new IllegalStateException("what follows");
            }
        };
        assertThat(writer.submit(failing, true)).isFalse();
        Write next = submit("b");
        release(NOTHING);

        failing.awaitTold();
        assertThat(next.awaitTold().isWritten()).isTrue();
    }

    @Test
    void whoClosesWaitsForWhatHasBeenSubmitted() throws Exception {
        CompletableFuture<Boolean> first = hold(new Write("first"));
        Write second = submit("a");
        Thread closing = new Thread(writer::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(second.told).isNotDone();
        release(NOTHING);

        closing.join(8_000);
        assertThat(closing.isAlive()).isFalse();
        assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(second.told).isDone();
        assertThat(second.isWritten()).isTrue();
        assertThat(second.told.get().isAlive()).isFalse();
    }

    /** Its thread must hear of the end of a write that was on another's. */
    @Test
    void whoClosesIsNotHeldUpByAWriteThatIsOver() throws Exception {
        hold(new Write("first"));
        Thread closing = new Thread(writer::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        release(NOTHING);

        closing.join(8_000);
        assertThat(closing.isAlive()).isFalse();
    }

    @Test
    void anInterruptOfWhoClosesIsKept() {
        Thread.currentThread().interrupt();

        writer.close();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatComesAfterTheEndIsWrittenByWhoBringsIt() throws Exception {
        writer.close();

        Write late = submit("a");
        assertThat(late.told).isCompletedWithValue(Thread.currentThread());
        assertThat(late.isWritten()).isTrue();

        fate = StoreWriterTest::unavailable;
        Write later = submit("b");
        assertThat(later.told).isDone();
        assertThat(later.failure()).isInstanceOf(StoreUnavailableException.class);
        assertThat(calls).containsExactly(List.of("a"), List.of("b"));
    }

    /** Who writes looks a last time whether there is more, and then gives up the right to write. */
    @Test
    void whatComesAfterTheLastLookAtAClosedWriterIsWritten() throws Exception {
        writer.close();
        Write first = new Write("a");
        Write second = new Write("b");
        AtomicInteger looks = new AtomicInteger();
        Field queue = StoreWriter.class.getDeclaredField("queue");
        queue.setAccessible(true);
        queue.set(writer, new ConcurrentLinkedQueue<PendingWrite>() {
            @Override
            public @Nullable PendingWrite poll() {
                PendingWrite next = super.poll();
                if (next == null && looks.incrementAndGet() == 2) {
                    CompletableFuture.runAsync(() -> writer.submit(second, true))
                            .join();
                }
                return next;
            }
        });

        writer.submit(first, true);

        assertThat(first.told.get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(second.told.get(10, TimeUnit.SECONDS)).isNotNull();
    }
}
