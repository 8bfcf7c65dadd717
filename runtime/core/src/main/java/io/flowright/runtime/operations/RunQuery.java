package io.flowright.runtime.operations;

import io.flowright.runtime.RunStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are meant: those to which all of it applies. Immutable.
 *
 * <pre>{@code
 * RunQuery.all().ofFlow("order").withStatus(RunStatus.FAILED).withTag("shop", "berlin")
 * }</pre>
 *
 * @param flow the durable name of their flow; null: any
 * @param statuses one of which they have; empty: any
 * @param tags which they all have, with these values
 * @param createdFrom not started before that; null: whenever
 * @param createdBefore started before that; null: whenever
 * @since 0.1
 */
public record RunQuery(
        @Nullable String flow,
        Set<RunStatus> statuses,
        Map<String, String> tags,
        @Nullable Instant createdFrom,
        @Nullable Instant createdBefore) {

    private static final RunQuery ALL = new RunQuery(null, Set.of(), Map.of(), null, null);

    /** A query; statuses and tags are copied. */
    public RunQuery {
        statuses = Set.copyOf(statuses);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** All runs. */
    public static RunQuery all() {
        return ALL;
    }

    /** Of these, the runs of one flow. */
    public RunQuery ofFlow(String name) {
        return new RunQuery(name, statuses, tags, createdFrom, createdBefore);
    }

    /** Of these, the runs with one of the statuses; instead of what was said of them before. */
    public RunQuery withStatus(RunStatus first, RunStatus... more) {
        return withStatuses(EnumSet.of(first, more));
    }

    /** Of these, the runs that go on by themselves. */
    public RunQuery active() {
        return withStatuses(those(RunStatus::isActive));
    }

    /** Of these, the runs that rest until someone acts. */
    public RunQuery resumable() {
        return withStatuses(those(RunStatus::isResumable));
    }

    /** Of these, the runs that never change again. */
    public RunQuery done() {
        return withStatuses(those(RunStatus::isDone));
    }

    /** Of these, the runs that failed, or could not be undone altogether. */
    public RunQuery deadLetters() {
        return withStatus(RunStatus.FAILED, RunStatus.COMPENSATION_FAILED);
    }

    /** Of these, the runs with one of the statuses; empty: whatever their status. */
    public RunQuery withStatuses(Set<RunStatus> newStatuses) {
        return new RunQuery(flow, newStatuses, tags, createdFrom, createdBefore);
    }

    /** Of these, the runs with a tag. */
    public RunQuery withTag(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(tags);
        more.put(name, value);
        return new RunQuery(flow, statuses, more, createdFrom, createdBefore);
    }

    /** Of these, the runs that were not started before a moment. */
    public RunQuery from(Instant moment) {
        return new RunQuery(flow, statuses, tags, moment, createdBefore);
    }

    /** Of these, the runs that were started before a moment. */
    public RunQuery before(Instant moment) {
        return new RunQuery(flow, statuses, tags, createdFrom, moment);
    }

    private static Set<RunStatus> those(Predicate<RunStatus> wanted) {
        Set<RunStatus> those = EnumSet.noneOf(RunStatus.class);
        for (RunStatus status : RunStatus.values()) {
            if (wanted.test(status)) {
                those.add(status);
            }
        }
        return those;
    }
}
