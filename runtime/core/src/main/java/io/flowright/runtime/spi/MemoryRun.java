package io.flowright.runtime.spi;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.RunSummary;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run in a {@link MemoryStore}, which guards it. Arrays are copied on the way in and on the way out: it keeps records, not objects. */
final class MemoryRun {

    private final Map<Attempt, TaskRecord> tasks = new LinkedHashMap<>();
    private final int priority;
    private final Map<String, String> tags;
    private RunRecord row;
    private byte @Nullable [] activity;

    MemoryRun(String id, NewRun begin) {
        priority = begin.priority();
        tags = Collections.unmodifiableMap(new TreeMap<>(begin.tags()));
        this.row = copy(new RunRecord(
                id,
                begin.flow(),
                begin.version(),
                RunStatus.RUNNING,
                begin.owner(),
                1,
                begin.inputs(),
                List.copyOf(begin.targets()),
                begin.deadline(),
                null,
                begin.createdAt(),
                null));
    }

    String id() {
        return row.id();
    }

    FlowVersion flow() {
        return row.flow();
    }

    RunStatus status() {
        return row.status();
    }

    @Nullable
    String owner() {
        return row.owner();
    }

    long epoch() {
        return row.epoch();
    }

    Instant createdAt() {
        return row.createdAt();
    }

    int priority() {
        return priority;
    }

    /** Whether the run is the one that is to begin, and nobody has released or claimed it since it began. */
    boolean isBegunAs(NewRun begin) {
        return row.epoch() == 1
                && begin.owner().equals(row.owner())
                && begin.flow().equals(row.flow())
                && begin.createdAt().equals(row.createdAt())
                && Arrays.equals(begin.inputs(), row.inputs());
    }

    RunRecord toRecord() {
        return copy(row);
    }

    RunSummary toSummary() {
        return new RunSummary(
                row.id(),
                row.flow().flow(),
                row.flow().fingerprint(),
                row.version(),
                row.status(),
                row.owner(),
                row.epoch(),
                priority,
                tags,
                row.createdAt(),
                row.endedAt());
    }

    void add(TaskRecord task) {
        tasks.putIfAbsent(Attempt.of(task), copy(task));
    }

    List<TaskRecord> tasks() {
        return tasks.values().stream().map(MemoryRun::copy).toList();
    }

    void change(RunWrite.Change change) {
        String owner = change.released() ? null : row.owner();
        become(change.status(), owner, row.epoch(), row.deadline(), copy(change.error()), change.at());
    }

    /** It has another owner from now on; null: nobody. */
    void claim(@Nullable String owner) {
        become(row.status(), owner, row.epoch() + 1, row.deadline(), row.error(), row.endedAt());
    }

    /** It comes to a status that nobody's work brought about. */
    void rest(RunStatus status, Instant at) {
        become(status, null, row.epoch() + 1, row.deadline(), row.error(), at);
    }

    void goOn(@Nullable String owner, RunStatus status) {
        become(status, owner, row.epoch() + 1, null, row.error(), row.endedAt());
        tasks.replaceAll((attempt, task) -> task.status() == TaskRecord.Status.FAILED ? dueAtOnce(task) : task);
    }

    private void become(
            RunStatus status,
            @Nullable String owner,
            long epoch,
            @Nullable Instant deadline,
            byte @Nullable [] error,
            @Nullable Instant endedAt) {
        row = new RunRecord(
                row.id(),
                row.flow(),
                row.version(),
                status,
                owner,
                epoch,
                row.inputs(),
                row.targets(),
                deadline,
                error,
                row.createdAt(),
                status.isActive() ? null : endedAt);
    }

    Optional<byte[]> activity() {
        return Optional.ofNullable(copy(activity));
    }

    void activity(byte[] now) {
        activity = now.clone();
    }

    private static TaskRecord dueAtOnce(TaskRecord failed) {
        return new TaskRecord(
                failed.task(),
                failed.element(),
                failed.generation(),
                failed.attempt(),
                failed.kind(),
                TaskRecord.Status.RETRYING,
                failed.result(),
                failed.error(),
                failed.startedAt(),
                failed.endedAt(),
                failed.endedAt(),
                failed.inputHash(),
                failed.outputHash(),
                failed.progress());
    }

    private static RunRecord copy(RunRecord run) {
        return new RunRecord(
                run.id(),
                run.flow(),
                run.version(),
                run.status(),
                run.owner(),
                run.epoch(),
                run.inputs().clone(),
                run.targets(),
                run.deadline(),
                copy(run.error()),
                run.createdAt(),
                run.endedAt());
    }

    private static TaskRecord copy(TaskRecord task) {
        return new TaskRecord(
                task.task(),
                task.element(),
                task.generation(),
                task.attempt(),
                task.kind(),
                task.status(),
                copy(task.result()),
                copy(task.error()),
                task.startedAt(),
                task.endedAt(),
                task.dueAt(),
                task.inputHash(),
                task.outputHash(),
                copy(task.progress()));
    }

    private static byte @Nullable [] copy(byte @Nullable [] bytes) {
        return bytes == null ? null : bytes.clone();
    }

    /** What a task's record is known by in its run. */
    private record Attempt(String task, String element, int generation, int attempt, TaskRecord.Kind kind) {
        static Attempt of(TaskRecord task) {
            return new Attempt(task.task(), task.element(), task.generation(), task.attempt(), task.kind());
        }
    }
}
