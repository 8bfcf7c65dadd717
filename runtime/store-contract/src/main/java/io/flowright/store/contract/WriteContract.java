package io.flowright.store.contract;

import static io.flowright.runtime.spi.RunWrite.Outcome.EXISTS;
import static io.flowright.runtime.spi.RunWrite.Outcome.STALE;
import static io.flowright.runtime.spi.RunWrite.Outcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is recorded of runs, and what is refused. */
abstract class WriteContract extends EngineContract {

    private static final String UNICODE =
            "Grüße, 世界, \uD83D\uDE80, שלום, \"quoted\", 'single', back\\slash, a\tb\nc, {x,y}, %s, ?";

    private static final Instant LONG_AGO = Instant.parse("1899-12-31T23:59:59.999999Z");
    private static final Instant FAR_AWAY = Instant.parse("9999-12-31T23:59:59.999999Z");

    // ---- beginning -----------------------------------------------------------------------------------------------

    @Test
    void runThatBeginsIsRecorded() {
        NewRun begin = new NewRun(
                "a",
                new FlowVersion(UNICODE, "f 1"),
                UNICODE,
                bytes(UNICODE),
                List.of("receipt", UNICODE, "", "with,comma"),
                FAR_AWAY,
                NOW,
                0,
                Map.of());

        assertThat(write(beginning(UNICODE, begin))).isEqualTo(WRITTEN);

        assertSame(
                other().find(UNICODE).orElseThrow(),
                new RunRecord(
                        UNICODE,
                        begin.flow(),
                        UNICODE,
                        RunStatus.RUNNING,
                        "a",
                        1,
                        begin.inputs(),
                        begin.targets(),
                        FAR_AWAY,
                        null,
                        NOW,
                        null));
    }

    @Test
    void runThatBeginsNeedsLittle() {
        NewRun begin = new NewRun("a", FLOW, "", new byte[0], List.of(), null, LONG_AGO, 0, Map.of());

        assertThat(write(beginning("run", begin))).isEqualTo(WRITTEN);

        assertSame(
                found("run"),
                new RunRecord(
                        "run",
                        FLOW,
                        "",
                        RunStatus.RUNNING,
                        "a",
                        1,
                        new byte[0],
                        List.of(),
                        null,
                        null,
                        LONG_AGO,
                        null));
        assertThat(store().tasks("run")).isEmpty();
    }

    @Test
    void unknownRunIsNotFound() {
        assertThat(store().find("never there")).isEmpty();
        assertThat(store().tasks("never there")).isEmpty();
    }

    @Test
    void beginningIsRepeatedByTheSameOwner() {
        RunWrite write = beginning("run", newRun("a"), succeeded("load"));

        assertThat(write(write)).isEqualTo(WRITTEN);
        RunRecord before = found("run");
        assertThat(other().write(List.of(write))).containsExactly(WRITTEN);

        assertSame(found("run"), before);
        assertThat(taskNames("run")).containsExactly("load");
    }

    @Test
    void beginningIsRefusedWhenAnotherOwnerHasTheRun() {
        begin("run", "a");
        RunRecord before = found("run");

        NewRun begin = new NewRun(
                "b", new FlowVersion("other", "f9"), "2", bytes("x"), List.of("y"), NOW, FAR_AWAY, 0, Map.of());
        assertThat(write(beginning("run", begin, succeeded("load")))).isEqualTo(EXISTS);

        assertSame(found("run"), before);
        assertThat(store().tasks("run")).isEmpty();
    }

    @Test
    void beginningIsRefusedWhenItsEngineHasBegunAnotherRunWithTheId() {
        begin("run", "a");
        RunRecord before = found("run");
        FlowVersion invoice = new FlowVersion("invoice", FLOW.fingerprint());
        byte[] inputs = before.inputs();

        for (NewRun other : List.of(
                new NewRun("a", invoice, "", inputs, List.of(), null, NOW, 0, Map.of()),
                new NewRun("a", FLOW, "", bytes("other"), List.of(), null, NOW, 0, Map.of()),
                new NewRun("a", FLOW, "", inputs, List.of(), null, NOW.plusMillis(1), 0, Map.of()))) {
            assertThat(write(beginning("run", other, succeeded("load")))).isEqualTo(EXISTS);
        }

        assertSame(found("run"), before);
        assertThat(store().tasks("run")).isEmpty();
    }

    @Test
    void beginningIsRefusedWhenTheRunHasBeenReleased() {
        beginAndBecome("run", "a", RunStatus.SUCCEEDED, true);

        assertThat(write(beginning("run", newRun("a")))).isEqualTo(EXISTS);
        assertThat(write(beginning("run", newRun("b")))).isEqualTo(EXISTS);

        assertThat(found("run").status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(found("run").owner()).isNull();
    }

    @Test
    void beginningThatComesAfterTheRunWasAdoptedChangesNothing() {
        begin("run", "dead");
        live("b");
        store().adopt("b", Set.of(FLOW), 10);
        RunRecord before = found("run");

        assertThat(write(beginning("run", newRun("dead"), succeeded("load")))).isNotEqualTo(WRITTEN);

        assertSame(found("run"), before);
        assertThat(store().tasks("run")).isEmpty();
    }

    @Test
    void refusedBeginningWritesNothingOfTheRest() {
        KeyName key = new KeyName("order", "charge", "00");
        begin("run", "live");
        begin("other", "live");
        assertThat(store().claim(key, "run", 1)).contains(new KeyClaim.Owned(0));
        RunWrite.Change change = new RunWrite.Change(RunStatus.FAILED, bytes("x"), true, NOW);
        List<KeyWrite> keys = List.of(new KeyWrite.GiveUp(key));

        RunWrite write = new RunWrite("run", 1, newRun("b"), List.of(succeeded("load")), keys, change);
        assertThat(write(write)).isEqualTo(EXISTS);

        assertThat(found("run").status()).isEqualTo(RunStatus.RUNNING);
        assertThat(store().tasks("run")).isEmpty();
        assertThat(store().claim(key, "other", 1)).contains(new KeyClaim.Busy());
    }

    @Test
    void runMayBeginAndEndInOneWrite() {
        RunWrite.Change change = new RunWrite.Change(RunStatus.SUCCEEDED, null, true, FAR_AWAY);
        RunWrite write = new RunWrite("run", 1, newRun("a"), List.of(succeeded("load")), List.of(), change);

        assertThat(write(write)).isEqualTo(WRITTEN);

        assertThat(found("run").status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(found("run").endedAt()).isEqualTo(FAR_AWAY);
        assertThat(taskNames("run")).containsExactly("load");
    }

    // ---- epochs and batches --------------------------------------------------------------------------------------

    @Test
    void onlyTheEpochOfTheRunIsWritten() {
        begin("run", "a");

        assertThat(write(tasks("run", 1, succeeded("now")))).isEqualTo(WRITTEN);
        assertThat(write(tasks("run", 0, succeeded("before")))).isEqualTo(STALE);
        assertThat(write(tasks("run", 2, succeeded("after")))).isEqualTo(STALE);
        assertThat(write(change("run", 2, RunStatus.FAILED, true))).isEqualTo(STALE);
        assertThat(write(tasks("never there", 1, succeeded("now")))).isEqualTo(STALE);

        assertThat(taskNames("run")).containsExactly("now");
        assertThat(found("run").status()).isEqualTo(RunStatus.RUNNING);
        assertThat(store().find("never there")).isEmpty();
    }

    @Test
    void staleWriteIsRefusedAlone() {
        begin("one", "a");
        begin("two", "a");
        begin("three", "a");

        List<RunWrite.Outcome> outcomes = store().write(List.of(
                tasks("one", 1, succeeded("load")),
                tasks("two", 7, succeeded("load")),
                beginning("one", newRun("b"), succeeded("stolen")),
                tasks("three", 1, succeeded("load")),
                change("two", 7, RunStatus.FAILED, true),
                beginning("four", newRun("a"), succeeded("load"))));

        assertThat(outcomes).containsExactly(WRITTEN, STALE, EXISTS, WRITTEN, STALE, WRITTEN);
        assertThat(taskNames("one")).containsExactly("load");
        assertThat(taskNames("two")).isEmpty();
        assertThat(found("two").status()).isEqualTo(RunStatus.RUNNING);
        assertThat(taskNames("three")).containsExactly("load");
        assertThat(taskNames("four")).containsExactly("load");
    }

    @Test
    void writesOfOneRunMayBeInOneBatch() {
        List<RunWrite.Outcome> outcomes = store().write(List.of(
                beginning("run", newRun("a")),
                tasks("run", 1, succeeded("z"), succeeded("y")),
                beginning("another", newRun("a")),
                tasks("run", 1, succeeded("x")),
                change("run", 1, RunStatus.COMPENSATING, false),
                tasks("another", 1, succeeded("w")),
                change("run", 1, RunStatus.COMPENSATED, true)));

        assertThat(outcomes).hasSize(7).containsOnly(WRITTEN);
        assertThat(taskNames("run")).containsExactly("z", "y", "x");
        assertThat(found("run").status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(found("run").owner()).isNull();
        assertThat(taskNames("another")).containsExactly("w");
        assertThat(found("another").status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void refusedBeginningSaysNothingOfTheRunThatHasTheId() {
        begin("adopted", "dead");
        begin("begun", "a");
        begin("before", "a");
        live("a");
        store().adopt("a", Set.of(FLOW), 1);

        List<RunWrite.Outcome> outcomes = store().write(List.of(
                tasks("before", 1, succeeded("load")),
                beginning("adopted", newRun("a")),
                beginning("begun", newRun("b")),
                tasks("adopted", 2, succeeded("load")),
                beginning("before", newRun("b")),
                tasks("begun", 1, succeeded("load")),
                tasks("adopted", 1, succeeded("late")),
                change("adopted", 2, RunStatus.SUCCEEDED, true),
                change("begun", 1, RunStatus.SUCCEEDED, true)));

        assertThat(outcomes)
                .containsExactly(WRITTEN, EXISTS, EXISTS, WRITTEN, EXISTS, WRITTEN, STALE, WRITTEN, WRITTEN);
        for (String run : List.of("adopted", "begun", "before")) {
            assertThat(taskNames(run)).containsExactly("load");
        }
        assertThat(found("adopted").status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(found("begun").status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void ofTwoBeginningsInABatchTheFirstCounts() {
        List<RunWrite.Outcome> outcomes =
                store().write(List.of(beginning("run", newRun("a")), beginning("run", newRun("b"), succeeded("load"))));

        assertThat(outcomes).containsExactly(WRITTEN, EXISTS);
        assertThat(found("run").owner()).isEqualTo("a");
        assertThat(store().tasks("run")).isEmpty();
    }

    @Test
    void batchOfRunsKeepsAllThatIsSaidOfThem() {
        FlowVersion flow = new FlowVersion("invoice", "f2");
        NewRun plain = new NewRun("a", flow, "2.1", bytes(UNICODE), List.of(), null, NOW, -7, Map.of());
        NewRun aimed = new NewRun("b", FLOW, "", bytes("x"), List.of("receipt", ""), null, NOW, 0, Map.of());
        NewRun limited = new NewRun("b", FLOW, "", bytes("x"), List.of(), FAR_AWAY, NOW, 0, Map.of("name", "value"));

        assertThat(store().write(List.of(beginning("1", plain), beginning("2", plain))))
                .containsOnly(WRITTEN);
        assertThat(store().write(List.of(beginning("3", plain), beginning("4", aimed), beginning("5", limited))))
                .containsOnly(WRITTEN);

        for (String run : List.of("1", "2", "3")) {
            assertSame(found(run), begun(run, plain));
        }
        assertSame(found("4"), begun("4", aimed));
        assertSame(found("5"), begun("5", limited));
    }

    private static RunRecord begun(String run, NewRun begin) {
        return new RunRecord(
                run,
                begin.flow(),
                begin.version(),
                RunStatus.RUNNING,
                begin.owner(),
                1,
                begin.inputs(),
                begin.targets(),
                begin.deadline(),
                null,
                begin.createdAt(),
                null);
    }

    @Test
    void batchOfTasksKeepsAllThatIsSaidOfThem() {
        begin("1", "a");
        begin("2", "a");
        TaskRecord hashed = ended("hashed", NOW, NOW.plusNanos(1_000), "0a1b", "2c3d", null);
        TaskRecord bare = ended("bare", null, NOW, null, null, null);
        TaskRecord speaking = ended("speaking", NOW, NOW, null, null, bytes("9 of 10"));
        TaskRecord failing = task("failing", TaskRecord.Kind.END, TaskRecord.Status.RETRYING);

        store().write(List.of(tasks("1", 1, hashed), tasks("2", 1, bare)));
        store().write(List.of(tasks("1", 1, speaking, bare), tasks("2", 1, failing, hashed)));

        assertSame(store().tasks("1"), List.of(hashed, speaking, bare));
        assertSame(store().tasks("2"), List.of(bare, failing, hashed));
    }

    @Test
    void everyTimeIsKeptToTheMicrosecond() {
        Random random = new Random(42);
        List<Instant> times = new ArrayList<>(List.of(LONG_AGO, FAR_AWAY, NOW, Instant.EPOCH));
        for (long second = -5_000_000_000L; second <= 5_000_000_000L; second += 20_000_000) {
            times.add(Instant.ofEpochSecond(second, random.nextInt(1_000_000) * 1_000L));
        }
        for (Instant time : times) {
            String run = "at " + time;
            NewRun begin = new NewRun("a", FLOW, "", bytes("x"), List.of(), null, time, 0, Map.of());
            TaskRecord together = ended("together", time, time, null, null, null);
            TaskRecord alone = ended("alone", time, time, null, null, null);

            store().write(List.of(beginning(run, begin), beginning(run + " too", begin)));
            store().write(List.of(tasks(run, 1, together), tasks(run + " too", 1, together)));
            store().write(List.of(tasks(run, 1, alone)));

            assertThat(found(run + " too").createdAt()).isEqualTo(time);
            assertSame(store().tasks(run), List.of(together, alone));
        }
    }

    private static TaskRecord ended(
            String task,
            @Nullable Instant startedAt,
            Instant endedAt,
            @Nullable String inputHash,
            @Nullable String outputHash,
            byte @Nullable [] progress) {
        return new TaskRecord(
                task,
                "",
                0,
                3,
                TaskRecord.Kind.END,
                TaskRecord.Status.SUCCEEDED,
                bytes(task),
                null,
                startedAt,
                endedAt,
                null,
                inputHash,
                outputHash,
                progress);
    }

    @Test
    void emptyBatchIsFine() {
        assertThat(store().write(List.of())).isEmpty();
    }

    @Test
    void emptyWriteOnlyAsksForTheEpoch() {
        begin("run", "a");

        assertThat(store().write(List.of(tasks("run", 1), tasks("run", 2)))).containsExactly(WRITTEN, STALE);
    }

    @Test
    void batchMayBeLong() {
        List<RunWrite> beginnings = new ArrayList<>();
        List<RunWrite> rest = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            beginnings.add(beginning("run" + i, newRun("a")));
            boolean stale = i % 10 == 3;
            TaskRecord[] tasks = {succeeded("load"), succeeded("ship" + i), succeeded("bill"), succeeded("archive")};
            RunWrite.Change change = new RunWrite.Change(RunStatus.SUCCEEDED, null, true, NOW);
            rest.add(new RunWrite("run" + i, stale ? 2 : 1, null, List.of(tasks), List.of(), change));
        }

        assertThat(store().write(beginnings)).hasSize(1_000).containsOnly(WRITTEN);
        List<RunWrite.Outcome> outcomes = store().write(rest);

        assertThat(outcomes).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(outcomes.get(i)).as("outcome %d", i).isEqualTo(i % 10 == 3 ? STALE : WRITTEN);
        }
        for (int i = 9; i < 1_000; i += 30) {
            assertThat(taskNames("run" + i)).containsExactly("load", "ship" + i, "bill", "archive");
        }
        assertThat(found("run999").status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(taskNames("run993")).isEmpty();
        assertThat(found("run993").status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void repeatedBatchChangesNothing() {
        begin("run", "a");
        begin("rests", "a");
        List<RunWrite> batch = List.of(
                tasks("run", 1, succeeded("load"), succeeded("ship")),
                change("run", 1, RunStatus.COMPENSATING, false),
                change("rests", 1, RunStatus.PAUSED, true));
        assertThat(store().write(batch)).containsOnly(WRITTEN);
        RunRecord run = found("run");
        RunRecord rests = found("rests");

        assertThat(other().write(batch)).containsOnly(WRITTEN);

        assertSame(found("run"), run);
        assertSame(found("rests"), rests);
        assertThat(taskNames("run")).containsExactly("load", "ship");
    }

    // ---- what a run becomes --------------------------------------------------------------------------------------

    @Test
    void runBecomesWhatTheChangeSays() {
        for (RunStatus status : RunStatus.values()) {
            if (status == RunStatus.PENDING || status == RunStatus.WAITING) {
                continue;
            }
            String run = "run-" + status;
            begin(run, "a");
            RunWrite.Change change = new RunWrite.Change(status, bytes("why " + status), false, FAR_AWAY);

            assertThat(write(new RunWrite(run, 1, null, List.of(), List.of(), change)))
                    .isEqualTo(WRITTEN);

            RunRecord found = found(run);
            assertThat(found.status()).isEqualTo(status);
            assertThat(found.error()).isEqualTo(bytes("why " + status));
            assertThat(found.owner()).isEqualTo("a");
            assertThat(found.epoch()).isEqualTo(1);
            assertThat(found.endedAt()).isEqualTo(status.isActive() ? null : FAR_AWAY);
        }
    }

    @Test
    void releasedRunBelongsToNobody() {
        beginAndBecome("run", "a", RunStatus.PAUSED, true);

        RunRecord found = found("run");
        assertThat(found.owner()).isNull();
        assertThat(found.epoch()).isEqualTo(1);
        assertThat(found.error()).isNull();
        assertThat(found.endedAt()).isEqualTo(NOW);
    }

    @Test
    void changeOfOneRunLeavesTheOthers() {
        begin("other", "a");
        RunRecord before = found("other");

        beginAndBecome("run", "a", RunStatus.FAILED, true);

        assertSame(found("other"), before);
    }

    // ---- tasks ---------------------------------------------------------------------------------------------------

    @Test
    void tasksComeBackWholeAndInOrder() {
        begin("run", "a");
        begin("other", "a");
        byte[] megabyte = new byte[1 << 20];
        for (int i = 0; i < megabyte.length; i++) {
            megabyte[i] = (byte) (i * 31 + (i >> 8));
        }
        List<TaskRecord> first = List.of(
                new TaskRecord(
                        "thumb.resize",
                        "",
                        0,
                        0,
                        TaskRecord.Kind.END,
                        TaskRecord.Status.SUCCEEDED,
                        null,
                        null,
                        null,
                        NOW,
                        null),
                new TaskRecord(
                        UNICODE,
                        UNICODE,
                        Integer.MAX_VALUE,
                        Integer.MAX_VALUE,
                        TaskRecord.Kind.COMPENSATION,
                        TaskRecord.Status.RETRYING,
                        megabyte,
                        bytes(UNICODE),
                        LONG_AGO,
                        NOW,
                        FAR_AWAY),
                new TaskRecord(
                        "empty",
                        "17",
                        0,
                        1,
                        TaskRecord.Kind.END,
                        TaskRecord.Status.TOLERATED,
                        new byte[0],
                        new byte[0],
                        NOW,
                        NOW,
                        NOW),
                new TaskRecord(
                        "empty",
                        "17",
                        0,
                        1,
                        TaskRecord.Kind.INTERRUPT,
                        TaskRecord.Status.INTERRUPTED,
                        null,
                        null,
                        null,
                        NOW,
                        null));
        List<TaskRecord> second = List.of(succeeded("b"), succeeded("a"));

        write(new RunWrite("run", 1, null, first, List.of(), null));
        write(tasks("other", 1, succeeded("elsewhere")));
        other().write(List.of(new RunWrite("run", 1, null, second, List.of(), null)));

        List<TaskRecord> all = new ArrayList<>(first);
        all.addAll(second);
        assertSame(store().tasks("run"), all);
        assertSame(other().tasks("run"), all);
        assertThat(taskNames("other")).containsExactly("elsewhere");
    }

    @Test
    void everyKindAndStatusIsKept() {
        begin("run", "a");
        List<TaskRecord> records = new ArrayList<>();
        for (TaskRecord.Kind kind : TaskRecord.Kind.values()) {
            for (TaskRecord.Status status : TaskRecord.Status.values()) {
                records.add(task("task-" + kind + "-" + status, kind, status));
            }
        }

        write(new RunWrite("run", 1, null, records, List.of(), null));

        assertSame(store().tasks("run"), records);
    }

    @Test
    void taskIsKnownByAllPartsOfItsKey() {
        begin("run", "a");
        List<TaskRecord> records = List.of(
                numbered("load", "", 0, 1, TaskRecord.Kind.START),
                numbered("load", "", 0, 1, TaskRecord.Kind.END),
                numbered("load", "", 0, 2, TaskRecord.Kind.END),
                numbered("load", "", 1, 1, TaskRecord.Kind.END),
                numbered("load", "0", 0, 1, TaskRecord.Kind.END),
                numbered("Load", "", 0, 1, TaskRecord.Kind.END),
                numbered("load ", "", 0, 1, TaskRecord.Kind.END));

        write(new RunWrite("run", 1, null, records, List.of(), null));

        assertSame(store().tasks("run"), records);
    }

    @Test
    void taskThatIsWrittenAgainStaysAsItIs() {
        begin("run", "a");
        TaskRecord once = succeeded("load");
        TaskRecord again = new TaskRecord(
                "load",
                "",
                0,
                1,
                TaskRecord.Kind.END,
                TaskRecord.Status.FAILED,
                bytes("result"),
                bytes("error"),
                NOW,
                FAR_AWAY,
                NOW);
        write(tasks("run", 1, once));

        assertThat(write(tasks("run", 1, again, succeeded("ship")))).isEqualTo(WRITTEN);
        assertThat(write(tasks("run", 1, succeeded("bill"), succeeded("bill")))).isEqualTo(WRITTEN);

        assertSame(store().tasks("run"), List.of(once, succeeded("ship"), succeeded("bill")));
    }

    @Test
    void runMayHaveManyTasks() {
        begin("run", "a");
        TaskRecord[] tasks = new TaskRecord[3_000];
        Arrays.setAll(tasks, i -> numbered("test", Integer.toString(i), 0, 1, TaskRecord.Kind.END));

        assertThat(write(tasks("run", 1, tasks))).isEqualTo(WRITTEN);

        assertSame(store().tasks("run"), List.of(tasks));
    }

    @Test
    void arraysBelongToWhoeverHasThem() {
        byte[] inputs = bytes("inputs");
        byte[] result = bytes("result");
        TaskRecord task = new TaskRecord(
                "load", "", 0, 1, TaskRecord.Kind.END, TaskRecord.Status.SUCCEEDED, result, null, null, NOW, null);
        write(beginning("run", new NewRun("a", FLOW, "", inputs, List.of(), null, NOW, 0, Map.of()), task));

        inputs[0] = 0;
        result[0] = 0;
        found("run").inputs()[1] = 0;
        Arrays.fill(store().tasks("run").get(0).result(), (byte) 0);

        assertThat(found("run").inputs()).isEqualTo(bytes("inputs"));
        assertThat(store().tasks("run").get(0).result()).isEqualTo(bytes("result"));
    }

    private static TaskRecord numbered(String task, String element, int generation, int attempt, TaskRecord.Kind kind) {
        TaskRecord.Status status =
                kind == TaskRecord.Kind.START ? TaskRecord.Status.STARTED : TaskRecord.Status.SUCCEEDED;
        byte[] result = bytes(task + element + generation + attempt);
        return new TaskRecord(task, element, generation, attempt, kind, status, result, null, null, NOW, null);
    }
}
