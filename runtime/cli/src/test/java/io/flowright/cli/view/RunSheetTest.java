package io.flowright.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.operations.RunDescription;
import io.flowright.runtime.spi.TaskRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSheetTest {

    private static final RunDescription FAILED = Samples.description(
            RunStatus.FAILED,
            List.of(Samples.task("load", TaskStatus.SUCCEEDED), Samples.fanOut("charge", 2, 1, "load")),
            List.of(
                    Samples.attempt("load", null, 1, TaskRecord.Status.RETRYING, Samples.failure("first")),
                    Samples.attempt("load", null, 2, TaskRecord.Status.SUCCEEDED, null),
                    Samples.attempt("charge", 2, 1, TaskRecord.Status.FAILED, Samples.failure("hung\u0007up"))));

    private static List<String> lines(RunDescription description, boolean hasAttempts, boolean hasTraces) {
        return RunSheet.lines(description, hasAttempts, hasTraces, Samples.TIMES, Palette.BLANK);
    }

    @Test
    void aRunIsAllThereIsToSayOfIt() {
        assertThat(lines(FAILED, false, false))
                .containsExactly(
                        "order-42  FAILED",
                        "  flow      order, version 1.4",
                        "  graph     f1",
                        "  started   2026-11-21 10:00:00 Z, 1m 40s ago",
                        "  updated   2026-11-21 10:00:12 Z, 1m 28s ago",
                        "  ended     2026-11-21 10:00:12 Z, 1m 28s ago",
                        "  elapsed   12s",
                        "  owner     shop-1, epoch 2",
                        "  tags      shop=berlin",
                        "  progress  [############--------] 60 %, 3 of 5 tasks",
                        "  tasks     3 SUCCEEDED, 1 FAILED",
                        "  attempts  4, 2 failed (1 made good), 6s running, 1s between them",
                        "",
                        "Tasks",
                        "  LAYER  TASK    STATUS     TOOK      DETAILS                  AFTER",
                        "      1  load    SUCCEEDED  1s 500ms  2 attempts",
                        "      2  charge  FAILED               [2 SUCCEEDED, 1 FAILED]  load",
                        "",
                        "Failures",
                        "  charge, element 2, attempt 1 failed",
                        "    java.io.IOException: hung\\u0007up",
                        "      caused by java.net.SocketException: reset");
    }

    @Test
    void tasksThatWereInterruptedAreNamed() {
        RunDescription paused = Samples.description(RunStatus.PAUSED, List.of("ship", "charge"), List.of(), List.of());

        assertThat(lines(paused, false, false)).contains("  stopped   ship, charge");
        assertThat(RunJson.of(paused, false, false).get("interrupted")).hasToString("[\"ship\",\"charge\"]");
    }

    @Test
    void tracesAndAttemptsAreShownToWhoAsksForThem() {
        assertThat(lines(FAILED, true, true))
                .contains("    java.io.IOException", "        at A", "Attempts")
                .anyMatch(line -> line.contains("load") && line.contains("RETRYING") && line.contains("0123456789ab "));
    }

    @Test
    void aGraphThatIsNotOnRecordIsSaid() {
        assertThat(lines(Samples.description(RunStatus.RUNNING, List.of(), List.of()), false, false))
                .contains("  The graph of this flow is not on record.")
                .noneMatch(line -> line.startsWith("Failures"));
    }
}
