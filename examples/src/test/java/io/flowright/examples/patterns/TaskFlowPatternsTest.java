package io.flowright.examples.patterns;

import static io.flowright.examples.patterns.Tasks.skipped;
import static io.flowright.examples.patterns.Tasks.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.examples.patterns.AbstainingVotesTasks.Request;
import io.flowright.runtime.CancelMode;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** What TaskFlow has: deciders and their depths, forms of flows, targets, optional tasks. */
class TaskFlowPatternsTest {

    private final Queue<String> journal = new ConcurrentLinkedQueue<>();

    @EachEngine
    void a_no_reaches_as_far_as_its_depth(Engine engine) {
        Run<?> all = AllDepthFlow.create(new AllDepthTasks(), engine).start(false);
        all.result();
        assertThat(skipped(all)).containsExactlyInAnyOrder("target", "neighbor", "last", "after");

        Run<?> flow = FlowDepthFlow.create(new FlowDepthTasks(), new FlowDepthTasks.InnerTasks(), engine)
                .start(false);
        flow.result();
        assertThat(skipped(flow)).containsExactlyInAnyOrder("inner.target", "inner.neighbor", "inner.last");
        assertThat(succeeded(flow)).containsExactly("after");

        Run<?> neighbors =
                NeighborsDepthFlow.create(new NeighborsDepthTasks(), engine).start(false);
        neighbors.result();
        assertThat(skipped(neighbors)).containsExactlyInAnyOrder("target", "neighbor");
        assertThat(succeeded(neighbors)).containsExactly("last");

        Run<?> atom = AtomDepthFlow.create(new AtomDepthTasks(), engine).start(false);
        atom.result();
        assertThat(skipped(atom)).containsExactly("target");
        assertThat(succeeded(atom)).containsExactlyInAnyOrder("neighbor", "last");
    }

    @EachEngine
    void after_a_yes_everything_runs_at_every_depth(Engine engine) {
        List<Run<?>> runs = List.of(
                AllDepthFlow.create(new AllDepthTasks(), engine).start(true),
                FlowDepthFlow.create(new FlowDepthTasks(), new FlowDepthTasks.InnerTasks(), engine)
                        .start(true),
                NeighborsDepthFlow.create(new NeighborsDepthTasks(), engine).start(true),
                AtomDepthFlow.create(new AtomDepthTasks(), engine).start(true));

        for (Run<?> run : runs) {
            run.result();
            assertThat(succeeded(run)).hasSameSizeAs(run.snapshot().tasks());
        }
    }

    @EachEngine
    void any_no_skips_the_target_and_the_widest_no_reaches_farthest(Engine engine) {
        MixedVotesFlow flow = MixedVotesFlow.create(new MixedVotesTasks(), engine);

        assertThat(skippedWith(flow, true, true)).isEmpty();
        assertThat(skippedWith(flow, true, false)).containsExactly("target");
        assertThat(skippedWith(flow, false, true)).containsExactlyInAnyOrder("target", "neighbor", "last");
        assertThat(skippedWith(flow, false, false)).containsExactlyInAnyOrder("target", "neighbor", "last");
    }

    private static List<String> skippedWith(MixedVotesFlow flow, boolean wide, boolean narrow) {
        Run<?> run = flow.inputs().wide(wide).narrow(narrow).start();
        run.result();
        return skipped(run);
    }

    @EachEngine
    void a_skipped_decider_has_no_vote(Engine engine) {
        AbstainingVotesFlow flow = AbstainingVotesFlow.create(new AbstainingVotesTasks(), engine);

        assertThat(flow.run(new Request(true, true, true)).target()).isPresent();
        assertThat(flow.run(new Request(true, false, true)).target()).isEmpty();
        assertThat(flow.run(new Request(true, true, false)).target()).isEmpty();
        assertThat(flow.run(new Request(false, false, true)).target()).isPresent();
        assertThat(flow.run(new Request(false, true, false)).target()).isEmpty();
    }

    @EachEngine
    void a_linear_flow_runs_in_its_order(Engine engine) {
        LinearFlow.create(new LinearTasks(journal::add), engine).run();

        assertThat(journal).containsExactly("first", "second", "third");
    }

    @EachEngine
    void an_unordered_flow_runs_all(Engine engine) {
        UnorderedFlow.create(new UnorderedTasks(journal::add), engine).run();

        assertThat(journal).containsExactlyInAnyOrder("left", "right");
    }

    @EachEngine
    void a_graph_flow_follows_values_links_and_flows_within(Engine engine) {
        GraphFlow.create(new GraphTasks(journal::add), new LinearTasks(journal::add), engine)
                .run("four");

        assertThat(journal).containsExactly("first", "second", "third", "linked 4", "end");
    }

    @EachEngine
    void a_target_runs_what_it_needs_and_nothing_else(Engine engine) {
        TargetFlow flow = TargetFlow.create(new TargetTasks(journal::add), engine);

        Run<TargetFlow.Result> run = flow.start(RunOptions.target(TargetFlow.Keys.CLASSES), "Main");

        assertThat(run.result().classes()).isEqualTo("classes from source of Main");
        assertThat(journal).containsExactly("compile");
        assertThat(skipped(run)).containsExactlyInAnyOrder("report", "manual");
        assertThatThrownBy(() -> run.result().report()).isInstanceOf(IllegalStateException.class);
    }

    @EachEngine
    void without_a_target_everything_runs(Engine engine) {
        TargetFlow.create(new TargetTasks(journal::add), engine).run("Main");

        assertThat(journal).containsExactlyInAnyOrder("compile", "test", "document");
    }

    @EachEngine
    void the_failure_of_an_optional_task_is_a_warning(Engine engine) {
        Run<OptionalTaskFlow.Result> run = OptionalTaskFlow.create(
                        new OptionalTaskTasks(() -> {
                            throw new IOException("no connection");
                        }),
                        engine)
                .start("Ada");

        assertThat(run.result().invitation()).isEqualTo("Dear Ada");
        assertThat(run.result().forecast()).isEmpty();
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.snapshot().warnings())
                .singleElement()
                .asString()
                .contains("ask")
                .contains("no connection");
    }

    @EachEngine
    void an_optional_task_that_succeeds_is_like_any_other(Engine engine) {
        OptionalTaskFlow flow = OptionalTaskFlow.create(new OptionalTaskTasks(() -> "rain"), engine);

        assertThat(flow.run("Ada").invitation()).isEqualTo("Dear Ada, expect rain");
    }

    @EachEngine
    void a_run_on_hold_undoes_nothing_and_is_resumed(Engine engine) {
        Run<HoldFlow.Result> run = failFirst(engine);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(journal).containsExactly("packed");

        assertThat(run.resume()).isTrue();
        assertThat(run.result().shipment()).isEqualTo("parcel with lamp by post");
        assertThat(journal).containsExactly("packed");
    }

    @EachEngine
    void a_run_on_hold_is_undone_when_somebody_says_so(Engine engine) {
        Run<HoldFlow.Result> run = failFirst(engine);

        run.cancel(CancelMode.COMPENSATE);

        assertThatThrownBy(run::result).hasRootCauseInstanceOf(IOException.class);
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(journal).containsExactly("packed", "unpacked");
    }

    /** A run whose carrier is not there the first time. */
    private Run<HoldFlow.Result> failFirst(Engine engine) {
        AtomicBoolean there = new AtomicBoolean();
        Run<HoldFlow.Result> run = HoldFlow.create(
                        new HoldTasks(journal::add, () -> {
                            if (!there.getAndSet(true)) {
                                throw new IOException("no carrier");
                            }
                            return "post";
                        }),
                        engine)
                .start("lamp");
        assertThatThrownBy(run::result).hasRootCauseInstanceOf(IOException.class);
        return run;
    }
}
