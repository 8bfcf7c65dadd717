package io.flowright.runtime;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a task reports how far it is, and finds how far an earlier attempt of it came. A parameter of this type is injected, no
 * annotation needed:
 *
 * <pre>{@code
 * @Task
 * Report index(@Requires List<Document> documents, Progress progress) {
 *     for (Document document : progress.over(documents)) {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p><b>Who sees it.</b> Snapshots of the run ({@link TaskSnapshot#progress()}) and listeners ({@link FlowEvent.TaskProgressed}). In a
 * durable run other processes see it within about a second, while the task runs, by way of the engine's heartbeat; the last report of an
 * attempt that succeeds or fails is recorded with that, and never lost.
 *
 * <p><b>It never goes back.</b> A report of less than the same attempt has reported before is dropped, for it was overtaken on its way by
 * that of another thread. Only {@link #over} begins anew.
 *
 * <p>Thread-safe; reports of an attempt that is over are dropped.
 *
 * @since 0.1
 */
public interface Progress {

    /**
     * Reports that {@code done} of {@code total} are done. Each call is an event for listeners: in a tight loop, use {@link #over} or
     * report now and then.
     *
     * @throws IllegalArgumentException if {@code done} is negative or above {@code total}
     */
    void update(long done, long total);

    /**
     * As {@link #update(long, long)} and {@link #detail}, at once.
     *
     * @throws IllegalArgumentException if {@code done} is negative or above {@code total}
     */
    void update(long done, long total, Record detail);

    /**
     * Reports that {@code done} are done, of nobody knows how many.
     *
     * @throws IllegalArgumentException if {@code done} is negative
     */
    void update(long done);

    /**
     * Reports which share of the work is done: 0 nothing, 1 all of it. What is outside counts as the nearer of the two, for sums of
     * fractions are rarely exact. Kept as millionths: 0.25 is 250,000 of 1,000,000.
     *
     * @throws IllegalArgumentException if {@code fraction} is not a number
     */
    void updateFraction(double fraction);

    /**
     * Reports something of the task's own kind: the phase it is in, or the place from which it can go on ({@link #last}). It must not
     * change afterwards, and stays until another is reported, by a later attempt too.
     *
     * <p>In a durable run it is recorded, about once a second, as its codec has it; people see that text. One that the codec refuses
     * is logged as a warning and shown to nobody: no run fails because of what it says of itself. In memory people see its
     * {@code toString}.
     */
    void detail(Record detail);

    /**
     * The {@link #detail} that an earlier attempt of this task, or of this element, reported last: so that a long task goes on from
     * there. Empty if there was none, or if it was of another type (which is logged).
     *
     * <p>That attempt may have been made in a process that is gone, and then this is what was last recorded: up to a second old, or
     * nothing at all if that process died before its first second was over. So it is a hint at where to begin, and what comes after it
     * may have been done before.
     *
     * <pre>{@code
     * record Offset(long line) {}
     *
     * long line = progress.last(Offset.class).map(Offset::line).orElse(0L);
     * }</pre>
     *
     * @param type the class of what was reported; it may have changed since as far as the codec allows
     */
    <T extends Record> Optional<T> last(Class<T> type);

    /**
     * The same elements, which are counted as they are taken: an element is done when the next one is asked for. The total is that of a
     * {@link java.util.Collection}, else not known until the end. Cheap enough for a loop over millions: a snapshot sees the exact count,
     * listeners hear of it once a second at most, and of the end.
     *
     * <p>Each iteration begins to count from 0. A loop that is left before its end stays where it was.
     */
    <T extends @Nullable Object> Iterable<T> over(Iterable<T> elements);

    /**
     * As {@link #over(Iterable)}, for elements of which only the caller knows how many there are. If there are more, the total is no
     * longer known.
     *
     * @throws IllegalArgumentException if {@code total} is negative
     */
    <T extends @Nullable Object> Iterable<T> over(Iterable<T> elements, long total);

    /** A progress for unit tests of a task method: it ignores what it is told, and no attempt came before. */
    static Progress forTest() {
        return new TestProgress(null);
    }

    /** As {@link #forTest()}, in an attempt after one that reported {@code last}. */
    static Progress forTest(Record last) {
        return new TestProgress(last);
    }
}
