package io.flowright.examples.patterns;

import static io.flowright.examples.patterns.Tasks.skipped;
import static io.flowright.examples.patterns.Tasks.status;
import static io.flowright.examples.patterns.Tasks.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.examples.patterns.MultiChoiceTasks.Alarm;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Multi-choice and the joins of branches of which not all run (6, 7, 37), and
 * the turns of tasks in any order (39, 40).
 */
class BranchingPatternsTest {

    @EachEngine
    void a_multi_choice_runs_none_or_some_or_all_and_the_merge_has_those(Engine engine) {
        MultiChoiceFlow flow = MultiChoiceFlow.create(new MultiChoiceTasks(), engine);

        assertThat(flow.run(new Alarm("fire", false, false)).sent()).isEmpty();
        assertThat(flow.run(new Alarm("fire", true, false)).sent()).containsExactly("mail: fire");
        assertThat(flow.run(new Alarm("fire", false, true)).sent()).containsExactly("call: fire");
        assertThat(flow.run(new Alarm("fire", true, true)).sent()).containsExactly("mail: fire", "call: fire");
    }

    @EachEngine
    void a_branch_that_is_not_chosen_is_skipped(Engine engine) {
        Run<MultiChoiceFlow.Result> run =
                MultiChoiceFlow.create(new MultiChoiceTasks(), engine).start(new Alarm("fire", true, false));

        assertThat(run.result().mail()).contains("mail: fire");
        assertThat(run.result().call()).isEmpty();
        assertThat(succeeded(run)).containsExactlyInAnyOrder("mail", "sent");
        assertThat(skipped(run)).containsExactly("call");
    }

    @EachEngine
    void a_local_merge_waits_for_what_still_comes_and_for_nothing_else(Engine engine) {
        LocalSynchronizingMergeFlow flow =
                LocalSynchronizingMergeFlow.create(new LocalSynchronizingMergeTasks(), engine);

        assertThat(bills(flow))
                .containsExactly(
                        "parcel, plain, by post",
                        "parcel, ribbon, by post",
                        "parcel, plain, pickup by courier, surcharge for courier",
                        "parcel, ribbon, pickup by courier, surcharge for courier");

        Run<LocalSynchronizingMergeFlow.Result> gift =
                flow.inputs().express(false).gift(true).start();
        gift.result();
        assertThat(skipped(gift)).containsExactlyInAnyOrder("courier", "pickup");
    }

    private static List<String> bills(LocalSynchronizingMergeFlow flow) {
        return List.of(
                flow.inputs().express(false).gift(false).run().bill(),
                flow.inputs().express(false).gift(true).run().bill(),
                flow.inputs().express(true).gift(false).run().bill(),
                flow.inputs().express(true).gift(true).run().bill());
    }

    @Test
    void one_at_a_time_runs_what_shares_a_critical_section() {
        Gate invoice = new Gate("invoice");
        Gate label = new Gate("label");
        Run<CriticalSectionFlow.Result> run = CriticalSectionFlow.create(
                        new CriticalSectionTasks(invoice.andThen(label)))
                .start(42);

        await().until(() -> isHeld(run, "invoice", "label") || isHeld(run, "label", "invoice"));
        invoice.open();
        label.open();

        run.result();
        assertThat(succeeded(run)).containsExactlyInAnyOrder("invoice", "label");
    }

    private static boolean isHeld(Run<?> run, String inside, String outside) {
        return status(run, inside) == TaskStatus.RUNNING && status(run, outside) == TaskStatus.WAITING;
    }

    @EachEngine
    void a_critical_section_holds_up_nobody_for_ever(Engine engine) {
        Run<CriticalSectionFlow.Result> run = CriticalSectionFlow.create(new CriticalSectionTasks(line -> {}), engine)
                .start(42);

        run.result();
        assertThat(succeeded(run)).containsExactlyInAnyOrder("invoice", "label");
    }
}
