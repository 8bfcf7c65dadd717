package io.flowright.runtime.internal;

import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.internal.store.FlowValues;
import io.flowright.runtime.spi.TaskRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tasks, elements and compensations had said of how far they were when their run was found in the store: with the record of their
 * last attempt or, if that was later, as the engine of the run had last said. It is read only, once made.
 */
final class FoundProgress {

    private static final Logger log = LoggerFactory.getLogger(FoundProgress.class);

    static final FoundProgress NONE = new FoundProgress();

    private final Map<Long, ProgressReport> reports = new HashMap<>();

    private FoundProgress() {}

    /** @param activity what the engine of the run had last said; null: nothing */
    static FoundProgress of(
            FlowGraph graph,
            FlowValues<?> values,
            Replay replay,
            List<TaskRecord> records,
            byte @Nullable [] activity) {
        boolean anyRecorded = records.stream().anyMatch(entry -> entry.progress() != null);
        if (activity == null && !anyRecorded) {
            return NONE;
        }
        FoundProgress found = new FoundProgress();
        try {
            found.add(graph, values, replay, activity == null ? List.of() : values.activity(activity));
        } catch (RuntimeException e) {
            // It is good to have; the tasks begin at their beginning.
            log.warn("How far the tasks of a run of flow {} were cannot be read: {}", graph.name(), e.toString());
        }
        return found;
    }

    private void add(FlowGraph graph, FlowValues<?> values, Replay replay, List<TaskSnapshot> activity) {
        Map<String, TaskSnapshot> said = new HashMap<>();
        activity.forEach(task -> said.put(task.name(), task));
        int numbers = graph.size() + graph.compensations().size();
        for (int number = 0; number < numbers; number++) {
            add(values, number, replay.of(number), said.get(graph.task(number).name()));
        }
    }

    private void add(FlowValues<?> values, int number, Replay.@Nullable Known known, @Nullable TaskSnapshot said) {
        add(values, Place.of(number, Place.NO_ELEMENT), known, said == null ? null : said.progress());
        Map<Integer, Replay.Known> elements = known == null ? Map.of() : known.elements();
        Map<Integer, ProgressReport> reported = said == null ? Map.of() : said.elements();
        elements.forEach((index, element) -> add(values, Place.of(number, index), element, reported.get(index)));
        reported.forEach((index, report) -> add(values, Place.of(number, index), elements.get(index), report));
    }

    private void add(FlowValues<?> values, long place, Replay.@Nullable Known known, @Nullable ProgressReport said) {
        TaskRecord last = known == null ? null : known.last();
        byte[] recorded = last == null ? null : last.progress();
        if (said != null
                && said.at() != null
                && (last == null || recorded == null || said.at().isAfter(last.endedAt()))) {
            reports.put(place, said);
        } else if (recorded != null) {
            reports.put(place, values.progress(recorded));
        }
    }

    /** What the task, element or compensation had said; null: nothing. */
    @Nullable
    ProgressReport of(int number, int element) {
        return reports.isEmpty() ? null : reports.get(Place.of(number, element));
    }

    /** What the elements of a task had said, by index. */
    Map<Integer, ProgressReport> elements(int number) {
        if (reports.isEmpty()) {
            return Map.of();
        }
        Map<Integer, ProgressReport> elements = new HashMap<>();
        reports.forEach((place, report) -> {
            if (Place.task(place) == number && Place.element(place) != Place.NO_ELEMENT) {
                elements.put(Place.element(place), report);
            }
        });
        return elements;
    }
}
