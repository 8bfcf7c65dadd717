package io.flowright.runtime.internal;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of the tasks of a run that was found there, by number. It is read only, once made.
 */
final class Replay {

    /** What is known of one task, of one element of it, or of its compensation. */
    static final class Known {

        private int attempts;
        private int sinceResumed;
        private @Nullable TaskRecord last;
        private @Nullable TaskRecord end;
        private boolean inDoubt;
        private @Nullable TaskRecord success;
        private int position;
        private final Map<Integer, Known> elements = new HashMap<>();

        private void add(TaskRecord entry, int written) {
            position = written;
            if (entry.kind() == TaskRecord.Kind.START) {
                inDoubt = true;
                attempts = Math.max(attempts, entry.attempt());
                return;
            }
            inDoubt = false;
            attempts = Math.max(attempts, entry.attempt());
            last = entry;
            end = entry.status() == TaskRecord.Status.RETRYING ? null : entry;
            success = entry.status() == TaskRecord.Status.SUCCEEDED ? entry : success;
            sinceResumed = isTakenBack() ? 0 : sinceResumed + 1;
        }

        /** How many attempts have begun, as far as is known. */
        int attempts() {
            return attempts;
        }

        /** How many of them count for the retries: a run that is resumed has them all again. */
        int countedAttempts() {
            return sinceResumed;
        }

        /** How it ended; null: it has not. */
        @Nullable
        TaskRecord end() {
            return end;
        }

        boolean hasSucceeded() {
            return end != null && end.status() == TaskRecord.Status.SUCCEEDED;
        }

        /** The last attempt that has ended; null: none has. */
        @Nullable
        TaskRecord last() {
            return last;
        }

        /** The record of its success, whatever came after it: a task of which the hash is recorded runs again. Null: there is none. */
        @Nullable
        TaskRecord success() {
            return success;
        }

        /** Whether it is an element that succeeded after the quorum was reached. */
        boolean isLate() {
            return end != null && end.status() == TaskRecord.Status.TOLERATED && end.error() == null;
        }

        /** The place of its last record among all of the run, in the order in which they were written. */
        int position() {
            return position;
        }

        /** Whether it had failed for good, and the run was resumed. */
        boolean isTakenBack() {
            return end == null && last != null && last.endedAt().equals(last.dueAt());
        }

        /** When the next attempt is due; null: at once, or it has ended. */
        @Nullable
        Instant due() {
            return end != null || last == null ? null : last.dueAt();
        }

        /** Whether an attempt has begun of which nobody knows how it ended. */
        boolean isInDoubt() {
            return inDoubt;
        }

        /** What is known of the elements, by index. */
        Map<Integer, Known> elements() {
            return elements;
        }
    }

    private static final Comparator<TaskRecord> BY_ATTEMPT =
            Comparator.comparingInt(TaskRecord::attempt).thenComparing(TaskRecord::kind);

    private final Map<Integer, Known> tasks = new HashMap<>();

    /** By place: the number of the attempt that was interrupted last. */
    private final Map<Long, Integer> interrupts = new HashMap<>();

    Replay(FlowGraph graph, List<TaskRecord> records) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int task = 0; task < graph.size(); task++) {
            numbers.put(graph.task(task).name(), task);
        }
        IntStream.range(0, records.size())
                .boxed()
                .sorted(Comparator.comparing(records::get, BY_ATTEMPT))
                .forEach(written -> {
                    TaskRecord entry = records.get(written);
                    Integer task = numbers.get(entry.task());
                    if (task == null) {
                        throw new IllegalStateException("flow " + graph.name() + " has no task " + entry.task());
                    }
                    if (entry.kind() == TaskRecord.Kind.INTERRUPT) {
                        int element = entry.element().isEmpty() ? Place.NO_ELEMENT : Integer.parseInt(entry.element());
                        interrupts.merge(Place.of(task, element), entry.attempt(), Math::max);
                        return;
                    }
                    boolean undone = entry.kind() == TaskRecord.Kind.COMPENSATION;
                    Known known = tasks.computeIfAbsent(
                            undone ? graph.compensationNumber(task) : task, number -> new Known());
                    if (!entry.element().isEmpty()) {
                        known = known.elements.computeIfAbsent(Integer.valueOf(entry.element()), index -> new Known());
                    }
                    known.add(entry, written);
                });
    }

    /** What is known of the task, or compensation, with this number; null: nothing. */
    @Nullable
    Known of(int number) {
        return tasks.get(number);
    }

    /** What is known of an element; null: nothing. */
    @Nullable
    Known of(int number, int element) {
        Known known = tasks.get(number);
        return known == null ? null : known.elements.get(element);
    }

    /** The number of the attempt of a task, or element, that was interrupted last; 0: none was. */
    int interrupted(long place) {
        return interrupts.getOrDefault(place, 0);
    }

    /** Whether any task, as opposed to compensations, has failed for good. */
    boolean anyFailed(FlowGraph graph) {
        return tasks.entrySet().stream()
                .anyMatch(entry -> entry.getKey() < graph.size()
                        && (hasFailed(entry.getValue())
                                || entry.getValue().elements.values().stream().anyMatch(Replay::hasFailed)));
    }

    static boolean hasFailed(@Nullable Known known) {
        return known != null && known.end != null && known.end.status() == TaskRecord.Status.FAILED;
    }
}
