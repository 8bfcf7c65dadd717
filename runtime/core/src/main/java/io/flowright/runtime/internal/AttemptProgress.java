package io.flowright.runtime.internal;

import io.flowright.runtime.Progress;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where one attempt says how far it is. What it says is kept under the attempt's monitor, for once that is over it says nothing. */
final class AttemptProgress implements Progress {

    private static final long MILLIONTHS = 1_000_000;

    private final Attempt attempt;
    private final ManagedTask task;
    private final ProgressLog log;

    /** The last detail of an earlier attempt, a record or its text; null: there is none. */
    private final @Nullable Object earlier;

    AttemptProgress(Attempt attempt, ManagedTask task) {
        this.attempt = attempt;
        this.task = task;
        log = task.log();
        earlier = log.lastDetail();
    }

    @Override
    public void update(long done, long total) {
        say(checked(done, total), total, null);
    }

    @Override
    public void update(long done, long total, Record detail) {
        say(checked(done, total), total, Objects.requireNonNull(detail, "detail"));
    }

    private long checked(long done, long total) {
        if (done < 0 || done > total) {
            throw new IllegalArgumentException("Progress of task '" + task.spec.name() + "': " + done + " of " + total);
        }
        return done;
    }

    @Override
    public void update(long done) {
        say(checked(done, Long.MAX_VALUE), ProgressLog.UNKNOWN, null);
    }

    @Override
    public void updateFraction(double fraction) {
        if (Double.isNaN(fraction)) {
            throw new IllegalArgumentException("Progress of task '" + task.spec.name() + "': " + fraction);
        }
        say(Math.round(Math.max(0, Math.min(1, fraction)) * MILLIONTHS), MILLIONTHS, null);
    }

    @Override
    public void detail(Record detail) {
        say(ProgressLog.UNKNOWN, ProgressLog.UNKNOWN, Objects.requireNonNull(detail, "detail"));
    }

    @Override
    public <T extends Record> Optional<T> last(Class<T> type) {
        return log.as(Objects.requireNonNull(type, "type"), earlier);
    }

    @Override
    public <T extends @Nullable Object> Iterable<T> over(Iterable<T> elements) {
        Objects.requireNonNull(elements, "elements");
        return () -> new ElementCount<>(
                this,
                elements.iterator(),
                elements instanceof Collection<?> collection ? collection.size() : ProgressLog.UNKNOWN);
    }

    @Override
    public <T extends @Nullable Object> Iterable<T> over(Iterable<T> elements, long total) {
        Objects.requireNonNull(elements, "elements");
        if (total < 0) {
            throw new IllegalArgumentException("Progress of task '" + task.spec.name() + "': a total of " + total);
        }
        return () -> new ElementCount<>(this, elements.iterator(), total);
    }

    private void say(long done, long total, @Nullable Record detail) {
        long now = nanos();
        synchronized (attempt) {
            if (attempt.isOver() || !log.say(attempt, now, done, total, detail)) {
                return;
            }
        }
        tell();
    }

    /** The attempt is over: a loop that goes on nevertheless counts for nothing. */
    void freeze() {
        log.freeze();
    }

    // ---- counting --------------------------------------------------------------------------------------------------

    long nanos() {
        return task.run.core.clock().nanos();
    }

    /** Begins to count; returns the reading of the clock. */
    long begin(ElementCount<?> elements, long total) {
        long now = nanos();
        synchronized (attempt) {
            if (!attempt.isOver()) {
                log.count(attempt, now, elements, total);
            }
        }
        return now;
    }

    void counted(long now, ElementCount<?> elements) {
        synchronized (attempt) {
            if (attempt.isOver()) {
                return;
            }
            log.counted(now, elements);
        }
        tell();
    }

    /** There are no more elements. */
    void counted(long all) {
        long now = nanos();
        synchronized (attempt) {
            if (attempt.isOver()) {
                return;
            }
            log.counted(now, all);
        }
        tell();
    }

    private void tell() {
        RunObserver observer = task.run.observer;
        if (observer != null) {
            observer.progressed(task.spec.name(), attempt.element(), log);
        }
    }
}
