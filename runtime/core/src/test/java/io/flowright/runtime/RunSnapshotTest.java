package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSnapshotTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static TaskSnapshot task(String name, TaskStatus status) {
        return new TaskSnapshot(name, status, status == TaskStatus.PENDING ? 0 : 1, null, null);
    }

    private static RunSnapshot run(RunStatus status, TaskSnapshot... tasks) {
        return new RunSnapshot("order", "", "r1", status, null, null, List.of(tasks), List.of(), List.of());
    }

    @Test
    void reportsWhatFailedWithItsCausesAndWhatNeverRan() {
        IOException failure = new IOException("the service hung up", new SocketException("Connection reset"));
        RunSnapshot run = new RunSnapshot(
                "order",
                "3",
                "r1",
                RunStatus.FAILED,
                START,
                START.plusMillis(1204),
                List.of(
                        task("load", TaskStatus.SUCCEEDED),
                        new TaskSnapshot("reserve", TaskStatus.SUCCEEDED, 2, null, null),
                        new TaskSnapshot("charge", TaskStatus.FAILED, 5, FailureInfo.of(failure), null),
                        new TaskSnapshot(
                                "index", TaskStatus.CANCELLED, 1, null, null, ProgressReport.of(30, 90), Map.of()),
                        task("ship", TaskStatus.PENDING),
                        task("mail", TaskStatus.PENDING)),
                List.of(),
                List.of("thread t1 is still busy with index"));

        assertThat(run.report()).isEqualTo("""
                        flow order (version 3), run r1: FAILED after 1s 204ms
                          FAILED: charge after 5 attempts
                            java.io.IOException: the service hung up
                              caused by java.net.SocketException: Connection reset
                          SUCCEEDED: load, reserve after 2 attempts
                          CANCELLED: index (30 of 90 done)
                          never ran: ship, mail
                          warning: thread t1 is still busy with index
                        """);
    }

    @Test
    void saysOfAnActiveRunWhatIsYetToRun() {
        assertThat(run(RunStatus.RUNNING, task("load", TaskStatus.RUNNING), task("ship", TaskStatus.PENDING))
                        .report())
                .isEqualTo("""
                        flow order, run r1: RUNNING
                          RUNNING: load
                          yet to run: ship
                        """);
    }

    @Test
    void aPausedRunHasYetToRunWhatIsPending() {
        TaskSnapshot retried =
                new TaskSnapshot("charge", TaskStatus.PENDING, 2, FailureInfo.of(new IOException("gone")), null);

        assertThat(run(RunStatus.PAUSED, retried, task("ship", TaskStatus.PENDING))
                        .report())
                .isEqualTo("""
                        flow order, run r1: PAUSED
                          to run again: charge after 2 attempts
                            java.io.IOException: gone
                          yet to run: ship
                        """);
    }

    @Test
    void tellsWhatWasInterruptedFromWhatNeverRan() {
        TaskSnapshot load = new TaskSnapshot("load", TaskStatus.PENDING, 1, null, null);

        assertThat(run(RunStatus.FAILED, task("ship", TaskStatus.PENDING), load).report())
                .isEqualTo("""
                        flow order, run r1: FAILED
                          never ran: ship
                          interrupted: load
                        """);
        assertThat(run(RunStatus.RUNNING, load).report()).contains("to run again: load");
    }

    @Test
    void showsWhatAFallbackAnswered() {
        FailureInfo failure = FailureInfo.of(new IOException("gone"));
        TaskSnapshot price = new TaskSnapshot("price", TaskStatus.SUCCEEDED, 3, failure, null);

        assertThat(price.byFallback()).isTrue();
        assertThat(task("load", TaskStatus.SUCCEEDED).byFallback()).isFalse();
        assertThat(price).hasToString("price SUCCEEDED after 3 attempts by its fallback: java.io.IOException: gone");
        assertThat(run(RunStatus.SUCCEEDED, price, task("load", TaskStatus.SUCCEEDED))
                        .report())
                .isEqualTo("""
                        flow order, run r1: SUCCEEDED
                          SUCCEEDED: price after 3 attempts by its fallback
                            java.io.IOException: gone
                          SUCCEEDED: load
                        """);
    }

    @Test
    void showsABusinessFailureAsAnAnswer() {
        FailureInfo no = FailureInfo.of(new BusinessFailure("sold out"));
        TaskSnapshot reserve = new TaskSnapshot("reserve", TaskStatus.FAILED, 1, no, null);

        assertThat(run(RunStatus.FAILED, reserve).report())
                .contains("FAILED: reserve\n    said no: io.flowright.runtime.BusinessFailure: sold out\n");
    }

    @Test
    void indentsMessagesOfSeveralLines() {
        FailureInfo failure = FailureInfo.of(new IllegalStateException("one\ntwo\n"));
        TaskSnapshot load = new TaskSnapshot("load", TaskStatus.FAILED, 1, failure, null);

        assertThat(run(RunStatus.FAILED, load).report())
                .endsWith("\n    java.lang.IllegalStateException: one\n      two\n");
    }

    @Test
    void doesNotListThousandsOfNames() {
        List<TaskSnapshot> tasks = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            tasks.add(task("t" + i, TaskStatus.SUCCEEDED));
        }
        RunSnapshot run = run(RunStatus.SUCCEEDED, tasks.toArray(TaskSnapshot[]::new));

        assertThat(run.report())
                .contains("t0, t1,")
                .contains("t19 and 980 more")
                .doesNotContain("t20");
    }

    @Test
    void isOneLineAsText() {
        assertThat(run(
                        RunStatus.FAILED,
                        task("load", TaskStatus.SUCCEEDED),
                        task("ship", TaskStatus.PENDING),
                        task("mail", TaskStatus.PENDING)))
                .hasToString("flow order, run r1: FAILED, 1 of 3 tasks succeeded");
    }

    @Test
    void aTaskIsOneLineAsText() {
        FailureInfo failure = FailureInfo.of(new IOException("gone"));

        assertThat(new TaskSnapshot("index", TaskStatus.FAILED, 2, failure, null, ProgressReport.of(3, 9), Map.of()))
                .hasToString("index FAILED after 2 attempts (3 of 9 done): java.io.IOException: gone");
    }

    @Test
    void findsATaskByItsName() {
        RunSnapshot run = run(RunStatus.FAILED, task("load", TaskStatus.SUCCEEDED));

        assertThat(run.task("load").status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThatThrownBy(() -> run.task("lode")).hasMessage("flow order has no task lode");
    }

    @Test
    void indentsEachCauseBelowTheOneBefore() {
        FailureInfo failure = FailureInfo.of(new Exception("a", new Exception("b", new Exception("c"))));
        TaskSnapshot load = new TaskSnapshot("load", TaskStatus.FAILED, 1, failure, null);

        assertThat(run(RunStatus.FAILED, load).report()).endsWith("""
                            java.lang.Exception: a
                              caused by java.lang.Exception: b
                                caused by java.lang.Exception: c
                        """);
    }
}
