package io.flowright.jdbc;

import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.RunWrite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A batch of writes as a few steps, mostly one, each of which a database can take as one statement: no run and no idempotency key is
 * twice in a step. Writes of one run that follow each other become one, and what depends on order is in different steps.
 */
final class WritePlan {

    private final List<RunWrite> writes;
    private final List<RunEntry> entries = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    WritePlan(List<RunWrite> writes) {
        this.writes = writes;
        writes.forEach(this::add);
        steps.forEach(Step::sort);
    }

    /** A write that changes one key twice goes on in the steps that follow, which see the run locked and so come to the same end. */
    private void add(RunWrite write) {
        int end = endOfDistinctKeys(write.keys());
        entries.add(place(withKeys(write, write.keys().subList(0, end))));
        List<KeyWrite> rest = write.keys().subList(end, write.keys().size());
        while (!rest.isEmpty()) {
            end = endOfDistinctKeys(rest);
            place(new RunWrite(write.run(), write.epoch(), null, List.of(), rest.subList(0, end), null));
            rest = rest.subList(end, rest.size());
        }
    }

    private static int endOfDistinctKeys(List<KeyWrite> keys) {
        Set<KeyName> seen = new HashSet<>();
        int end = 0;
        while (end < keys.size() && seen.add(keys.get(end).key())) {
            end++;
        }
        return end;
    }

    private static RunWrite withKeys(RunWrite write, List<KeyWrite> keys) {
        return new RunWrite(write.run(), write.epoch(), write.begin(), write.tasks(), keys, write.change());
    }

    private RunEntry place(RunWrite write) {
        Step last = steps.isEmpty() ? newStep() : steps.get(steps.size() - 1);
        RunEntry entry = last.take(write);
        return entry != null ? entry : newStep().begin(write);
    }

    private Step newStep() {
        Step step = new Step();
        steps.add(step);
        return step;
    }

    /** The runs of each step, sorted, so that steps of different batches lock them in the same order. */
    List<List<RunEntry>> steps() {
        return steps.stream().map(step -> step.sorted).toList();
    }

    /** What came of each write, if these are the entries that were written. */
    List<RunWrite.Outcome> outcomes(Set<RunEntry> written) {
        List<RunWrite.Outcome> outcomes = new ArrayList<>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            outcomes.add(
                    written.contains(entries.get(i))
                            ? RunWrite.Outcome.WRITTEN
                            : writes.get(i).begin() != null ? RunWrite.Outcome.EXISTS : RunWrite.Outcome.STALE);
        }
        return outcomes;
    }

    private static final class Step {
        private final Map<String, RunEntry> runs = new HashMap<>();
        private final Set<KeyName> keys = new HashSet<>();
        private List<RunEntry> sorted = List.of();

        /** The entry that the write is part of; null: it has to wait for the next step. */
        @Nullable
        RunEntry take(RunWrite write) {
            RunEntry entry = runs.get(write.run());
            if (write.keys().stream().map(KeyWrite::key).anyMatch(keys::contains)) {
                return null;
            }
            if (entry == null) {
                return begin(write);
            }
            if (entry.epoch != write.epoch() || entry.begin != null || write.begin() != null) {
                // What follows a beginning may be of another run, which has the id.
                return null;
            }
            entry.add(write);
            note(write);
            return entry;
        }

        RunEntry begin(RunWrite write) {
            RunEntry entry = new RunEntry(write);
            runs.put(write.run(), entry);
            note(write);
            return entry;
        }

        private void note(RunWrite write) {
            write.keys().forEach(key -> keys.add(key.key()));
        }

        void sort() {
            sorted = runs.values().stream()
                    .sorted(Comparator.comparing(entry -> entry.run))
                    .toList();
        }
    }
}
