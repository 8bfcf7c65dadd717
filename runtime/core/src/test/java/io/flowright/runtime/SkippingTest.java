package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.flowright.annotations.OnFailure;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.listeners.CapturingListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks that a run does without: skipped, tolerated, not wanted, or behind a failure. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SkippingTest {

    private final Set<String> ran = ConcurrentHashMap.newKeySet();

    private ScriptedFlow.Body ran(String task) {
        return (values, context) -> {
            ran.add(task);
            return task;
        };
    }

    private static List<String> with(Run<?> run, TaskStatus status) {
        return run.snapshot().tasks().stream()
                .filter(task -> task.status() == status)
                .map(TaskSnapshot::name)
                .toList();
    }

    // ---- guards ----------------------------------------------------------------------------------------------------

    private ScriptedFlow.Builder branch() {
        return ScriptedFlow.named("branch")
                .task("flag", List.of("in"), (values, task) -> values.get("in").equals("yes"))
                .guarded("then", List.of("flag"), (values, task) -> values.get("flag"), ran("then"))
                .guarded("after", List.of("then"), (values, task) -> values.get("then") != null, ran("after"))
                .guarded("else", List.of("flag"), (values, task) -> !values.<Boolean>get("flag"), ran("else"))
                .task("join", List.of("after", "else"), ran("join"));
    }

    @ParameterizedTest
    @EnumSource
    void skippingGoesOnToWhatNeedsTheAbsentValue(Engines engines) {
        CapturingListener events = new CapturingListener();
        try (Engine engine = engines.open(settings -> settings.listener(events))) {
            Run<?> run = branch().on(engine).start(RunOptions.none(), "no");
            run.result();

            assertThat(ran).containsExactlyInAnyOrder("else", "join");
            assertThat(with(run, TaskStatus.SKIPPED)).containsExactly("then", "after");
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(events.events())
                    .filteredOn(FlowEvent.TaskSkipped.class::isInstance)
                    .extracting(event -> ((FlowEvent.TaskSkipped) event).task())
                    .containsExactly("then", "after");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOtherBranchTheOtherWayRound(Engines engines) {
        try (Engine engine = engines.open()) {
            Run<?> run = branch().on(engine).start(RunOptions.none(), "yes");
            run.result();

            assertThat(ran).containsExactlyInAnyOrder("then", "after", "join");
            assertThat(with(run, TaskStatus.SKIPPED)).containsExactly("else");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlowThatSkipsAllIsOver(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("nothing")
                    .guarded("only", List.of(), (values, task) -> false, ran("only"))
                    .on(engine);

            flow.run();
            Run<?> run = flow.start();
            run.result();
            assertThat(ran).isEmpty();
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsAfterASkipCanBeResumed(Engines engines) {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("branch")
                    .guarded("skipped", List.of(), (values, task) -> false, ran("skipped"))
                    .task("fragile", List.of("skipped"), (values, task) -> {
                        if (broken.get()) {
                            throw new IOException("broken");
                        }
                        return "whole";
                    })
                    .task("last", List.of("fragile"), ran("last"))
                    .on(engine);

            assertThatThrownBy(flow::run).isInstanceOfSatisfying(FlowFailedException.class, failure -> {
                assertThat(with(failure.run(), TaskStatus.SKIPPED)).containsExactly("skipped");
                broken.set(false);
                assertThat(failure.run().resume()).isTrue();
                failure.run().result();
                assertThat(with(failure.run(), TaskStatus.SUCCEEDED)).containsExactly("fragile", "last");
            });
            assertThat(ran).containsExactly("last");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGuardThatCannotBeAnsweredFailsItsTask(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("branch")
                    .guarded(
                            "fix",
                            List.of(),
                            (values, task) -> {
                                throw new UncoveredCaseException("status", TaskStatus.WAITING);
                            },
                            ran("fix"))
                    .on(engine);

            assertThatThrownBy(flow::run)
                    .isInstanceOf(FlowFailedException.class)
                    .hasMessageContaining("task fix")
                    .cause()
                    .isInstanceOf(UncoveredCaseException.class)
                    .hasMessageContaining("\"status\" is WAITING")
                    .hasMessageContaining("compile the flow again");
            assertThat(ran).isEmpty();
        }
    }

    /** So nothing of it is undone, even by what undoes tasks whose outcome is not known. */
    @ParameterizedTest
    @EnumSource
    void aTaskWhoseGuardCannotBeAnsweredHasNotBegun(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("branch")
                    .guarded(
                            "fix",
                            List.of(),
                            (values, task) -> {
                                throw new UncoveredCaseException("status", TaskStatus.WAITING);
                            },
                            ran("fix"))
                    .compensation("fix", FlowGraph.Builder::started, (values, failure, task) -> ran.add("undo"))
                    .on(engine);

            assertThatThrownBy(flow::run)
                    .isInstanceOfSatisfying(
                            FlowFailedException.class,
                            failure -> assertThat(failure.snapshot().tasks())
                                    .extracting(TaskSnapshot::status, TaskSnapshot::attempts)
                                    .containsExactly(tuple(TaskStatus.FAILED, 0)));
            assertThat(ran).isEmpty();
        }
    }

    // ---- optional tasks --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void theRunGoesOnWithoutAnOptionalTaskThatFails(Engines engines) {
        try (Engine engine = engines.open()) {
            Run<?> run = ScriptedFlow.named("shop")
                    .managed("mail", List.of(), FlowGraph.Builder::optional, (values, task) -> {
                        throw new IOException("no mail today");
                    })
                    .task("last", List.of("mail"), ran("last"))
                    .on(engine)
                    .start();
            run.result();

            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.snapshot().task("mail").status()).isEqualTo(TaskStatus.FAILED);
            assertThat(run.snapshot().warnings())
                    .containsExactly("the run went on without mail, which failed: java.io.IOException: no mail today");
            assertThat(run.snapshot().report()).contains("no mail today");
            assertThat(ran).containsExactly("last");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfAnOptionalTaskFailsTheRun(Engines engines) {
        AssertionError error = new AssertionError();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("shop")
                    .managed("mail", List.of(), FlowGraph.Builder::optional, (values, task) -> {
                        throw error;
                    })
                    .on(engine);

            assertThatThrownBy(flow::run).isSameAs(error);
        }
    }

    /** Nobody proved what happens then, so that it is no failure which the run could do without. */
    @ParameterizedTest
    @EnumSource
    void anUncoveredCaseOfAnOptionalTaskFailsTheRun(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("shop")
                    .managed("mail", List.of(), FlowGraph.Builder::optional, (values, task) -> {
                        throw new UncoveredCaseException("status", TaskStatus.WAITING);
                    })
                    .on(engine);

            assertThatThrownBy(flow::run)
                    .isInstanceOf(FlowFailedException.class)
                    .hasCauseInstanceOf(UncoveredCaseException.class);
        }
    }

    // ---- going on after failures -----------------------------------------------------------------------------------

    private ScriptedFlow.Builder nightly(AtomicBoolean broken) {
        ScriptedFlow.Body fragile = (values, task) -> {
            if (broken.get()) {
                throw new IOException(task.task() + " is broken");
            }
            return "whole";
        };
        return ScriptedFlow.named("nightly")
                .onFailure(OnFailure.CONTINUE)
                .managed("one", List.of(), policies -> {}, fragile)
                .task("two", List.of(), ran("two"))
                .managed("three", List.of("two"), policies -> {}, fragile)
                .task("afterOne", List.of("one"), ran("afterOne"))
                .task("afterTwo", List.of("two"), ran("afterTwo"))
                .task("afterAll", List.of("afterOne", "afterTwo", "three"), ran("afterAll"));
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotDependOnAFailureStillRunsAndEveryFailureIsReported(Engines engines) {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = nightly(broken).on(engine);

            assertThatThrownBy(flow::run).isInstanceOfSatisfying(FlowFailedException.class, failure -> {
                assertThat(ran).containsExactlyInAnyOrder("two", "afterTwo");
                assertThat(Set.of(failure.getCause().getMessage(), failure.getSuppressed()[0].getMessage()))
                        .containsExactlyInAnyOrder("one is broken", "three is broken");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlowOfDirectTasksGoesOnToo(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("nightly")
                    .onFailure(OnFailure.CONTINUE)
                    .task("one", List.of(), (values, task) -> {
                        throw new IOException("broken");
                    })
                    .task("two", List.of(), ran("two"))
                    .task("afterOne", List.of("one"), ran("afterOne"))
                    .on(engine);

            assertThatThrownBy(flow::run).isInstanceOf(FlowFailedException.class);
            assertThat(ran).containsExactly("two");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatWentOnCanBeResumed(Engines engines) {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (Engine engine = engines.open()) {
            Run<Map<String, Object>> run = nightly(broken).on(engine).start();

            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThat(with(run, TaskStatus.FAILED)).containsExactly("one", "three");
            assertThat(with(run, TaskStatus.PENDING)).containsExactly("afterOne", "afterAll");
            broken.set(false);
            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("afterAll", "afterAll");
            assertThat(new TreeSet<>(ran)).containsExactly("afterAll", "afterOne", "afterTwo", "two");
        }
    }

    // ---- targets ---------------------------------------------------------------------------------------------------

    private ScriptedFlow.Builder report() {
        return ScriptedFlow.named("report")
                .task("a", List.of(), ran("a"))
                .task("b", List.of(), ran("b"))
                .task("c", List.of("a"), ran("c"))
                .task("d", List.of("c", "b"), ran("d"))
                .task("e", List.of("c"), ran("e"));
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatTheTargetNeedsRuns(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = report().on(engine);

            Run<?> run = flow.start(RunOptions.target("e"), "in");
            run.result();
            assertThat(ran).containsExactlyInAnyOrder("a", "c", "e");
            assertThat(with(run, TaskStatus.SKIPPED)).containsExactlyInAnyOrder("b", "d");

            ran.clear();
            flow.run(RunOptions.target("b", "c"));
            assertThat(ran).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatIsNotKeptDoesNotWaitForTasksThatTheTargetDoesNotNeed(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("report")
                    .managed("large", List.of(), task -> task.released("large"), ran("large"))
                    .task("wanted", List.of("large"), ran("wanted"))
                    .task("other", List.of("large"), ran("other"))
                    .on(engine);

            assertThat(flow.run(RunOptions.target("wanted")))
                    .containsEntry("wanted", "wanted")
                    .containsEntry("large", null);
            assertThat(ran).containsExactlyInAnyOrder("large", "wanted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatIsNotKeptMayBeTheTargetItself(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("report")
                    .task("source", List.of(), ran("source"))
                    .managed("large", List.of("source"), task -> task.released("large"), ran("large"))
                    .task("wanted", List.of("large"), ran("wanted"))
                    .task("other", List.of("large"), ran("other"))
                    .on(engine);

            Run<Map<String, Object>> run = flow.start(RunOptions.target("large"), "in");
            assertThat(run.result()).doesNotContainValue("wanted").doesNotContainValue("other");
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(with(run, TaskStatus.SKIPPED)).containsExactlyInAnyOrder("wanted", "other");
            assertThat(ran).containsExactlyInAnyOrder("source", "large");

            ran.clear();
            assertThat(flow.run(RunOptions.target("large", "wanted")))
                    .containsEntry("wanted", "wanted")
                    .containsEntry("large", null);
            assertThat(ran).containsExactlyInAnyOrder("source", "large", "wanted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTargetThatIsNoKeyIsRefused(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = report().on(engine);

            assertThatThrownBy(() -> flow.run(RunOptions.target("f")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Flow 'report' has no key 'f' to be a target; it has [a, b, c, d, e]");
            assertThatThrownBy(RunOptions::target).isInstanceOf(IllegalArgumentException.class);
            assertThat(ran).isEmpty();
        }
    }
}
