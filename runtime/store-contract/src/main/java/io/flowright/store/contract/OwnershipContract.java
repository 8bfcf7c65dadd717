package io.flowright.store.contract;

import static io.flowright.runtime.spi.RunWrite.Outcome.STALE;
import static io.flowright.runtime.spi.RunWrite.Outcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who gets which run. */
abstract class OwnershipContract extends WriteContract {

    private static final FlowVersion CHANGED = new FlowVersion("order", "f2");
    private static final FlowVersion RETURNS = new FlowVersion("returns", "f1");

    // ---- adopt ---------------------------------------------------------------------------------------------------

    @Test
    void runsOfDeadEnginesAreAdopted() {
        begin("never entered", "unknown");
        live("leaver");
        begin("left", "leaver");
        store().leave("leaver");
        beginAndBecome("released", "live", RunStatus.RUNNING, true);
        store().enter("silent", "", SHORT);
        begin("silent", "silent");

        List<String> adopted = new ArrayList<>();
        eventually(() -> {
            adopted.addAll(ids(other().adopt("adopter", Set.of(FLOW), 10)));
            assertThat(adopted).containsExactlyInAnyOrder("never entered", "left", "released", "silent");
        });
    }

    @Test
    void runsOfLiveEnginesAreNotAdopted() {
        begin("run", "live");
        begin("own", "adopter");

        assertThat(other().adopt("adopter", Set.of(FLOW), 10)).isEmpty();
        assertThat(other().orphans(10)).isEmpty();

        assertThat(found("run").epoch()).isEqualTo(1);
        assertThat(found("own").epoch()).isEqualTo(1);
    }

    @Test
    void onlyActiveRunsAreAdopted() {
        for (RunStatus status : RunStatus.values()) {
            if (status != RunStatus.PENDING && status != RunStatus.WAITING) {
                beginAndBecome(status + "-of-nobody", "dead", status, true);
                beginAndBecome(status + "-of-the-dead", "dead", status, false);
            }
        }
        String[] active = {
            "RUNNING-of-nobody", "RUNNING-of-the-dead", "COMPENSATING-of-nobody", "COMPENSATING-of-the-dead"
        };
        assertThat(ids(store().orphans(100))).containsExactlyInAnyOrder(active);

        List<RunRecord> adopted = store().adopt("adopter", Set.of(FLOW), 100);

        assertThat(ids(adopted)).containsExactlyInAnyOrder(active);
        assertThat(found("COMPENSATING-of-nobody").status()).isEqualTo(RunStatus.COMPENSATING);
        assertThat(found("PAUSED-of-nobody").owner()).isNull();
        assertThat(found("FAILED-of-the-dead").epoch()).isEqualTo(1);
    }

    @Test
    void onlyRunsOfTheFlowsThatWereNamedAreAdopted() {
        begin("order", "dead", FLOW, NOW);
        begin("changed", "dead", CHANGED, NOW);
        begin("returns", "dead", RETURNS, NOW);
        begin("unknown", "dead", new FlowVersion("unknown", "f1"), NOW);

        assertThat(store().adopt("adopter", Set.of(), 10)).isEmpty();
        assertThat(store().adopt("adopter", Set.of(new FlowVersion("returns", "f2")), 10))
                .isEmpty();
        assertThat(ids(store().adopt("adopter", List.of(CHANGED, RETURNS), 10)))
                .containsExactlyInAnyOrder("changed", "returns");

        assertThat(found("order").owner()).isEqualTo("dead");
        assertThat(ids(store().orphans(10))).containsExactlyInAnyOrder("order", "unknown");
    }

    @Test
    void oldestRunsAreAdoptedFirst() {
        begin("third", "dead", FLOW, NOW.plusSeconds(3));
        begin("first", "dead", FLOW, NOW.plusSeconds(1));
        begin("fourth", "dead", CHANGED, NOW.plusSeconds(4));
        begin("second", "dead", FLOW, NOW.plusSeconds(1).plusNanos(1_000));
        begin("zeroth", "live", FLOW, NOW);
        assertThat(ids(store().orphans(2))).containsExactly("first", "second");
        assertThat(ids(store().orphans(10))).containsExactly("first", "second", "third", "fourth");

        Set<FlowVersion> flows = Set.of(FLOW, CHANGED);
        assertThat(ids(store().adopt("adopter", flows, 2))).containsExactly("first", "second");
        assertThat(ids(other().adopt("adopter", flows, 2))).containsExactly("third", "fourth");
        assertThat(store().adopt("adopter", flows, 2)).isEmpty();
    }

    @Test
    void adoptionRaisesTheEpochAndEndsTheOneBefore() {
        begin("run", "dead");
        assertThat(write(tasks("run", 1, succeeded("before")))).isEqualTo(WRITTEN);

        RunRecord adopted = other().adopt("adopter", Set.of(FLOW), 10).get(0);

        assertThat(adopted.owner()).isEqualTo("adopter");
        assertThat(adopted.epoch()).isEqualTo(2);
        assertSame(found("run"), adopted);
        assertThat(write(tasks("run", 1, succeeded("late")))).isEqualTo(STALE);
        assertThat(write(change("run", 1, RunStatus.SUCCEEDED, true))).isEqualTo(STALE);
        assertThat(write(tasks("run", 2, succeeded("after")))).isEqualTo(WRITTEN);
        assertThat(taskNames("run")).containsExactly("before", "after");
        assertThat(found("run").status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void adoptedRunIsOtherwiseAsItWas() {
        NewRun begin =
                new NewRun("dead", FLOW, "7", bytes("inputs"), List.of("b", "a"), NOW.plusSeconds(9), NOW, 0, Map.of());
        write(beginning("run", begin));
        RunWrite.Change change = new RunWrite.Change(RunStatus.COMPENSATING, bytes("why"), false, NOW);
        write(new RunWrite("run", 1, null, List.of(), List.of(), change));

        RunRecord adopted = store().adopt("adopter", Set.of(FLOW), 10).get(0);

        RunRecord expected = new RunRecord(
                "run",
                FLOW,
                "7",
                RunStatus.COMPENSATING,
                "adopter",
                2,
                begin.inputs(),
                begin.targets(),
                begin.deadline(),
                bytes("why"),
                NOW,
                null);
        assertSame(adopted, expected);
    }

    @Test
    void runIsAdoptedAgainWhenItsNewOwnerDies() {
        begin("run", "dead");
        store().adopt("adopter", Set.of(FLOW), 10);
        assertThat(store().adopt("live", Set.of(FLOW), 10)).isEmpty();

        store().leave("adopter");

        assertThat(store().adopt("live", Set.of(FLOW), 10).get(0).epoch()).isEqualTo(3);
        assertThat(write(tasks("run", 2, succeeded("late")))).isEqualTo(STALE);
    }

    @Test
    void engineThatWasTakenForDeadMayAdoptItsOwnRuns() {
        store().enter("sleeper", "", SHORT);
        begin("run", "sleeper");
        eventually(() -> assertThat(store().orphans(1)).isNotEmpty());

        RunRecord adopted = store().adopt("sleeper", Set.of(FLOW), 10).get(0);

        assertThat(adopted.epoch()).isEqualTo(2);
        assertThat(write(tasks("run", 1, succeeded("late")))).isEqualTo(STALE);
    }

    @Test
    void adoptersThatComeTogetherGetDifferentRuns() throws Exception {
        int runs = 60;
        store().write(IntStream.range(0, runs)
                .mapToObj(i -> beginning("run" + i, newRun("dead")))
                .toList());
        AtomicInteger left = new AtomicInteger(runs);
        List<Callable<List<String>>> adopters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            live("adopter" + i);
            adopters.add(() -> {
                List<String> mine = new ArrayList<>();
                while (left.get() > 0 && !Thread.currentThread().isInterrupted()) {
                    List<RunRecord> adopted = handle(number).adopt("adopter" + number, Set.of(FLOW), 3);
                    adopted.forEach(run -> mine.add(run.id()));
                    left.addAndGet(-adopted.size());
                }
                return mine;
            });
        }

        List<List<String>> adopted = together(adopters);

        List<String> all = adopted.stream().flatMap(List::stream).toList();
        assertThat(all).hasSize(runs).doesNotHaveDuplicates();
        for (int i = 0; i < adopted.size(); i++) {
            for (String run : adopted.get(i)) {
                assertThat(found(run).owner()).isEqualTo("adopter" + i);
                assertThat(found(run).epoch()).isEqualTo(2);
            }
        }
    }

    @Test
    void orphansAreOnlyLookedAt() {
        begin("run", "dead");
        RunRecord before = found("run");

        assertSame(store().orphans(10), List.of(before));

        assertSame(found("run"), before);
        assertThat(write(tasks("run", 1, succeeded("load")))).isEqualTo(WRITTEN);
    }

    // ---- what an engine has --------------------------------------------------------------------------------------

    @Test
    void ownedAreTheActiveRunsOfAnEngineAlone() {
        live("live");
        begin("own", "live");
        begin("adopted", "dead", FLOW, NOW);
        begin("of the dead", "dead", FLOW, NOW.plusSeconds(1));
        assertThat(ids(store().adopt("live", Set.of(FLOW), 1))).containsExactly("adopted");
        for (RunStatus status : RunStatus.values()) {
            if (status != RunStatus.PENDING && status != RunStatus.WAITING) {
                beginAndBecome(status + " and kept", "live", status, false);
                beginAndBecome(status + " and released", "live", status, true);
            }
        }

        assertThat(other().owned("live"))
                .isEqualTo(Map.of("own", 1L, "adopted", 2L, "RUNNING and kept", 1L, "COMPENSATING and kept", 1L));
        assertThat(store().owned("dead")).isEqualTo(Map.of("of the dead", 1L));
        assertThat(store().owned("unknown")).isEmpty();
    }

    @Test
    void aRunThatIsGivenBackIsAdoptedAsItWas() {
        live("live");
        NewRun begin = new NewRun("live", FLOW, "7", bytes("in"), List.of("b"), NOW.plusSeconds(9), NOW, 3, Map.of());
        write(beginning("run", begin));
        RunWrite.Change change = new RunWrite.Change(RunStatus.COMPENSATING, bytes("why"), false, NOW);
        TaskRecord failed = task("load", TaskRecord.Kind.END, TaskRecord.Status.FAILED);
        write(new RunWrite("run", 1, null, List.of(failed), List.of(), change));

        other().disown("live", "run", 1);
        other().disown("live", "run", 1);

        assertThat(found("run").owner()).isNull();
        assertThat(store().owned("live")).isEmpty();
        assertThat(write(tasks("run", 1, succeeded("late")))).isEqualTo(STALE);
        RunRecord adopted = store().adopt("live", Set.of(FLOW), 10).get(0);
        assertSame(
                adopted,
                new RunRecord(
                        "run",
                        FLOW,
                        "7",
                        RunStatus.COMPENSATING,
                        "live",
                        3,
                        begin.inputs(),
                        begin.targets(),
                        begin.deadline(),
                        bytes("why"),
                        NOW,
                        null));
        assertThat(store().tasks("run").get(0).status()).isEqualTo(TaskRecord.Status.FAILED);
    }

    @Test
    void onlyTheOwnerGivesBackWhatItHasInThisEpoch() {
        live("live");
        begin("run", "live");
        beginAndBecome("done", "live", RunStatus.SUCCEEDED, false);

        store().disown("other", "run", 1);
        store().disown("live", "run", 2);
        store().disown("live", "done", 1);
        store().disown("live", "unknown", 1);

        assertThat(found("run").owner()).isEqualTo("live");
        assertThat(found("run").epoch()).isEqualTo(1);
        assertThat(found("done").epoch()).isEqualTo(1);
    }

    // ---- acquire -------------------------------------------------------------------------------------------------

    @Test
    void runThatRestsIsAcquired() {
        beginAndBecome("run", "live", RunStatus.PAUSED, true);

        RunRecord acquired = other().acquire("run", "adopter", Set.of(RunStatus.PAUSED), RunStatus.RUNNING)
                .orElseThrow();

        assertThat(acquired.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(acquired.owner()).isEqualTo("adopter");
        assertThat(acquired.epoch()).isEqualTo(2);
        assertThat(acquired.endedAt()).isNull();
        assertThat(acquired.deadline()).isNull();
        assertThat(acquired.inputs()).isEqualTo(bytes("inputs"));
        assertSame(found("run"), acquired);
        assertThat(write(tasks("run", 1, succeeded("late")))).isEqualTo(STALE);
        assertThat(write(tasks("run", 2, succeeded("after")))).isEqualTo(WRITTEN);
    }

    @Test
    void runOfALiveEngineMayBeAcquiredToo() {
        beginAndBecome("run", "live", RunStatus.FAILED, false);

        assertThat(store().acquire("run", "adopter", Set.of(RunStatus.FAILED), RunStatus.COMPENSATING))
                .map(RunRecord::status)
                .contains(RunStatus.COMPENSATING);
        assertThat(found("run").owner()).isEqualTo("adopter");
    }

    @Test
    void onlyARunOfTheNamedStatusesIsAcquired() {
        beginAndBecome("failed", "live", RunStatus.FAILED, true);
        beginAndBecome("cancelled", "live", RunStatus.CANCELLED, true);
        Set<RunStatus> resumable = Set.of(RunStatus.PAUSED, RunStatus.FAILED);

        assertThat(store().acquire("failed", "adopter", Set.of(RunStatus.PAUSED), RunStatus.RUNNING))
                .isEmpty();
        assertThat(store().acquire("failed", "adopter", Set.of(), RunStatus.RUNNING))
                .isEmpty();
        assertThat(store().acquire("cancelled", "adopter", resumable, RunStatus.RUNNING))
                .isEmpty();
        assertThat(store().acquire("never there", "adopter", resumable, RunStatus.RUNNING))
                .isEmpty();
        assertThat(found("failed").epoch()).isEqualTo(1);
        assertThat(found("failed").owner()).isNull();

        assertThat(store().acquire("failed", "adopter", resumable, RunStatus.RUNNING))
                .isPresent();
    }

    @Test
    void failedAttemptsOfAnAcquiredRunAreDueAtOnce() {
        List<TaskRecord> records = new ArrayList<>();
        for (TaskRecord.Kind kind : TaskRecord.Kind.values()) {
            for (TaskRecord.Status status : TaskRecord.Status.values()) {
                records.add(new TaskRecord(
                        "task-" + kind + "-" + status,
                        "3",
                        1,
                        2,
                        kind,
                        status,
                        bytes("result"),
                        bytes("error"),
                        NOW,
                        NOW.plusSeconds(5),
                        null));
            }
        }
        begin("run", "live");
        begin("other", "live");
        write(new RunWrite("run", 1, null, records, List.of(), null));
        write(new RunWrite("other", 1, null, records, List.of(), null));
        write(change("run", 1, RunStatus.FAILED, true));
        write(change("other", 1, RunStatus.FAILED, true));

        store().acquire("run", "adopter", Set.of(RunStatus.FAILED), RunStatus.RUNNING);

        assertSame(
                other().tasks("run"),
                records.stream().map(OwnershipContract::dueIfFailed).toList());
        assertSame(other().tasks("other"), records);
    }

    private static TaskRecord dueIfFailed(TaskRecord task) {
        if (task.status() != TaskRecord.Status.FAILED) {
            return task;
        }
        return new TaskRecord(
                task.task(),
                task.element(),
                task.generation(),
                task.attempt(),
                task.kind(),
                TaskRecord.Status.RETRYING,
                task.result(),
                task.error(),
                task.startedAt(),
                task.endedAt(),
                task.endedAt());
    }

    @Test
    void failedAttemptsOfARunThatIsNotAcquiredStayFailed() {
        begin("run", "live");
        TaskRecord failed = task("load", TaskRecord.Kind.END, TaskRecord.Status.FAILED);
        write(tasks("run", 1, failed));
        write(change("run", 1, RunStatus.FAILED, true));

        store().acquire("run", "adopter", Set.of(RunStatus.PAUSED), RunStatus.RUNNING);

        assertSame(store().tasks("run"), List.of(failed));
    }

    @Test
    void acquiredRunIsAdoptedWhenItsOwnerDies() {
        beginAndBecome("run", "live", RunStatus.FAILED, true);
        store().acquire("run", "adopter", Set.of(RunStatus.FAILED), RunStatus.RUNNING);
        assertThat(store().orphans(10)).isEmpty();

        store().leave("adopter");

        assertThat(store().adopt("live", Set.of(FLOW), 10))
                .extracting(RunRecord::epoch)
                .containsExactly(3L);
    }

    @Test
    void ofThoseWhoAcquireARunTogetherOneSucceeds() throws Exception {
        for (int round = 0; round < 10; round++) {
            String run = "run" + round;
            beginAndBecome(run, "live", RunStatus.FAILED, true);
            List<Callable<Optional<RunRecord>>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int number = i;
                calls.add(() ->
                        handle(number).acquire(run, "resumer" + number, Set.of(RunStatus.FAILED), RunStatus.RUNNING));
            }

            List<RunRecord> acquired =
                    together(calls).stream().flatMap(Optional::stream).toList();

            assertThat(acquired).hasSize(1);
            assertThat(found(run).owner()).isEqualTo(acquired.get(0).owner());
            assertThat(found(run).epoch()).isEqualTo(2);
        }
    }

    // ---- fencing -------------------------------------------------------------------------------------------------

    /**
     * Eight threads write on while their runs are adopted. What an adopter read when it had claimed a run is all that there will ever
     * be of the epoch before; and a writer was told the truth of each of its writes.
     */
    @Test
    void nothingOfAnOldEpochIsWrittenAfterAClaim() throws Exception {
        int writers = 8;
        int runsEach = 6;
        Set<String> adopted = new HashSet<>();
        Set<String> seen = new HashSet<>();
        AtomicInteger rounds = new AtomicInteger();
        List<Callable<Set<String>>> calls = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int number = i;
            for (int j = 0; j < runsEach; j++) {
                begin("run-" + number + "-" + j, "writer");
            }
            calls.add(() -> writeUntilStale(number, runsEach, rounds));
        }
        calls.add(() -> {
            while (adopted.size() < writers * runsEach) {
                // So that there is always something in flight when runs are claimed.
                int before = rounds.get();
                eventually(() -> assertThat(rounds.get()).isGreaterThan(before));
                for (RunRecord run : other().adopt("adopter", Set.of(FLOW), 5)) {
                    adopted.add(run.id());
                    other().tasks(run.id()).forEach(task -> seen.add(run.id() + "/" + task.task()));
                }
            }
            return Set.of();
        });

        Set<String> written = new HashSet<>();
        together(calls).forEach(written::addAll);

        Set<String> recorded = new HashSet<>();
        for (String run : adopted) {
            store().tasks(run).forEach(task -> recorded.add(run + "/" + task.task()));
        }
        assertThat(recorded).isEqualTo(written);
        assertThat(recorded).isEqualTo(seen);
    }

    private Set<String> writeUntilStale(int number, int runs, AtomicInteger rounds) {
        Set<String> written = new HashSet<>();
        Set<Integer> owned = new HashSet<>(IntStream.range(0, runs).boxed().toList());
        for (int round = 0; !owned.isEmpty() && !Thread.currentThread().isInterrupted(); round++) {
            List<Integer> batch = List.copyOf(owned);
            String task = "task" + round;
            List<RunWrite.Outcome> outcomes = handle(number)
                    .write(batch.stream()
                            .map(run -> tasks("run-" + number + "-" + run, 1, succeeded(task)))
                            .toList());
            for (int i = 0; i < batch.size(); i++) {
                if (outcomes.get(i) == WRITTEN) {
                    written.add("run-" + number + "-" + batch.get(i) + "/" + task);
                } else {
                    owned.remove(batch.get(i));
                }
            }
            rounds.incrementAndGet();
        }
        return written;
    }
}
