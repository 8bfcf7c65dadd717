package io.flowright.runtime.internal.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.operations.FlowOutline;
import io.flowright.runtime.operations.TaskNode;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from records alone. */
class TaskTreeTest {

    /** The first that has not come to its end says how it stands; else the gravest does. */
    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED SUCCEEDED, SUCCEEDED",
        "SKIPPED SKIPPED, SKIPPED",
        "SKIPPED SUCCEEDED, SUCCEEDED",
        "SUCCEEDED PENDING, PENDING",
        "SUCCEEDED RUNNING PENDING, RUNNING",
        "SUCCEEDED PENDING RUNNING, PENDING",
        "SUCCEEDED RETRYING FAILED, RETRYING",
        "WAITING RUNNING, WAITING",
        "SUCCEEDED FAILED, FAILED",
        "FAILED CANCELLED SUCCEEDED, FAILED",
        "SUCCEEDED CANCELLED, CANCELLED",
        "COMPENSATED SUCCEEDED, COMPENSATED",
        "COMPENSATED COMPENSATING, COMPENSATING",
        "COMPENSATED COMPENSATION_FAILED FAILED, COMPENSATION_FAILED",
    })
    void statusesAreSummedUp(String parts, TaskStatus sum) {
        List<TaskNode> nodes = Stream.of(parts.split(" "))
                .map(TaskStatus::valueOf)
                .map(status -> new TaskNode("part", TaskNode.Kind.TASK, status, List.of(), null, List.of()))
                .toList();

        assertThat(TaskTree.sum(nodes)).isEqualTo(sum);
    }

    @Test
    void tasksOfGroupsStandTogether() {
        FlowOutline outline = outline(
                task("load", "", false),
                task("thumb.resize", "thumb", false, "load"),
                task("thumb.inner.sharpen", "thumb.inner", false, "thumb.resize"),
                task("send", "", false, "thumb.inner.sharpen"),
                task("poster.resize", "poster", false, "load"));

        List<TaskNode> tree = tree(RunStatus.RUNNING, outline, end("load"), end("thumb.resize"))
                .grouped(outline);

        assertThat(tree)
                .extracting(TaskNode::name, TaskNode::kind, TaskNode::status)
                .containsExactly(
                        tuple("load", TaskNode.Kind.TASK, TaskStatus.SUCCEEDED),
                        tuple("thumb", TaskNode.Kind.GROUP, TaskStatus.PENDING),
                        tuple("send", TaskNode.Kind.TASK, TaskStatus.PENDING),
                        tuple("poster", TaskNode.Kind.GROUP, TaskStatus.PENDING));
        assertThat(tree.get(1).parts())
                .extracting(TaskNode::name, TaskNode::kind)
                .containsExactly(tuple("thumb.resize", TaskNode.Kind.TASK), tuple("thumb.inner", TaskNode.Kind.GROUP));
        assertThat(tree.get(1).parts().get(1).parts())
                .extracting(TaskNode::name)
                .containsExactly("thumb.inner.sharpen");
    }

    /** Others came after it, so it is over: a pure task has succeeded, of others that would be on record. */
    @Test
    void whatIsNotOnRecordFollowsFromTheRest() {
        FlowOutline outline = outline(
                task("pure", "", true),
                task("skipped", "", false, "pure"),
                task("join", "", false, "skipped"),
                task("pureLater", "", true, "join"),
                task("later", "", false, "pureLater"));

        assertThat(tree(RunStatus.RUNNING, outline, end("join")).tasks())
                .extracting(TaskNode::status)
                .containsExactly(
                        TaskStatus.SUCCEEDED,
                        TaskStatus.SKIPPED,
                        TaskStatus.SUCCEEDED,
                        TaskStatus.PENDING,
                        TaskStatus.PENDING);
        assertThat(tree(RunStatus.SUCCEEDED, outline, end("join")).tasks())
                .extracting(TaskNode::status)
                .containsExactly(
                        TaskStatus.SUCCEEDED,
                        TaskStatus.SKIPPED,
                        TaskStatus.SUCCEEDED,
                        TaskStatus.SUCCEEDED,
                        TaskStatus.SKIPPED);
        assertThat(tree(RunStatus.CANCELLED, outline, end("join")).tasks())
                .extracting(TaskNode::status)
                .endsWith(TaskStatus.CANCELLED, TaskStatus.CANCELLED);
    }

    @Test
    void inARunThatRestsNothingRuns() {
        FlowOutline outline = outline(task("one", "", false));
        TaskRecord retrying = record("one", "", 1, TaskRecord.Kind.END, TaskRecord.Status.RETRYING);

        assertThat(tree(RunStatus.RUNNING, outline, retrying).tasks().get(0).status())
                .isEqualTo(TaskStatus.RETRYING);
        assertThat(tree(RunStatus.PAUSED, outline, retrying).tasks().get(0).status())
                .isEqualTo(TaskStatus.PENDING);
    }

    @Test
    void elementsAreInOrderAndMakeTheTask() {
        FlowOutline outline = outline(task("each", "", false), task("after", "", false, "each"));
        TaskRecord[] elements = {
            record("each", "10", 1, TaskRecord.Kind.END, TaskRecord.Status.SUCCEEDED),
            record("each", "9", 1, TaskRecord.Kind.END, TaskRecord.Status.TOLERATED)
        };

        TaskNode failed = tree(RunStatus.FAILED, outline, elements).tasks().get(0);
        assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(failed.parts())
                .extracting(TaskNode::name, TaskNode::status)
                .containsExactly(tuple("[9]", TaskStatus.FAILED), tuple("[10]", TaskStatus.SUCCEEDED));
        // A failure that the flow collects does not fail the task.
        assertThat(tree(RunStatus.SUCCEEDED, outline, elements).tasks().get(0).status())
                .isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void whatComesAfterIsDoneAgain() {
        FlowOutline outline = outline(
                task("one", "", false),
                task("two", "", false, "one"),
                task("three", "", false, "two"),
                task("aside", "", false, "one"));
        Map<String, RecordedTask> recorded = RecordedTask.of(List.of(
                record("one", "", 1, TaskRecord.Kind.END, TaskRecord.Status.RETRYING),
                record("one", "", 2, TaskRecord.Kind.END, TaskRecord.Status.SUCCEEDED),
                end("two"),
                end("three"),
                record("aside", "", 1, TaskRecord.Kind.END, TaskRecord.Status.FAILED)));

        assertThat(Restart.kept(outline, recorded, Set.of("two"), Set.of()))
                .extracting(TaskRecord::task, TaskRecord::attempt)
                .containsExactly(tuple("one", 1), tuple("one", 2));
    }

    private static TaskTree tree(RunStatus status, FlowOutline outline, TaskRecord... records) {
        return new TaskTree(status, outline, RecordedTask.of(List.of(records)), List.of());
    }

    private static FlowOutline outline(FlowOutline.Task... tasks) {
        return new FlowOutline("flow", "", "f", Map.of(), new ArrayList<>(List.of(tasks)));
    }

    private static FlowOutline.Task task(String name, String group, boolean pure, String... after) {
        return new FlowOutline.Task(
                name, group, List.of(after), List.of(), List.of(), List.of(), null, false, pure, false, false);
    }

    private static TaskRecord end(String task) {
        return record(task, "", 1, TaskRecord.Kind.END, TaskRecord.Status.SUCCEEDED);
    }

    private static TaskRecord record(
            String task, String element, int attempt, TaskRecord.Kind kind, TaskRecord.Status status) {
        return new TaskRecord(task, element, 0, attempt, kind, status, null, null, Instant.EPOCH, Instant.EPOCH, null);
    }
}
