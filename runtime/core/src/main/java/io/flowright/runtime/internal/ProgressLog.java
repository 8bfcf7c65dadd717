package io.flowright.runtime.internal;

import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.spi.FlowClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the attempts of one task, or of one element of it, have said of how far they are. There is none where nobody says anything.
 *
 * <p>What people see is made when somebody looks: the text of a detail is the work of the codec, or of code of the user's, and is
 * made outside of all locks. Its own monitor is taken within that of an attempt, and takes none within.
 */
final class ProgressLog {

    private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);

    static final long UNKNOWN = -1;

    private final FlowRun<?> run;
    private final String task;

    // All below: under this object's monitor.
    /** Whose numbers these are; null: nobody's, or of a process that is gone. */
    private @Nullable Attempt speaker;

    private long done = UNKNOWN;
    private long total = UNKNOWN;
    private @Nullable Pace pace;

    /** What counts now; null: nothing does. */
    private @Nullable ElementCount<?> count;

    private @Nullable Record detail;

    /** The last detail that somebody looked at, or that of a process that is gone. */
    private @Nullable String text;

    /** The numbers of the last detail, and of that of which {@link #text} is; 0: of a process that is gone. */
    private long details;

    private long textOf;

    private boolean warned;

    /** The clock's reading at the last report. */
    private long spoken;

    /** The number of the last report, and of the last that was {@link #seen}. */
    private long version;

    private long seenVersion;
    private @Nullable ProgressReport seen;

    /** @param found what was said in a process that is gone; null: nothing */
    ProgressLog(FlowRun<?> run, String task, @Nullable ProgressReport found) {
        this.run = run;
        this.task = task;
        seen = found;
        text = found == null ? null : found.detail();
    }

    private FlowClock clock() {
        return run.core.clock();
    }

    // ---- attempts --------------------------------------------------------------------------------------------------

    /**
     * An attempt says how far it is.
     *
     * @param nowDone {@link #UNKNOWN}: it does not say
     * @param told what else it says; null: nothing
     * @return whether that is news
     */
    synchronized boolean say(Attempt attempt, long nanos, long nowDone, long nowTotal, @Nullable Record told) {
        if (nowDone != UNKNOWN) {
            if (!attempt.equals(speaker)) {
                beginAnew(attempt);
            }
            freeze();
            if (nowDone < done) {
                return false;
            }
            keepPace(nanos, nowDone);
            done = nowDone;
            total = nowTotal;
        }
        if (told != null) {
            detail = told;
            details++;
        }
        spoken = nanos;
        version++;
        return true;
    }

    /** An attempt begins to count. */
    synchronized void count(Attempt attempt, long nanos, ElementCount<?> elements, long nowTotal) {
        beginAnew(attempt);
        count = elements;
        keepPace(nanos, 0);
        done = 0;
        total = nowTotal;
        spoken = nanos;
        version++;
    }

    private void beginAnew(Attempt attempt) {
        speaker = attempt;
        count = null;
        pace = null;
        done = UNKNOWN;
        total = UNKNOWN;
    }

    /** What counts says how far it is. */
    synchronized void counted(long nanos, ElementCount<?> elements) {
        // Of two loops, one within the other, it is the one that spoke last that counts.
        count = elements;
        done = elements.done();
        keepPace(nanos, done);
        spoken = nanos;
        version++;
    }

    /** There are no more elements to count. */
    synchronized void counted(long nanos, long all) {
        count = null;
        keepPace(nanos, all);
        done = all;
        total = all;
        spoken = nanos;
        version++;
    }

    /** What counts now counts no longer; its number stays. */
    synchronized void freeze() {
        takeCount();
        count = null;
    }

    private void keepPace(long nanos, long nowDone) {
        if (pace == null) {
            pace = new Pace(nanos, nowDone);
        } else {
            pace.reached(nanos, nowDone);
        }
    }

    private void takeCount() {
        long counted = count == null ? done : count.done();
        if (counted != done) {
            done = counted;
            spoken = clock().nanos();
            version++;
        }
        if (total != UNKNOWN && done > total) {
            // There are more than its caller knew of.
            total = UNKNOWN;
        }
    }

    /** The last detail, a record or its text; null: there is none. */
    @Nullable
    synchronized Object lastDetail() {
        return detail != null ? detail : text;
    }

    // ---- who looks -------------------------------------------------------------------------------------------------

    /** How much is done; null: nobody has said. */
    @Nullable
    synchronized Long done() {
        takeCount();
        return known(done);
    }

    /** Of how much; null: not known. */
    @Nullable
    synchronized Long total() {
        takeCount();
        return known(total);
    }

    @Nullable
    synchronized Record detail() {
        return detail;
    }

    private static @Nullable Long known(long number) {
        return number == UNKNOWN ? null : (Long) number;
    }

    /** What people have seen when they {@link #look looked} last; null: nothing. */
    @Nullable
    synchronized ProgressReport seen() {
        return seen;
    }

    /** What there is to see now; null: nothing. Calls code of the user's, so not under any lock. */
    @Nullable
    ProgressReport look() {
        long current;
        long number;
        Record shown;
        String given;
        ProgressReport numbers;
        synchronized (this) {
            takeCount();
            if (version == seenVersion) {
                return seen;
            }
            current = version;
            number = details;
            shown = number == textOf ? null : detail;
            given = text;
            Instant at = clock().now().minusNanos(clock().nanos() - spoken);
            numbers = new ProgressReport(known(done), known(total), null, remaining(), at);
        }
        String made = shown == null ? given : textOf(shown);
        ProgressReport report =
                new ProgressReport(numbers.done(), numbers.total(), made, numbers.remaining(), numbers.at());
        synchronized (this) {
            if (current > seenVersion) {
                seenVersion = current;
                seen = report;
                text = made;
                textOf = number;
            }
            return seen;
        }
    }

    private @Nullable Duration remaining() {
        return pace == null || total == UNKNOWN ? null : pace.remaining(total - done);
    }

    private @Nullable String textOf(Record shown) {
        try {
            return run.journal == null
                    ? String.valueOf(shown)
                    : run.journal.values().detail(shown);
        } catch (RuntimeException e) {
            // No run fails because of what it says of itself.
            warn("What task '{}' says of its progress cannot be recorded: {}", e);
            return null;
        }
    }

    private void warn(String message, RuntimeException e) {
        synchronized (this) {
            if (warned) {
                return;
            }
            warned = true;
        }
        log.warn(message, task, e.toString());
    }

    /** A detail as the type that a task asks for; empty: it is another. */
    <T extends Record> Optional<T> as(Class<T> type, @Nullable Object earlier) {
        if (earlier == null) {
            return Optional.empty();
        }
        if (earlier instanceof String recorded && run.journal != null) {
            try {
                return Optional.ofNullable(run.journal.values().detail(recorded, type));
            } catch (RuntimeException e) {
                log.warn(
                        "What an earlier attempt of task '{}' has said is no {}: {}",
                        task,
                        type.getName(),
                        e.toString());
                return Optional.empty();
            }
        }
        if (!type.isInstance(earlier)) {
            log.warn(
                    "What an earlier attempt of task '{}' has said is no {}, but a {}",
                    task,
                    type.getName(),
                    earlier.getClass().getName());
            return Optional.empty();
        }
        return Optional.of(type.cast(earlier));
    }
}
