package io.flowright.cli.view;

import static io.flowright.cli.view.Samples.busy;
import static io.flowright.cli.view.Samples.fanOut;
import static io.flowright.cli.view.Samples.group;
import static io.flowright.cli.view.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.operations.TaskNode;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskTableTest {

    private static List<String> lines(List<TaskNode> tasks, TaskAttempt... history) {
        return TaskTable.lines(tasks, new TaskHistory(List.of(history)), Samples.TIMES, Palette.BLANK);
    }

    @Test
    void tasksStandInLayersWithWhatTheyComeAfter() {
        assertThat(lines(
                        List.of(
                                task("load", TaskStatus.SUCCEEDED),
                                task("reserve", TaskStatus.SUCCEEDED, "load"),
                                task("ship", TaskStatus.PENDING, "reserve", "charge"),
                                task("charge", TaskStatus.SUCCEEDED, "load")),
                        Samples.attempt("load", null, 1, TaskRecord.Status.SUCCEEDED, null),
                        Samples.attempt("charge", null, 3, TaskRecord.Status.SUCCEEDED, null)))
                .containsExactly(
                        "LAYER  TASK     STATUS     TOOK      DETAILS     AFTER",
                        "    1  load     SUCCEEDED  1s 500ms",
                        "    2  reserve  SUCCEEDED                        load",
                        "    2  charge   SUCCEEDED  1s 500ms  3 attempts  load",
                        "    3  ship     PENDING                          reserve, charge");
    }

    @Test
    void tasksOfAGroupStandBelowIt() {
        assertThat(lines(List.of(
                        task("late", TaskStatus.PENDING, "thumb.resize"),
                        group(
                                "thumb",
                                TaskStatus.RUNNING,
                                task("thumb.resize", TaskStatus.RUNNING, "thumb.in.read"),
                                group("thumb.in", TaskStatus.SUCCEEDED, task("thumb.in.read", TaskStatus.SUCCEEDED))))))
                .containsExactly(
                        "LAYER  TASK               STATUS     AFTER",
                        "    1  thumb              RUNNING",
                        "    1    thumb.in         SUCCEEDED",
                        "    1      thumb.in.read  SUCCEEDED",
                        "    2    thumb.resize     RUNNING    thumb.in.read",
                        "    3  late               PENDING    thumb.resize");
    }

    @Test
    void elementsAreCounted() {
        assertThat(lines(List.of(fanOut("resize", 12, 1)))).last().asString().contains("[12 SUCCEEDED, 1 FAILED]");
    }

    @Test
    void progressIsAPercentageWhereTheTotalIsKnown() {
        assertThat(lines(List.of(busy("copy", 1, 3L))))
                .last()
                .asString()
                .contains("[######--------------] 33 %, 1 of 3");
        assertThat(lines(List.of(busy("copy", 0, 0L)))).last().asString().endsWith("2 attempts, 0 of 0");
        assertThat(lines(List.of(busy("copy", 7, null)))).last().asString().endsWith("2 attempts, 7, reading");
    }

    @Test
    void theTimeLeftIsCountedFromWhenItWasSaid() {
        ProgressReport report =
                new ProgressReport(1L, 4L, null, Duration.ofSeconds(300), Samples.START.plusSeconds(90));
        TaskSnapshot activity = new TaskSnapshot("copy", TaskStatus.RUNNING, 1, null, null, report, Map.of());

        assertThat(lines(List.of(
                        new TaskNode("copy", TaskNode.Kind.TASK, TaskStatus.RUNNING, List.of(), activity, List.of()))))
                .last()
                .asString()
                .endsWith("25 %, 1 of 4, about 4m 50s left");
    }

    @Test
    void whatWasAnsweredOtherwiseIsSaid() {
        assertThat(lines(
                        List.of(task("rate", TaskStatus.SUCCEEDED), task("pay", TaskStatus.SUCCEEDED)),
                        Samples.attempt("rate", null, 2, TaskRecord.Status.SUCCEEDED, Samples.failure("down")),
                        Samples.attempt("pay", null, 1, TaskRecord.Status.TAKEN, null)))
                .anyMatch(line -> line.endsWith("2 attempts, by its fallback"))
                .anyMatch(line -> line.endsWith("result of another run"));
    }

    @Test
    void ofThousandsThatATaskComesAfterAFewAreNamed() {
        String[] many = IntStream.range(0, 2_500).mapToObj(i -> "t" + i).toArray(String[]::new);

        assertThat(lines(List.of(task("all", TaskStatus.PENDING, many))))
                .last()
                .asString()
                .endsWith("t0, t1, t2, t3 and 2496 more");
    }

    @Test
    void deepGraphsDoNotOverflowTheStack() {
        List<TaskNode> tasks = new ArrayList<>();
        for (int i = 50_000; i > 0; i--) {
            tasks.add(task("t" + i, TaskStatus.PENDING, "t" + (i - 1)));
        }

        assertThat(lines(tasks)).hasSize(50_001).last().asString().contains("50000  t50000");
    }
}
