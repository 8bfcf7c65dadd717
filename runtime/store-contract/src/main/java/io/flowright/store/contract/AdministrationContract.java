package io.flowright.store.contract;

import static io.flowright.runtime.spi.RunWrite.Outcome.STALE;
import static io.flowright.runtime.spi.RunWrite.Outcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunCommand;
import io.flowright.runtime.spi.RunCommand.Kind;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What operators do: commands, the audit trail, cleaning up. */
abstract class AdministrationContract extends ListContract {

    private static final Instant LATER = NOW.plusSeconds(77);

    private static final KeyName KEY = new KeyName("order", "bill", "0123456789abcdef");

    static AuditAct act(String action, @Nullable String run) {
        return new AuditAct(LATER, new Operator("Ada", "ticket 7"), action, run, "details");
    }

    private boolean instruct(String run, Kind kind) {
        return desk().instruct(run, kind, act(kind.name(), run));
    }

    private boolean release(String run, RunStatus from, RunStatus to) {
        return desk().release(run, Set.of(from), to, act("release", run));
    }

    private List<Kind> commands(String owner) {
        return store().administration().commands(owner).stream()
                .map(RunCommand::kind)
                .toList();
    }

    // ---- commands for runs that somebody works on ----------------------------------------------------------------

    @Test
    void commandWaitsForTheEngineThatIsLive() {
        begin("run", "live");
        begin("other", "adopter");
        RunRecord before = found("run");

        for (Kind kind : Kind.values()) {
            assertThat(instruct("run", kind)).isTrue();
        }
        assertThat(instruct("other", Kind.CANCEL)).isTrue();

        List<RunCommand> commands = store().administration().commands("live");
        assertThat(commands).extracting(RunCommand::kind).containsExactly(Kind.values());
        assertThat(commands).extracting(RunCommand::run).containsOnly("run");
        assertThat(commands).extracting(RunCommand::id).isSorted().doesNotHaveDuplicates();
        assertThat(commands("adopter")).containsExactly(Kind.CANCEL);
        assertThat(commands("nobody")).isEmpty();
        assertSame(found("run"), before);
        assertThat(write(tasks("run", 1, succeeded("after")))).isEqualTo(WRITTEN);
    }

    @Test
    void settledCommandsAreGoneAndNoOthers() {
        begin("run", "live");
        begin("other", "live");
        instruct("run", Kind.PAUSE);
        instruct("other", Kind.CANCEL);
        instruct("run", Kind.CANCEL);
        List<RunCommand> commands = store().administration().commands("live");

        store().administration().settle(List.of());
        assertThat(store().administration().commands("live")).isEqualTo(commands);
        store().administration().settle(commands.subList(0, 2));
        store().administration().settle(commands.subList(0, 2));
        assertThat(store().administration().commands("live")).containsExactly(commands.get(2));
        store().administration().settle(commands);
        assertThat(store().administration().commands("live")).isEmpty();

        instruct("run", Kind.PAUSE);
        store().administration().settle(commands);
        assertThat(commands("live")).containsExactly(Kind.PAUSE);
    }

    @Test
    void commandGoesToWhoAdoptsTheRun() {
        live("leaver");
        begin("run", "leaver");
        instruct("run", Kind.PAUSE);

        store().leave("leaver");
        store().adopt("adopter", Set.of(FLOW), 10);

        assertThat(commands("leaver")).isEmpty();
        assertThat(commands("adopter")).containsExactly(Kind.PAUSE);
    }

    @Test
    void commandsOfARunThatIsAcquiredAreVoid() {
        begin("run", "live");
        begin("other", "live");
        instruct("run", Kind.PAUSE);
        instruct("other", Kind.PAUSE);
        write(change("run", 1, RunStatus.PAUSED, false));

        store().acquire("run", "live", Set.of(RunStatus.PAUSED), RunStatus.RUNNING);

        assertThat(store().administration().commands("live"))
                .extracting(RunCommand::run)
                .containsExactly("other");
    }

    @Test
    void commandsOfARunThatIsNotAcquiredWaitOn() {
        begin("run", "live");
        instruct("run", Kind.PAUSE);

        store().acquire("run", "adopter", Set.of(RunStatus.PAUSED), RunStatus.RUNNING);

        assertThat(commands("live")).containsExactly(Kind.PAUSE);
    }

    // ---- commands for runs that nobody works on ------------------------------------------------------------------

    @Test
    void whatNobodyWorksOnIsStoppedAtOnce() {
        for (Kind kind : Kind.values()) {
            for (String owner : List.of("dead", "live")) {
                String run = kind + "-" + owner;
                begin(run, owner);
                if (owner.equals("live")) {
                    write(change(run, 1, RunStatus.RUNNING, true));
                }
                RunRecord before = found(run);

                assertThat(instruct(run, kind)).isTrue();

                RunRecord after = found(run);
                assertThat(after.status()).isEqualTo(kind.status());
                assertThat(after.owner()).isNull();
                assertThat(after.epoch()).isEqualTo(2);
                assertThat(after.endedAt()).isEqualTo(kind.status().isActive() ? null : LATER);
                assertThat(after.deadline()).isEqualTo(before.deadline());
                assertThat(write(tasks(run, 1, succeeded("late")))).isEqualTo(STALE);
            }
        }
        assertThat(commands("dead")).isEmpty();
        assertThat(ids(store().adopt("adopter", Set.of(FLOW), 10)))
                .containsExactlyInAnyOrder("COMPENSATE-dead", "COMPENSATE-live");
    }

    @Test
    void runOfAnEngineThatFellSilentIsStopped() {
        store().enter("silent", "", SHORT);
        begin("run", "silent");
        eventually(() -> assertThat(store().orphans(1)).isNotEmpty());

        assertThat(instruct("run", Kind.CANCEL)).isTrue();

        assertThat(found("run").status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(store().renew("silent", LONG, List.of())).isFalse();
    }

    @Test
    void onlyActiveRunsTakeCommands() {
        for (RunStatus status : RunStatus.values()) {
            if (status == RunStatus.PENDING || status == RunStatus.WAITING) {
                continue;
            }
            for (Kind kind : Kind.values()) {
                String run = status + "-" + kind;
                beginAndBecome(run, "live", status, false);
                boolean pauses = kind == Kind.PAUSE || kind == Kind.INTERRUPT;
                boolean possible = status == RunStatus.RUNNING || (status == RunStatus.COMPENSATING && pauses);

                assertThat(instruct(run, kind)).as(run).isEqualTo(possible);

                assertThat(found(run).status()).isEqualTo(status);
                assertThat(found(run).epoch()).isEqualTo(1);
                assertThat(desk().trail(run, 0, 10))
                        .extracting(AuditEntry::accepted)
                        .containsExactly(possible);
            }
        }
        assertThat(instruct("never there", Kind.PAUSE)).isFalse();
        assertThat(desk().trail("never there", 0, 10))
                .extracting(AuditEntry::accepted)
                .containsExactly(false);
        assertThat(commands("live")).hasSize(Kind.values().length + 2);
    }

    @Test
    void runThatIsBeingUndoneAndThatNobodyWorksOnIsPausedOnly() {
        beginAndBecome("run", "dead", RunStatus.COMPENSATING, false);

        assertThat(instruct("run", Kind.CANCEL)).isFalse();
        assertThat(instruct("run", Kind.COMPENSATE)).isFalse();
        assertThat(found("run").epoch()).isEqualTo(1);
        assertThat(instruct("run", Kind.INTERRUPT)).isTrue();
        assertThat(found("run").status()).isEqualTo(RunStatus.PAUSED);
        assertThat(instruct("run", Kind.PAUSE)).isFalse();
    }

    /** Either the run is stopped and nobody has it, or it is adopted and the command waits for the adopter. */
    @Test
    void commandIsNotLostToAnAdoption() throws Exception {
        for (int round = 0; round < 20; round++) {
            String run = "run" + round;
            begin(run, "dead");
            List<Callable<Integer>> calls = List.of(
                    () -> store().adopt("adopter", Set.of(FLOW), 10).size(), () -> instruct(run, Kind.PAUSE) ? 1 : 0);

            List<Integer> done = together(calls);

            assertThat(done.get(1)).isEqualTo(1);
            RunRecord after = found(run);
            assertThat(after.epoch()).isEqualTo(2);
            List<RunCommand> waiting = store().administration().commands("adopter");
            if (done.get(0) == 1) {
                assertThat(after.status()).isEqualTo(RunStatus.RUNNING);
                assertThat(after.owner()).isEqualTo("adopter");
                assertThat(waiting).extracting(RunCommand::run).containsExactly(run);
                store().administration().settle(waiting);
                write(change(run, 2, RunStatus.SUCCEEDED, true));
            } else {
                assertThat(after.status()).isEqualTo(RunStatus.PAUSED);
                assertThat(after.owner()).isNull();
                assertThat(waiting).isEmpty();
            }
        }
    }

    // ---- release -------------------------------------------------------------------------------------------------

    @Test
    void runThatRestsIsReleasedForAnyEngine() {
        TaskRecord failed = task("load", TaskRecord.Kind.END, TaskRecord.Status.FAILED);
        begin("run", "live");
        write(tasks("run", 1, failed, succeeded("before")));
        instruct("run", Kind.PAUSE);
        write(change("run", 1, RunStatus.FAILED, false));

        assertThat(release("run", RunStatus.FAILED, RunStatus.RUNNING)).isTrue();

        RunRecord after = found("run");
        assertThat(after.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(after.owner()).isNull();
        assertThat(after.epoch()).isEqualTo(2);
        assertThat(after.endedAt()).isNull();
        assertThat(after.deadline()).isNull();
        assertThat(store().tasks("run"))
                .extracting(TaskRecord::status)
                .containsExactly(TaskRecord.Status.RETRYING, TaskRecord.Status.SUCCEEDED);
        assertThat(store().tasks("run").get(0).dueAt()).isEqualTo(failed.endedAt());
        assertThat(write(tasks("run", 1, succeeded("late")))).isEqualTo(STALE);
        assertThat(ids(store().adopt("adopter", Set.of(FLOW), 10))).containsExactly("run");
        assertThat(commands("adopter")).isEmpty();
    }

    @Test
    void runThatRestsIsReleasedToBeUndone() {
        beginAndBecome("run", "live", RunStatus.PAUSED, true);

        assertThat(release("run", RunStatus.PAUSED, RunStatus.COMPENSATING)).isTrue();

        assertThat(found("run").status()).isEqualTo(RunStatus.COMPENSATING);
        assertThat(found("run").deadline()).isNull();
        assertThat(ids(store().orphans(10))).containsExactly("run");
    }

    @Test
    void runThatRestsIsReleasedForGood() {
        TaskRecord failed = task("load", TaskRecord.Kind.END, TaskRecord.Status.FAILED);
        begin("run", "live");
        write(tasks("run", 1, failed));
        instruct("run", Kind.PAUSE);
        write(change("run", 1, RunStatus.FAILED, false));

        assertThat(release("run", RunStatus.FAILED, RunStatus.CANCELLED)).isTrue();

        RunRecord after = found("run");
        assertThat(after.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(after.owner()).isNull();
        assertThat(after.epoch()).isEqualTo(2);
        assertThat(after.endedAt()).isEqualTo(LATER);
        assertSame(store().tasks("run"), List.of(failed));
        assertThat(store().orphans(10)).isEmpty();
        assertThat(commands("live")).isEmpty();
    }

    @Test
    void onlyARunOfTheNamedStatusesIsReleased() {
        beginAndBecome("failed", "live", RunStatus.FAILED, true);
        beginAndBecome("succeeded", "live", RunStatus.SUCCEEDED, true);

        assertThat(release("failed", RunStatus.PAUSED, RunStatus.RUNNING)).isFalse();
        assertThat(release("succeeded", RunStatus.PAUSED, RunStatus.RUNNING)).isFalse();
        assertThat(release("never there", RunStatus.PAUSED, RunStatus.RUNNING)).isFalse();
        assertThat(desk().release("failed", Set.of(), RunStatus.RUNNING, act("release", "failed")))
                .isFalse();

        assertThat(found("failed").epoch()).isEqualTo(1);
        assertThat(desk().trail(null, 0, 10))
                .extracting(AuditEntry::accepted)
                .containsOnly(false)
                .hasSize(4);
        assertThat(desk().release(
                                "failed",
                                Set.of(RunStatus.PAUSED, RunStatus.FAILED),
                                RunStatus.RUNNING,
                                act("release", "failed")))
                .isTrue();
    }

    @Test
    void ofThoseWhoReleaseARunTogetherOneSucceeds() throws Exception {
        for (int round = 0; round < 10; round++) {
            String run = "run" + round;
            beginAndBecome(run, "live", RunStatus.PAUSED, true);
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                RunAdministration desk = handle(i).administration();
                calls.add(() -> desk.release(run, Set.of(RunStatus.PAUSED), RunStatus.RUNNING, act("resume", run)));
            }

            assertThat(together(calls)).containsOnlyOnce(true).hasSize(6);

            assertThat(found(run).epoch()).isEqualTo(2);
            assertThat(desk().trail(run, 0, 10))
                    .extracting(AuditEntry::accepted)
                    .containsOnlyOnce(true)
                    .hasSize(6);
        }
    }

    @Test
    void releasedRunIsAcquiredOrReleasedNotBoth() throws Exception {
        for (int round = 0; round < 10; round++) {
            String run = "run" + round;
            beginAndBecome(run, "live", RunStatus.FAILED, true);
            List<Callable<Boolean>> calls = List.of(
                    () -> release(run, RunStatus.FAILED, RunStatus.RUNNING),
                    () -> store().acquire(run, "adopter", Set.of(RunStatus.FAILED), RunStatus.RUNNING)
                            .isPresent());

            assertThat(together(calls)).containsOnlyOnce(true);

            assertThat(found(run).epoch()).isEqualTo(2);
        }
    }

    // ---- watch ---------------------------------------------------------------------------------------------------

    @Test
    void whoWatchesIsToldOfCommandsAndReleasesByAnotherProcess() {
        begin("run", "live");
        beginAndBecome("paused", "live", RunStatus.PAUSED, true);
        AtomicInteger told = new AtomicInteger();
        AtomicInteger alsoTold = new AtomicInteger();
        store().administration().watch(told::incrementAndGet);
        other().administration().watch(alsoTold::incrementAndGet);
        // Once it is told of anything it is told of everything.
        eventually(() -> {
            assertThat(instruct("run", Kind.PAUSE)).isTrue();
            assertThat(told.get()).isPositive();
            assertThat(alsoTold.get()).isPositive();
        });

        settleDown(told);
        int before = told.get();
        instruct("run", Kind.CANCEL);
        eventually(() -> assertThat(told.get()).isGreaterThan(before));

        settleDown(told);
        int again = told.get();
        release("paused", RunStatus.PAUSED, RunStatus.RUNNING);
        eventually(() -> assertThat(told.get()).isGreaterThan(again));
    }

    /** What was under way has arrived when nothing has come for a while; if it has not, the test proves less. */
    private static void settleDown(AtomicInteger told) {
        int before;
        do {
            before = told.get();
            LockSupport.parkNanos(500_000_000);
        } while (told.get() != before);
    }

    @Test
    void watchesEndOneByOne() {
        begin("run", "live");
        AtomicInteger told = new AtomicInteger();
        AtomicInteger stillTold = new AtomicInteger();
        RunAdministration.Watch first = store().administration().watch(told::incrementAndGet);
        RunAdministration.Watch second = store().administration().watch(stillTold::incrementAndGet);
        eventually(() -> {
            instruct("run", Kind.PAUSE);
            assertThat(told.get()).isPositive();
            assertThat(stillTold.get()).isPositive();
        });

        first.close();
        first.close();

        settleDown(stillTold);
        int before = stillTold.get();
        int atTheEnd = told.get();
        instruct("run", Kind.PAUSE);
        eventually(() -> assertThat(stillTold.get()).isGreaterThan(before));
        assertThat(told.get()).isEqualTo(atTheEnd);
        second.close();
        store().administration().watch(told::incrementAndGet);
        eventually(() -> {
            instruct("run", Kind.PAUSE);
            assertThat(told.get()).isGreaterThan(atTheEnd);
        });
    }

    // ---- the audit trail -----------------------------------------------------------------------------------------

    @Test
    void trailIsAChainFromItsBeginning() {
        AuditEntry first = desk().append(act("one", "run"), true);
        AuditEntry second = store().administration().append(act("two", null), false);
        AuditEntry third = desk().append(act("three", "other"), true);

        assertThat(first).isEqualTo(AuditEntry.after(null, act("one", "run"), true));
        assertThat(second).isEqualTo(AuditEntry.after(first, act("two", null), false));
        assertThat(desk().trail(null, 0, 10)).containsExactly(first, second, third);
        assertChain(desk().trail(null, 0, 10));
    }

    private static void assertChain(List<AuditEntry> trail) {
        String previous = AuditEntry.FIRST;
        for (int i = 0; i < trail.size(); i++) {
            AuditEntry entry = trail.get(i);
            assertThat(entry.number()).isEqualTo(i + 1);
            assertThat(entry.previous()).isEqualTo(previous);
            assertThat(entry.isGenuine()).as("%s", entry).isTrue();
            previous = entry.hash();
        }
    }

    @Test
    void trailIsReadInPartsAndByRun() {
        List<AuditEntry> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(desk().append(act("act" + i, i % 3 == 0 ? null : i % 3 == 1 ? "run" : "other"), true));
        }

        assertThat(desk().trail(null, 0, 4)).isEqualTo(all.subList(0, 4));
        assertThat(desk().trail(null, 4, 4)).isEqualTo(all.subList(4, 8));
        assertThat(desk().trail(null, 10, 4)).isEmpty();
        assertThat(desk().trail(null, 99, 4)).isEmpty();
        assertThat(desk().trail("run", 0, 10)).containsExactly(all.get(1), all.get(4), all.get(7));
        assertThat(desk().trail("run", 2, 1)).containsExactly(all.get(4));
        assertThat(desk().trail("run", 5, 10)).containsExactly(all.get(7));
        assertThat(desk().trail("never there", 0, 10)).isEmpty();
    }

    @Test
    void actsAreKeptAsTheyAre() {
        List<AuditAct> acts = List.of(
                new AuditAct(NOW, new Operator("Zoë 😀", "'; -- \"\n"), "ä", "rün", "{\"a\":1}"),
                new AuditAct(Instant.parse("1969-12-31T23:59:59.999999Z"), Operator.named("x"), "", "", ""),
                new AuditAct(
                        Instant.parse("2999-01-01T00:00:00Z"), Operator.named("x"), "a", null, "long".repeat(9_000)));

        acts.forEach(act -> desk().append(act, true));
        AuditAct nanos = new AuditAct(NOW.plusNanos(789), Operator.named("x"), "a", null, "");
        store().administration().append(nanos, true);

        List<AuditEntry> trail = store().administration().trail(null, 0, 10);
        assertThat(trail.subList(0, 3)).extracting(AuditEntry::act).isEqualTo(acts);
        assertChain(trail);
    }

    @Test
    void whatIsDoneToRunsIsInTheTrailAsItWasAccepted() {
        begin("run", "dead");
        AuditAct pause = act("pause", "run");
        AuditAct resume = act("resume", "run");

        desk().instruct("run", Kind.PAUSE, pause);
        desk().release("run", Set.of(RunStatus.PAUSED), RunStatus.RUNNING, resume);
        desk().release("run", Set.of(RunStatus.PAUSED), RunStatus.RUNNING, resume);

        List<AuditEntry> trail = desk().trail("run", 0, 10);
        assertThat(trail).extracting(AuditEntry::act).containsExactly(pause, resume, resume);
        assertThat(trail).extracting(AuditEntry::accepted).containsExactly(true, true, false);
        assertChain(trail);
    }

    @Test
    void trailIsOneChainWhoeverAddsToItAtOnce() throws Exception {
        int each = 15;
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            String run = "run" + i;
            begin(run, i % 2 == 0 ? "live" : "dead");
            RunAdministration desk = handle(i / 2).administration();
            calls.add(() -> {
                for (int j = 0; j < each; j++) {
                    if (j % 2 == 0) {
                        desk.append(act("note " + j, number % 3 == 0 ? null : run), true);
                    } else {
                        desk.instruct(run, Kind.PAUSE, act("pause " + j, run));
                    }
                }
                return true;
            });
        }

        together(calls);

        List<AuditEntry> trail = desk().trail(null, 0, 1_000);
        assertThat(trail).hasSize(6 * each);
        assertChain(trail);
        assertThat(desk().trail("run5", 0, 100)).hasSize(each);
    }

    // ---- purge ---------------------------------------------------------------------------------------------------

    private static final FlowVersion RETURNS = new FlowVersion("returns", "f1");

    private void end(String run, FlowVersion flow, RunStatus status, Instant createdAt, Instant endedAt) {
        beginTagged(run, "live", flow, createdAt, Map.of("all", "yes"));
        RunWrite.Change change = new RunWrite.Change(status, null, true, endedAt);
        write(new RunWrite(run, 1, null, List.of(succeeded("task")), List.of(), change));
    }

    private List<String> left() {
        return desk().list(RunQuery.all(), null, 1_000).stream()
                .map(RunSummary::id)
                .toList();
    }

    @Test
    void runsThatEndedBeforeAreRemovedAndNoOthers() {
        end("old", FLOW, RunStatus.SUCCEEDED, NOW.minusSeconds(9), NOW);
        end("older", RETURNS, RunStatus.SUCCEEDED, NOW.minusSeconds(10), NOW.minusSeconds(1));
        end("just not", FLOW, RunStatus.SUCCEEDED, NOW.minusSeconds(11), LATER);
        end("failed", FLOW, RunStatus.FAILED, NOW.minusSeconds(12), NOW);
        begin("active", "live", FLOW, NOW.minusSeconds(13));

        assertThat(desk().purge("nobody's", RunStatus.SUCCEEDED, LATER, 10)).isZero();
        assertThat(desk().purge(null, RunStatus.SUCCEEDED, LATER, 10)).isEqualTo(2);

        assertThat(left()).containsExactly("just not", "failed", "active");
        assertThat(taskNames("just not")).containsExactly("task");
        assertThat(desk().list(RunQuery.all().withTag("all", "yes"), null, 10))
                .extracting(RunSummary::id)
                .containsExactly("just not", "failed");
        assertThat(desk().purge("order", RunStatus.FAILED, LATER, 10)).isEqualTo(1);
        assertThat(desk().purge(null, RunStatus.SUCCEEDED, LATER, 10)).isZero();
        assertThat(desk().purge(null, RunStatus.SUCCEEDED, LATER.plusNanos(1_000), 10))
                .isEqualTo(1);
        assertThat(left()).containsExactly("active");
    }

    @Test
    void onlyRunsOfTheFlowAreRemoved() {
        end("order", FLOW, RunStatus.CANCELLED, NOW, NOW);
        end("returns", RETURNS, RunStatus.CANCELLED, NOW, NOW);

        assertThat(desk().purge("returns", RunStatus.CANCELLED, LATER, 10)).isEqualTo(1);

        assertThat(left()).containsExactly("order");
    }

    @Test
    void oldestRunsAreRemovedFirst() {
        for (int i = 0; i < 9; i++) {
            Instant time = NOW.plusSeconds(i * 5 % 9);
            end("run" + i * 5 % 9, i % 2 == 0 ? FLOW : RETURNS, RunStatus.SUCCEEDED, time, time);
        }

        assertThat(desk().purge(null, RunStatus.SUCCEEDED, LATER, 4)).isEqualTo(4);
        assertThat(left()).containsExactly("run8", "run7", "run6", "run5", "run4");
        assertThat(desk().purge(null, RunStatus.SUCCEEDED, LATER, 4)).isEqualTo(4);
        assertThat(desk().purge(null, RunStatus.SUCCEEDED, LATER, 4)).isEqualTo(1);
        assertThat(left()).isEmpty();
    }

    @Test
    void runsThatGoOnAreNotToBeRemoved() {
        begin("run", "dead");

        for (RunStatus status : RunStatus.values()) {
            if (status.isActive()) {
                assertThatThrownBy(() -> desk().purge(null, status, LATER, 10))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(status.name());
            }
        }

        assertThat(store().find("run")).isPresent();
    }

    @Test
    void nothingOfARunThatWasRemovedIsLeft() {
        begin("run", "live");
        store().renew("live", LONG, List.of(new RunActivity("run", 1, bytes("busy"))));
        instruct("run", Kind.PAUSE);
        write(tasks("run", 1, succeeded("before")));
        RunWrite.Change change = new RunWrite.Change(RunStatus.PAUSED, bytes("error"), false, NOW);
        write(new RunWrite("run", 1, null, List.of(), List.of(), change));

        assertThat(desk().purge(null, RunStatus.PAUSED, LATER, 10)).isEqualTo(1);

        assertThat(store().find("run")).isEmpty();
        assertThat(desk().summary("run")).isEmpty();
        assertThat(store().tasks("run")).isEmpty();
        assertThat(store().activity("run")).isEmpty();
        assertThat(write(tasks("run", 1, succeeded("late")))).isEqualTo(STALE);
        assertThat(instruct("run", Kind.PAUSE)).isFalse();
        assertThat(desk().trail("run", 0, 10)).hasSize(2);

        begin("run", "live");
        assertThat(store().tasks("run")).isEmpty();
        assertThat(store().activity("run")).isEmpty();
        assertThat(desk().summary("run").orElseThrow().tags()).isEmpty();
        assertThat(commands("live")).isEmpty();
    }

    @Test
    void keyOfARunThatWasRemovedIsForAnyone() {
        begin("run", "live");
        store().claim(KEY, "run", 1);
        write(change("run", 1, RunStatus.CANCELLED, true));
        assertThat(desk().purge(null, RunStatus.CANCELLED, LATER, 10)).isEqualTo(1);

        // It may have what the other had in the store: a number, a place.
        begin("next", "live");
        begin("third", "live");
        assertThat(store().claim(KEY, "next", 1)).contains(new KeyClaim.Owned(0));
        assertThat(store().claim(KEY, "third", 1)).contains(new KeyClaim.Busy());
    }

    @Test
    void resultsOutliveTheirRuns() {
        begin("run", "live");
        store().claim(KEY, "run", 1);
        write(keys("run", 1, complete(KEY, Instant.parse("2999-01-01T00:00:00Z"))));
        write(change("run", 1, RunStatus.SUCCEEDED, true));

        assertThat(desk().purge(null, RunStatus.SUCCEEDED, LATER, 10)).isEqualTo(1);
        assertThat(desk().purgeKeys(10)).isZero();

        begin("next", "live");
        assertThat(store().claim(KEY, "next", 1).orElseThrow()).isInstanceOf(KeyClaim.Completed.class);
    }

    @Test
    void purgesThatGoOnTogetherRemoveEachRunOnce() throws Exception {
        int runs = 60;
        List<RunWrite> writes = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            writes.add(beginning("run" + i, newRun("live"), succeeded("task")));
            writes.add(change("run" + i, 1, RunStatus.SUCCEEDED, true));
        }
        store().write(writes);
        begin("active", "live");
        List<Callable<Integer>> calls = new ArrayList<>();
        AtomicInteger removed = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            RunAdministration desk = handle(i).administration();
            calls.add(() -> {
                int mine = 0;
                while (removed.get() < runs && !Thread.currentThread().isInterrupted()) {
                    int now = desk.purge(null, RunStatus.SUCCEEDED, LATER, 7);
                    removed.addAndGet(now);
                    mine += now;
                }
                return mine;
            });
        }

        assertThat(together(calls).stream().mapToInt(Integer::intValue).sum()).isEqualTo(runs);
        assertThat(left()).containsExactly("active");
    }

    // ---- purge of keys -------------------------------------------------------------------------------------------

    private static KeyName key(String hash) {
        return new KeyName("order", "bill", hash);
    }

    private static KeyWrite complete(KeyName key, Instant expiresAt) {
        return new KeyWrite.Complete(key, bytes("result"), expiresAt);
    }

    @Test
    void keysThatNobodyNeedsAreRemoved() {
        Instant past = Instant.parse("2001-01-01T00:00:00Z");
        Instant future = Instant.parse("2999-01-01T00:00:00Z");
        begin("run", "live");
        begin("other", "live");
        for (String hash : List.of("expired", "expired too", "remembered", "given up", "executed", "raised", "both")) {
            store().claim(key(hash), "run", 1);
        }
        write(keys("run", 1, complete(key("expired"), past), complete(key("expired too"), past)));
        write(keys("run", 1, complete(key("remembered"), future), new KeyWrite.GiveUp(key("given up"))));
        write(keys("run", 1, new KeyWrite.Revoke(key("raised"), 0), new KeyWrite.Revoke(key("both"), 0)));
        store().claim(key("both"), "run", 1);
        write(keys("run", 1, complete(key("both"), past)));

        assertThat(desk().purgeKeys(2)).isEqualTo(2);
        assertThat(desk().purgeKeys(2)).isEqualTo(1);
        assertThat(desk().purgeKeys(2)).isZero();

        assertThat(store().claim(key("remembered"), "other", 1).orElseThrow()).isInstanceOf(KeyClaim.Completed.class);
        assertThat(store().claim(key("executed"), "other", 1)).contains(new KeyClaim.Busy());
        assertThat(store().claim(key("raised"), "other", 1)).contains(new KeyClaim.Owned(1));
        assertThat(store().claim(key("both"), "other", 1)).contains(new KeyClaim.Owned(1));
        assertThat(store().claim(key("expired"), "other", 1)).contains(new KeyClaim.Owned(0));
        assertThat(store().claim(key("given up"), "other", 1)).contains(new KeyClaim.Owned(0));
    }
}
