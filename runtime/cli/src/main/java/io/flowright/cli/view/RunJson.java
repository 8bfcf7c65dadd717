package io.flowright.cli.view;

import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.StrandedRun;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.operations.RunCount;
import io.flowright.runtime.operations.RunDescription;
import io.flowright.runtime.operations.RunStatistics;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.operations.TaskNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs and what belongs to them as JSON. The names are written out here, for scripts rely on them: records may be renamed. What is not
 * known is null, never left out; times are ISO-8601, durations milliseconds.
 */
public final class RunJson {

    /** Whatever the terminal's character set is, it is valid JSON. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private RunJson() {}

    /** A document without anything in it. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The document on one line. */
    public static String text(JsonNode document) {
        return MAPPER.writeValueAsString(document);
    }

    /** An array of what is made of each. */
    public static <T> ArrayNode array(Collection<T> all, Function<? super T, ObjectNode> each) {
        ArrayNode array = MAPPER.createArrayNode();
        all.forEach(one -> array.add(each.apply(one)));
        return array;
    }

    /** A run as lists show it. */
    public static ObjectNode of(RunSummary run) {
        ObjectNode tags = object();
        run.tags().forEach(tags::put);
        ObjectNode json = object().put("id", run.id())
                .put("flow", run.flow())
                .put("version", run.version())
                .put("fingerprint", run.fingerprint())
                .put("status", run.status().name())
                .put("owner", run.owner())
                .put("epoch", run.epoch())
                .put("priority", run.priority())
                .put("createdAt", text(run.createdAt()))
                .put("endedAt", text(run.endedAt()));
        json.set("tags", tags);
        return json;
    }

    /**
     * Everything about a run.
     *
     * @param hasAttempts whether every attempt is in it
     * @param hasTraces whether failures have their stack traces
     */
    public static ObjectNode of(RunDescription description, boolean hasAttempts, boolean hasTraces) {
        Share progress = new Share(description.stepsDone(), (long) description.totalSteps());
        ObjectNode json = of(description.run())
                .put("updatedAt", text(description.updatedAt()))
                .put("deadline", text(description.deadline()))
                .put("stepsDone", description.stepsDone())
                .put("totalSteps", description.totalSteps())
                .put("fraction", progress.fraction());
        json.set("targets", MAPPER.valueToTree(description.targets()));
        json.set("current", MAPPER.valueToTree(description.current()));
        json.set("interrupted", MAPPER.valueToTree(description.interrupted()));
        json.set("failure", of(description.failure(), hasTraces));
        json.set("statistics", of(description.statistics()));
        json.set("tasks", array(description.tasks(), task -> of(task, hasTraces)));
        if (hasAttempts) {
            json.set("attempts", array(description.history(), attempt -> of(attempt, hasTraces)));
        }
        return json;
    }

    private static ObjectNode of(RunStatistics statistics) {
        ObjectNode tasks = object();
        statistics.tasks().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(count -> tasks.put(count.getKey().name(), count.getValue()));
        ObjectNode json = object().put("completed", statistics.completed())
                .put("incomplete", statistics.incomplete())
                .put("attempts", statistics.attempts())
                .put("failedAttempts", statistics.failedAttempts())
                .put("discardedFailures", statistics.discardedFailures())
                .put("runningMillis", statistics.running().toMillis())
                .put("waitingMillis", statistics.waiting().toMillis())
                .put("elapsedMillis", statistics.elapsed().toMillis());
        json.set("tasks", tasks);
        return json;
    }

    /** Recursive: groups are not deep, and elements have no parts. */
    private static ObjectNode of(TaskNode node, boolean hasTraces) {
        TaskSnapshot activity = node.activity();
        ProgressReport progress = activity == null ? null : activity.progress();
        ObjectNode json = object().put("name", node.name())
                .put("kind", node.kind().name())
                .put("status", node.status().name())
                .put("attempts", activity == null ? null : activity.attempts());
        put(json, progress);
        json.set("failure", of(activity == null ? null : activity.failure(), hasTraces));
        json.set("after", MAPPER.valueToTree(node.after()));
        json.set("parts", array(node.parts(), part -> of(part, hasTraces)));
        return json;
    }

    private static void put(ObjectNode json, @Nullable ProgressReport progress) {
        json.put("done", progress == null ? null : progress.done())
                .put("total", progress == null ? null : progress.total())
                .put("fraction", progress == null ? null : progress.fraction())
                .put("remainingMillis", progress == null ? null : millis(progress.remaining()))
                .put("detail", progress == null ? null : progress.detail());
    }

    private static ObjectNode of(TaskAttempt attempt, boolean hasTraces) {
        ObjectNode json = object().put("task", attempt.task())
                .put("element", attempt.element())
                .put("number", attempt.number())
                .put("kind", attempt.kind().name())
                .put("status", attempt.status().name())
                .put("startedAt", text(attempt.startedAt()))
                .put("endedAt", text(attempt.endedAt()))
                .put("dueAt", text(attempt.dueAt()))
                .put("tookMillis", millis(attempt.took()))
                .put("inputHash", attempt.inputHash())
                .put("outputHash", attempt.outputHash());
        put(json, attempt.progress());
        json.set("failure", of(attempt.failure(), hasTraces));
        return json;
    }

    private static @Nullable ObjectNode of(@Nullable FailureInfo failure, boolean hasTraces) {
        if (failure == null) {
            return null;
        }
        ObjectNode json = object().put("kind", failure.kind().name())
                .put("type", failure.type())
                .put("message", failure.message());
        if (hasTraces) {
            json.put("trace", failure.trace());
        }
        // The trace has those of the causes in it.
        json.set("cause", of(failure.cause(), false));
        return json;
    }

    /** How many runs of a flow have a status. */
    public static ObjectNode of(RunCount count) {
        return object().put("flow", count.flow())
                .put("status", count.status().name())
                .put("runs", count.runs());
    }

    /** A run that no engine can go on with. */
    public static ObjectNode of(StrandedRun run) {
        return object().put("id", run.id())
                .put("flow", run.flow())
                .put("version", run.version())
                .put("status", run.status().name())
                .put("createdAt", text(run.createdAt()))
                .put("reason", run.reason());
    }

    /** An entry of the audit trail. */
    public static ObjectNode of(AuditEntry entry) {
        return object().put("number", entry.number())
                .put("at", text(entry.act().at()))
                .put("operator", entry.act().operator().name())
                .put("reason", entry.act().operator().reason())
                .put("action", entry.act().action())
                .put("run", entry.act().run())
                .put("details", entry.act().details())
                .put("accepted", entry.accepted())
                .put("previous", entry.previous())
                .put("hash", entry.hash());
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
