package io.flowright.examples.patterns;

import static io.flowright.examples.patterns.Tasks.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flowright.runtime.CancelMode;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunPausedException;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A task, a run and a region that are withdrawn (19, 20, 25). */
class CancellationPatternsTest {

    private final VirtualClock clock = FlowClock.virtual();
    private final Queue<String> journal = new ConcurrentLinkedQueue<>();
    private final CountDownLatch asking = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @Test
    void a_task_that_takes_too_long_is_interrupted_and_the_flow_goes_on() {
        try (Engine engine = Engine.builder().clock(clock).build()) {
            withdrawTheAdvice(engine);
        }
    }

    @Test
    void a_task_that_takes_too_long_is_interrupted_on_the_sequential_engine_too() {
        try (Engine engine = Engine.builder().clock(clock).sequential().build()) {
            withdrawTheAdvice(engine);
        }
    }

    private void withdrawTheAdvice(Engine engine) {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CancelTaskFlow flow = CancelTaskFlow.create(
                new CancelTaskTasks(() -> {
                    try {
                        never.await();
                        return "buy it";
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                }),
                engine);
        CompletableFuture<CancelTaskFlow.Result> result = CompletableFuture.supplyAsync(() -> flow.run("chair"));

        await().until(() -> clock.pending() == 1);
        clock.advance(Duration.ofSeconds(2));

        assertThat(result.join().page()).isEqualTo("chair");
        assertThat(result.join().advice()).isEmpty();
        assertThat(interrupted.getCount()).isZero();
    }

    @EachEngine
    void a_task_that_is_in_time_is_not_withdrawn(Engine engine) {
        CancelTaskFlow flow = CancelTaskFlow.create(new CancelTaskTasks(() -> "buy it"), engine);

        assertThat(flow.run("chair").page()).isEqualTo("chair, buy it");
    }

    @Test
    void a_region_that_takes_too_long_is_withdrawn_as_a_whole() {
        try (Engine engine = Engine.builder().clock(clock).build()) {
            CountDownLatch both = new CountDownLatch(2);
            Callable<String> surveyor = () -> {
                both.countDown();
                return ask();
            };
            CancelRegionFlow flow = flowWithRegion(surveyor, engine);
            Run<CancelRegionFlow.Result> run = flow.start("Bern");

            await().until(() -> both.getCount() == 0 && clock.pending() == 1);
            clock.advance(Duration.ofSeconds(2));

            assertThat(run.result().guide()).isEqualTo("Bern, without a map");
            assertThat(journal).containsExactly("interrupted", "interrupted");
        }
    }

    @EachEngine
    void a_region_that_is_in_time_is_not_withdrawn(Engine engine) {
        assertThat(flowWithRegion(() -> "river", engine).run("Bern").guide()).isEqualTo("Bern, river above river");
    }

    private static CancelRegionFlow flowWithRegion(Callable<String> surveyor, Engine engine) {
        SurveyFlow region = SurveyFlow.create(new SurveyTasks(surveyor, surveyor), engine);
        return CancelRegionFlow.create(new CancelRegionTasks(region), engine);
    }

    @EachEngine
    void a_cancelled_case_is_interrupted_and_keeps_what_was_done(Engine engine) {
        Run<CancelCaseFlow.Result> run = startUntilTheCustomerIsAsked(engine);

        run.cancel();

        assertThatThrownBy(run::result).isInstanceOf(CancellationException.class);
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(status(run, "ticket")).isEqualTo(TaskStatus.CANCELLED);
        assertThat(journal).containsExactly("reserved", "interrupted");
    }

    @EachEngine
    void a_paused_case_lets_the_customer_answer_and_goes_on_when_resumed(Engine engine) {
        Run<CancelCaseFlow.Result> run = startUntilTheCustomerIsAsked(engine);

        run.pause();
        answer.countDown();

        assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
        assertThat(status(run, "pay")).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(status(run, "ticket")).isEqualTo(TaskStatus.PENDING);
        assertThat(run.resume()).isTrue();
        assertThat(run.result().ticket()).isEqualTo("ticket: seat for Hamlet, cash");
    }

    @EachEngine
    void a_case_may_be_undone_when_it_is_cancelled(Engine engine) {
        Run<CancelCaseFlow.Result> run = startUntilTheCustomerIsAsked(engine);

        run.cancel(CancelMode.COMPENSATE);

        assertThatThrownBy(run::result).hasCauseInstanceOf(CancellationException.class);
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(status(run, "reserve")).isEqualTo(TaskStatus.COMPENSATED);
        assertThat(status(run, "ticket")).isEqualTo(TaskStatus.CANCELLED);
        assertThat(journal).containsExactly("reserved", "interrupted", "released seat for Hamlet");
    }

    @EachEngine
    void a_paused_case_may_be_undone(Engine engine) {
        Run<CancelCaseFlow.Result> run = startUntilTheCustomerIsAsked(engine);
        run.pause();
        answer.countDown();
        await().until(() -> run.status() == RunStatus.PAUSED);

        run.cancel(CancelMode.COMPENSATE);

        assertThatThrownBy(run::result).hasCauseInstanceOf(CancellationException.class);
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(journal).containsExactly("reserved", "released seat for Hamlet");
    }

    /** On a thread of its own, which the sequential engine needs. */
    private Run<CancelCaseFlow.Result> startUntilTheCustomerIsAsked(Engine engine) {
        CancelCaseFlow flow = CancelCaseFlow.create(new CancelCaseTasks(journal::add, this::ask), engine);
        new Thread(() -> flow.start(RunOptions.id("case"), "Hamlet")).start();
        await().until(() -> asking.getCount() == 0);
        return flow.find("case").orElseThrow();
    }

    private String ask() throws InterruptedException {
        asking.countDown();
        try {
            answer.await();
            return "cash";
        } catch (InterruptedException e) {
            journal.add("interrupted");
            throw e;
        }
    }
}
