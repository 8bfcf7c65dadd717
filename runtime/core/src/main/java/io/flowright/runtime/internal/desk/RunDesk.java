package io.flowright.runtime.internal.desk;

import io.flowright.runtime.CancelMode;
import io.flowright.runtime.PauseMode;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StrandedRun;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.internal.RunIds;
import io.flowright.runtime.internal.store.Failures;
import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.operations.FlowOutline;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.operations.RunCount;
import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunDescription;
import io.flowright.runtime.operations.RunPage;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.operations.TaskNode;
import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.CodecException;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunCommand;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What operators see of the runs in a store, and do to them. Thread-safe. */
public final class RunDesk {

    /** The tag that tells of a run which one it began again. */
    public static final String RESTARTED_FROM = "flowright.restarted-from";

    private static final int LONGEST_PAGE = 10_000;
    private static final int PAGE = 500;
    private static final int MOST_STRANDED = 1_000;

    private static final Set<RunStatus> RESUMABLE = RunQuery.all().resumable().statuses();
    private static final Set<RunStatus> FAILED = RunQuery.all().deadLetters().statuses();

    /** Gives a flow's inputs, encoded, other values. */
    @FunctionalInterface
    public interface InputEditor {
        /** Null: the flow is none of this process. */
        byte @Nullable [] replaced(FlowVersion flow, byte[] inputs, Map<String, ?> others);
    }

    private final RunStore store;
    private final Codec codec;
    private final FlowClock clock;
    private final InputEditor editor;
    private final Operator operator;

    public RunDesk(RunStore store, Codec codec, FlowClock clock, InputEditor editor, Operator operator) {
        this.store = Objects.requireNonNull(store, "store");
        this.codec = Objects.requireNonNull(codec, "codec");
        this.clock = clock;
        this.editor = editor;
        this.operator = Objects.requireNonNull(operator, "operator");
    }

    /** For a process that has no engine. */
    public static RunDesk in(RunStore store, Codec codec) {
        return new RunDesk(store, codec, FlowClock.system(), (flow, inputs, others) -> null, user());
    }

    /** Of an engine that has no store. */
    public static RunDesk empty() {
        return in(new MemoryStore(), new NoCodec());
    }

    /** Whoever runs this process. */
    public static Operator user() {
        String name = System.getProperty("user.name", "");
        return Operator.named(name.isBlank() ? "unknown" : name);
    }

    public RunDesk by(Operator newOperator) {
        return new RunDesk(store, codec, clock, editor, newOperator);
    }

    private RunAdministration administration() {
        return store.administration();
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    public Optional<RunSummary> find(String id) {
        return administration().summary(id);
    }

    public RunPage list(RunQuery query, @Nullable RunCursor after, int limit) {
        if (limit < 1 || limit > LONGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LONGEST_PAGE + " runs, not " + limit);
        }
        List<RunSummary> runs = administration().list(query, after, limit + 1);
        return runs.size() <= limit
                ? new RunPage(runs, null)
                : new RunPage(runs.subList(0, limit), runs.get(limit - 1).cursor());
    }

    public void forEach(RunQuery query, Consumer<? super RunSummary> action) {
        RunPage page = list(query, null, PAGE);
        page.runs().forEach(action);
        for (RunCursor next = page.next(); next != null; next = page.next()) {
            page = list(query, next, PAGE);
            page.runs().forEach(action);
        }
    }

    public List<RunCount> count() {
        return administration().count();
    }

    public Optional<RunDescription> describe(String id) {
        RunSummary run = find(id).orElse(null);
        RunRecord found = store.find(id).orElse(null);
        return run == null || found == null ? Optional.empty() : Optional.of(describe(run, found));
    }

    private RunDescription describe(RunSummary run, RunRecord found) {
        List<TaskRecord> records = store.tasks(run.id());
        List<TaskAttempt> history = attempts(records);
        Instant updated = Stream.concat(
                        Stream.of(run.createdAt(), run.endedAt() == null ? run.createdAt() : run.endedAt()),
                        records.stream().map(TaskRecord::endedAt))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        FlowOutline outline = outline(found.flow()).orElse(null);
        TaskTree tree = outline == null
                ? null
                : new TaskTree(found.status(), outline, RecordedTask.of(records), activity(found));
        List<TaskNode> tasks = tree == null ? List.of() : tree.tasks();
        Instant end = run.endedAt() == null ? clock.now() : run.endedAt();
        return new RunDescription(
                run,
                updated,
                found.deadline(),
                found.targets(),
                found.error() == null ? null : Failures.decode(codec, found.error()),
                (int) tasks.stream().filter(task -> task.status().isDone()).count(),
                tasks.size(),
                tasks.stream().filter(RunDesk::isUnderWay).map(TaskNode::name).toList(),
                found.status().isActive() ? List.of() : interrupted(history, tasks),
                tree == null ? List.of() : tree.grouped(Objects.requireNonNull(outline)),
                history,
                Numbers.of(tasks, history, Duration.between(run.createdAt(), end)));
    }

    /** Those of which, or of an element of which, nothing was recorded since. The success of a pure task never is. */
    private static List<String> interrupted(List<TaskAttempt> history, List<TaskNode> tasks) {
        Map<String, TaskAttempt> last = new LinkedHashMap<>();
        history.forEach(attempt -> last.put(attempt.task() + "/" + attempt.element(), attempt));
        Set<String> succeeded = tasks.stream()
                .filter(task -> task.status() == TaskStatus.SUCCEEDED)
                .map(TaskNode::name)
                .collect(Collectors.toSet());
        return last.values().stream()
                .filter(attempt -> attempt.kind() == TaskRecord.Kind.INTERRUPT)
                .map(TaskAttempt::task)
                .filter(task -> !succeeded.contains(task))
                .distinct()
                .toList();
    }

    private static boolean isUnderWay(TaskNode task) {
        return switch (task.status()) {
            case RUNNING, RETRYING, WAITING, COMPENSATING -> true;
            default -> false;
        };
    }

    /** What the engine of a run that goes on said last. */
    private List<TaskSnapshot> activity(RunRecord run) {
        return run.status().isActive()
                ? store.activity(run.id())
                        .map(bytes -> List.of(
                                (TaskSnapshot[]) Objects.requireNonNull(codec.decode(bytes, TaskSnapshot[].class))))
                        .orElse(List.of())
                : List.of();
    }

    public List<TaskAttempt> history(String id) {
        return attempts(store.tasks(id));
    }

    private List<TaskAttempt> attempts(List<TaskRecord> records) {
        return records.stream().map(this::attempt).toList();
    }

    private TaskAttempt attempt(TaskRecord entry) {
        return new TaskAttempt(
                entry.task(),
                entry.element().isEmpty() ? null : Integer.valueOf(entry.element()),
                entry.attempt(),
                entry.kind(),
                entry.status(),
                entry.startedAt(),
                entry.endedAt(),
                entry.dueAt(),
                entry.error() == null ? null : Failures.decode(codec, entry.error()),
                entry.inputHash(),
                entry.outputHash(),
                progress(entry.progress()));
    }

    private @Nullable ProgressReport progress(byte @Nullable [] said) {
        return said == null ? null : (ProgressReport) codec.decode(said, ProgressReport.class);
    }

    public List<TaskNode> tree(String id) {
        return describe(id).map(RunDescription::tasks).orElse(List.of());
    }

    public Optional<FlowOutline> outline(String id) {
        return store.find(id).flatMap(found -> outline(found.flow()));
    }

    private Optional<FlowOutline> outline(FlowVersion flow) {
        return administration().outline(flow).map(bytes ->
                (FlowOutline) Objects.requireNonNull(codec.decode(bytes, FlowOutline.class)));
    }

    public List<StrandedRun> stranded() {
        Set<FlowVersion> live = store.announced();
        Map<String, String> fingerprints = new HashMap<>();
        live.forEach(version -> fingerprints.put(version.flow(), version.fingerprint()));
        return store.orphans(MOST_STRANDED).stream()
                .filter(run -> !live.contains(run.flow()))
                .map(run -> new StrandedRun(
                        run.id(),
                        run.flow().flow(),
                        run.version(),
                        run.status(),
                        run.createdAt(),
                        reason(run.flow(), fingerprints.get(run.flow().flow()))))
                .toList();
    }

    private static String reason(FlowVersion wanted, @Nullable String fingerprint) {
        return fingerprint == null
                ? "no live engine has created flow " + wanted.flow()
                : "flow " + wanted.flow() + " has changed: the run was started with graph " + wanted.fingerprint()
                        + ", live engines have " + fingerprint;
    }

    // ---- commands ------------------------------------------------------------------------------------------------

    public boolean pause(String id, PauseMode mode) {
        RunCommand.Kind kind = switch (mode) {
            case DRAIN -> RunCommand.Kind.PAUSE;
            case INTERRUPT -> RunCommand.Kind.INTERRUPT;
        };
        return administration().instruct(id, kind, act("pause", id, mode.name()));
    }

    public boolean resume(String id) {
        return release(id, RESUMABLE, "resume");
    }

    public boolean redrive(String id) {
        return release(id, FAILED, "redrive");
    }

    private boolean release(String id, Set<RunStatus> from, String action) {
        RunRecord found = store.find(id).orElse(null);
        AuditAct act = act(action, id, "");
        if (found == null || !from.contains(found.status())) {
            administration().append(act, false);
            return false;
        }
        return administration().release(id, Set.of(found.status()), goingOn(found), act);
    }

    /** The status with which a run that rests goes on. */
    public static RunStatus goingOn(RunRecord resting) {
        // Of a run that was paused while it was being undone the record says why it is.
        boolean back = resting.status() == RunStatus.COMPENSATION_FAILED
                || (resting.status() == RunStatus.PAUSED && resting.error() != null);
        return back ? RunStatus.COMPENSATING : RunStatus.RUNNING;
    }

    public boolean cancel(String id, CancelMode mode) {
        RunRecord found = store.find(id).orElse(null);
        boolean undo = mode == CancelMode.COMPENSATE && found != null && compensates(found.flow());
        AuditAct act = act("cancel", id, mode.name());
        RunCommand.Kind kind = undo ? RunCommand.Kind.COMPENSATE : RunCommand.Kind.CANCEL;
        if (found != null && found.status().isResumable()) {
            return administration().release(id, RESUMABLE, kind.status(), act);
        }
        return administration().instruct(id, kind, act);
    }

    /** Where the graph is not on record, whoever goes on with the run knows. */
    private boolean compensates(FlowVersion flow) {
        return outline(flow)
                .map(outline -> outline.tasks().stream().anyMatch(FlowOutline.Task::compensated))
                .orElse(true);
    }

    public boolean discard(String id) {
        return administration().release(id, FAILED, RunStatus.CANCELLED, act("discard", id, ""));
    }

    /** Does something to each of the runs as they are now; returns how often it had an effect. */
    public long each(RunQuery query, Predicate<String> action) {
        List<String> runs = new ArrayList<>();
        forEach(query, run -> runs.add(run.id()));
        return runs.stream().filter(action).count();
    }

    // ---- beginning again -----------------------------------------------------------------------------------------

    public String restart(String id) {
        return restart(id, "restart", Map.of(), null);
    }

    public String restartFrom(String id, String task, Map<String, ?> inputs) {
        Objects.requireNonNull(task, "task");
        return restart(id, "restart from " + task, inputs, task);
    }

    private String restart(String id, String action, Map<String, ?> inputs, @Nullable String task) {
        RunSummary run = find(id).orElse(null);
        RunRecord found = store.find(id).orElse(null);
        if (run == null || found == null) {
            throw new IllegalArgumentException("there is no run " + id);
        }
        if (found.status().isActive()) {
            throw new IllegalStateException("run " + id + " is " + found.status() + ": pause or cancel it before");
        }
        List<TaskRecord> kept = task == null ? List.of() : kept(found, task, inputs.keySet());
        byte[] newInputs = inputs.isEmpty() ? found.inputs() : replaced(found, inputs);
        Map<String, String> tags = new TreeMap<>(run.tags());
        tags.put(RESTARTED_FROM, id);
        String newId = RunIds.next(clock);
        Instant now = clock.now();
        NewRun begin = new NewRun(
                // Nobody: it is released in the same write.
                "restart " + newId,
                found.flow(),
                found.version(),
                newInputs,
                found.targets(),
                null,
                now,
                run.priority(),
                tags);
        // An entry too many does less harm than one that is missing.
        administration().append(act(action, id, "as run " + newId), true);
        store.write(List.of(new RunWrite(
                newId, 1, begin, kept, List.of(), new RunWrite.Change(RunStatus.RUNNING, null, true, now))));
        return newId;
    }

    private List<TaskRecord> kept(RunRecord found, String task, Set<String> inputs) {
        FlowOutline outline = outline(found.flow())
                .orElseThrow(() -> new IllegalStateException("the graph of run " + found.id() + ", flow "
                        + found.flow().flow() + ", is not on record"));
        if (outline.tasks().stream().noneMatch(known -> known.name().equals(task))) {
            String names = outline.tasks().stream().map(FlowOutline.Task::name).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("flow " + outline.flow() + " has no task " + task + ", but " + names);
        }
        return Restart.kept(outline, RecordedTask.of(store.tasks(found.id())), Set.of(task), inputs);
    }

    private byte[] replaced(RunRecord found, Map<String, ?> inputs) {
        byte[] replaced = editor.replaced(found.flow(), found.inputs(), inputs);
        if (replaced == null) {
            throw new IllegalStateException("what the inputs of flow "
                    + found.flow().flow()
                    + " are is known only to an engine that has created it, with the graph of run " + found.id());
        }
        return replaced;
    }

    // ---- cleaning up and the audit trail -------------------------------------------------------------------------

    public long purge(Duration olderThan, List<RunStatus> statuses) {
        Map<RunStatus, Duration> periods = new EnumMap<>(RunStatus.class);
        for (RunStatus status : statuses) {
            if (status.isActive()) {
                throw new IllegalArgumentException("runs that are " + status + " go on, and are not removed");
            }
            periods.put(status, olderThan);
        }
        Instant now = clock.now();
        administration().append(act("purge", null, "older than " + olderThan + ": " + statuses), true);
        return new Sweep(administration(), () -> !Thread.currentThread().isInterrupted()).remove(periods, now);
    }

    public List<AuditEntry> trail(@Nullable String run, long after, int limit) {
        return administration().trail(run, after, limit);
    }

    public Optional<Long> firstForgedEntry() {
        long number = 0;
        String hash = AuditEntry.FIRST;
        List<AuditEntry> entries = administration().trail(null, 0, PAGE);
        while (!entries.isEmpty()) {
            for (AuditEntry entry : entries) {
                if (entry.number() != number + 1 || !entry.previous().equals(hash) || !entry.isGenuine()) {
                    return Optional.of(number + 1);
                }
                number = entry.number();
                hash = entry.hash();
            }
            entries = administration().trail(null, number, PAGE);
        }
        return Optional.empty();
    }

    private AuditAct act(String action, @Nullable String run, String details) {
        return new AuditAct(clock.now(), operator, action, run, details);
    }

    /** Where there is nothing to encode or decode. */
    private static final class NoCodec implements Codec {
        @Override
        public byte[] encode(@Nullable Object value, Type type) {
            throw new CodecException("the engine has no store", null);
        }

        @Override
        public Object decode(byte[] bytes, Type type) {
            throw new CodecException("the engine has no store", null);
        }
    }
}
