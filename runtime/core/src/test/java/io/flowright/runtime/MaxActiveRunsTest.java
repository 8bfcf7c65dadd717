package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.listeners.CapturingListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that may have one active run: what becomes of those that wait for their turn. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MaxActiveRunsTest {

    private final CapturingListener events = new CapturingListener();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean fail = new AtomicBoolean();
    private final Engine engine =
            Engine.builder().parallelism(2).maxActiveRuns(1).listener(events).build();

    private final ScriptedFlow holder = ScriptedFlow.named("holder")
            .task("one", List.of(), (values, task) -> {
                inside.countDown();
                release.await();
                return 1;
            })
            .on(engine);

    private final ScriptedFlow flow = ScriptedFlow.named("waiting")
            .task("one", List.of(), (values, task) -> {
                if (fail.get()) {
                    throw new IllegalStateException("not yet");
                }
                return 1;
            })
            .on(engine);

    @AfterEach
    void close() {
        release.countDown();
        engine.close();
    }

    /** Starts the flow on a thread of its own, which waits for its turn. */
    private CompletableFuture<Run<Map<String, Object>>> startBehindHolder() throws InterruptedException {
        holder.start();
        inside.await();
        CompletableFuture<Run<Map<String, Object>>> start = Background.call(() -> flow.start(RunOptions.id("r1"), "x"));
        Background.until(() -> flow.find("r1").isPresent());
        return start;
    }

    private List<String> eventsOf(String flowName) {
        return events.events().stream()
                .filter(event -> event.flow().equals(flowName))
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    @Test
    void aRunThatIsCancelledWhileItWaitsDoesNotBegin() throws Exception {
        CompletableFuture<Run<Map<String, Object>>> start = startBehindHolder();
        Run<Map<String, Object>> run = flow.find("r1").orElseThrow();
        CompletableFuture<Map<String, Object>> joined = run.future();
        assertThat(run.status()).isEqualTo(RunStatus.PENDING);

        run.cancel();

        // At once: nobody waits for a turn that is no longer wanted.
        assertThat(start.get(20, TimeUnit.SECONDS)).isSameAs(run);
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThatThrownBy(run::result).isInstanceOf(CancellationException.class);
        assertThat(joined).isCompletedExceptionally();
        assertThat(run.resume()).isFalse();
        release.countDown();
        // The turn went to nobody who does not use it.
        assertThat(flow.run()).containsEntry("one", 1);
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(eventsOf("waiting")).containsExactly("RunStarted", "TaskStarted", "TaskSucceeded", "RunFinished");
    }

    @Test
    void aRunThatIsPausedWhileItWaitsIsPausedBeforeItsFirstTask() throws Exception {
        CompletableFuture<Run<Map<String, Object>>> start = startBehindHolder();
        Run<Map<String, Object>> run = flow.find("r1").orElseThrow();

        run.pause();

        assertThat(run.status()).isEqualTo(RunStatus.PENDING);
        assertThat(run.resume()).isFalse();
        release.countDown();
        start.get(20, TimeUnit.SECONDS);
        assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
        assertThat(eventsOf("waiting")).containsExactly("RunStarted", "RunPaused");
        // Paused, it holds no permit.
        assertThat(flow.run()).containsEntry("one", 1);
        assertThat(run.resume()).isTrue();
        assertThat(run.result()).containsEntry("one", 1);
    }

    @Test
    void aResumedRunIsOneOfTheActiveOnesAgain() throws Exception {
        fail.set(true);
        Run<Map<String, Object>> run = flow.start();
        assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        fail.set(false);
        holder.start();
        inside.await();

        CompletableFuture<Boolean> resumed = Background.call(run::resume);
        assertThatThrownBy(() -> resumed.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);

        release.countDown();
        assertThat(resumed.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(run.result()).containsEntry("one", 1);
        assertThat(flow.run()).containsEntry("one", 1);
    }

    @Test
    void aRunThatIsCancelledWhileItWaitsToBeResumedStaysCancelled() throws Exception {
        fail.set(true);
        Run<Map<String, Object>> run = flow.start();
        assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        holder.start();
        inside.await();
        CompletableFuture<Boolean> resumed = Background.call(run::resume);

        run.cancel();

        assertThat(resumed.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void anInterruptedStartDoesNotBeginAndEndsTheWaitOfThoseWhoJoinedIt() throws Exception {
        holder.start();
        inside.await();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread starter = new Thread(() -> {
            try {
                flow.start(RunOptions.id("r1"), "x");
            } catch (FlowInterruptedException e) {
                flag.complete(Thread.currentThread().isInterrupted());
            }
        });
        starter.start();
        Background.until(() -> flow.find("r1").isPresent());
        Run<Map<String, Object>> joined = flow.start(RunOptions.id("r1"), "x");
        CompletableFuture<Map<String, Object>> waiting = Background.call(joined::result);

        starter.interrupt();

        assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThat(joined.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(flow.find("r1")).isEmpty();
        assertThat(eventsOf("waiting")).isEmpty();
    }

    @Test
    void aRunThatHasItsTurnWhenTheEngineIsClosedNeitherBeginsNorGoesOn() throws Exception {
        fail.set(true);
        Run<Map<String, Object>> failed = flow.start();
        assertThatThrownBy(failed::result).isInstanceOf(FlowFailedException.class);
        int eventsBefore = eventsOf("waiting").size();
        CompletableFuture<Run<Map<String, Object>>> start = startBehindHolder();
        Run<Map<String, Object>> run = flow.find("r1").orElseThrow();
        CompletableFuture<Boolean> resumed = Background.call(failed::resume);
        CompletableFuture<?> close = Background.call(() -> {
            engine.close();
            return null;
        });
        Background.until(this::isClosed);

        release.countDown();

        assertThatThrownBy(() -> start.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThatThrownBy(() -> resumed.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        close.get(20, TimeUnit.SECONDS);
        assertThat(eventsOf("waiting")).hasSize(eventsBefore);
    }

    /** By a start that does not wait for its turn. */
    private boolean isClosed() {
        Thread.currentThread().interrupt();
        try {
            return !flow.start().status().isActive();
        } catch (FlowInterruptedException e) {
            return false;
        } catch (IllegalStateException e) {
            return true;
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void aRefusedResumptionLeavesTheRunAsItWas() throws Exception {
        try (Engine refusing = Engine.builder()
                .parallelism(2)
                .maxActiveRuns(1)
                .refuseBeyondMax()
                .build()) {
            CountDownLatch began = new CountDownLatch(1);
            ScriptedFlow blocking = ScriptedFlow.named("blocking")
                    .task("one", List.of(), (values, task) -> {
                        began.countDown();
                        release.await();
                        return 1;
                    })
                    .on(refusing);
            ScriptedFlow failing = ScriptedFlow.named("failing")
                    .task("one", List.of(), (values, task) -> {
                        throw new IllegalStateException("no");
                    })
                    .on(refusing);
            Run<Map<String, Object>> run = failing.start();
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            Run<Map<String, Object>> holding = blocking.start();
            began.await();

            assertThatThrownBy(run::resume).isInstanceOf(EngineRejectedException.class);
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);

            release.countDown();
            holding.result();
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result).hasRootCauseMessage("no");
        }
    }
}
