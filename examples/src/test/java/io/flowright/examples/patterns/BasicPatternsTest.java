package io.flowright.examples.patterns;

import static io.flowright.examples.patterns.Tasks.skipped;
import static io.flowright.examples.patterns.Tasks.status;
import static io.flowright.examples.patterns.Tasks.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.examples.patterns.ExclusiveChoiceTasks.Size;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskStatus;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Sequence, split, join, choice, merge (1 to 5) and the end of a run (11). */
class BasicPatternsTest {

    private final Queue<String> journal = new ConcurrentLinkedQueue<>();

    @EachEngine
    void sequence_runs_in_order(Engine engine) {
        SequenceFlow.create(new SequenceTasks(journal::add), engine).run("Ada");

        assertThat(journal).containsExactly("printed: Dear Ada", "posted");
    }

    @EachEngine
    void every_branch_of_a_parallel_split_runs_and_the_join_has_all(Engine engine) {
        String shipment = ParallelSplitFlow.create(new ParallelSplitTasks(journal::add), engine)
                .run(42)
                .shipment();

        assertThat(journal).containsExactlyInAnyOrder("invoice", "parcel");
        assertThat(shipment).isEqualTo("parcel of order 42 with invoice of order 42");
    }

    @Test
    void the_branches_of_a_parallel_split_run_side_by_side() {
        CyclicBarrier meeting = new CyclicBarrier(2);

        ParallelSplitFlow.create(new ParallelSplitTasks(line -> meet(meeting))).run(42);

        assertThat(meeting.getNumberWaiting()).isZero();
    }

    /** Fails where nobody else comes within a minute. */
    private static void meet(CyclicBarrier meeting) {
        try {
            meeting.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_join_waits_for_the_last_of_its_branches() {
        Gate gate = new Gate("invoice");
        Run<ParallelSplitFlow.Result> run =
                ParallelSplitFlow.create(new ParallelSplitTasks(gate)).start(42);

        await().until(() -> status(run, "parcel") == TaskStatus.SUCCEEDED);
        assertThat(status(run, "shipment")).isEqualTo(TaskStatus.PENDING);
        gate.open();

        assertThat(run.result().shipment()).contains("invoice");
    }

    @EachEngine
    void exactly_one_branch_of_an_exclusive_choice_runs_and_the_merge_has_its_value(Engine engine) {
        ExclusiveChoiceFlow flow = ExclusiveChoiceFlow.create(new ExclusiveChoiceTasks(), engine);

        Run<ExclusiveChoiceFlow.Result> small = flow.start(Size.SMALL);
        assertThat(small.result().label()).isEqualTo("by postman");
        assertThat(succeeded(small)).containsExactlyInAnyOrder("letter", "label");
        assertThat(skipped(small)).containsExactly("parcel");

        Run<ExclusiveChoiceFlow.Result> huge = flow.start(Size.HUGE);
        assertThat(huge.result().label()).isEqualTo("by two strong men");
        assertThat(succeeded(huge)).containsExactlyInAnyOrder("parcel", "label");
        assertThat(skipped(huge)).containsExactly("letter");
    }

    @EachEngine
    void a_run_ends_when_nothing_is_left_to_do(Engine engine) {
        Run<ImplicitTerminationFlow.Result> run = ImplicitTerminationFlow.create(
                        new ImplicitTerminationTasks(journal::add), engine)
                .start("a.jpg");
        run.result();

        assertThat(journal).containsExactlyInAnyOrder("archived", "announced");
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_run_does_not_end_before_its_last_task() {
        for (List<String> tasks : List.of(List.of("archive", "announced"), List.of("announce", "archived"))) {
            Gate gate = new Gate(tasks.get(1));
            Run<ImplicitTerminationFlow.Result> run = ImplicitTerminationFlow.create(new ImplicitTerminationTasks(gate))
                    .start("a.jpg");

            await().until(() -> status(run, tasks.get(0)) == TaskStatus.SUCCEEDED);
            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
            gate.open();

            run.result();
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        }
    }
}
