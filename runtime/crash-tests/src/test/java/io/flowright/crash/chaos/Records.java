package io.flowright.crash.chaos;

import io.flowright.crash.chaos.Place.Leaves;
import io.flowright.json.JsonCodec;
import io.flowright.runtime.spi.TaskRecord;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is on record of a run.
 *
 * @param left what there is of each place
 * @param steps the step of each place that has one, in the order in which they were recorded
 * @param twice the places of which there is more than one end
 */
record Records(Map<String, Set<Leaves>> left, Map<String, Step> steps, Set<String> twice) {

    private static final JsonCodec CODEC = new JsonCodec();

    static Records of(List<TaskRecord> tasks) {
        Records records = new Records(new LinkedHashMap<>(), new LinkedHashMap<>(), new TreeSet<>());
        tasks.stream()
                .filter(task -> task.status() != TaskRecord.Status.RETRYING && task.kind() != TaskRecord.Kind.INTERRUPT)
                .forEach(records::add);
        return records;
    }

    private void add(TaskRecord task) {
        String name = task.kind() == TaskRecord.Kind.COMPENSATION ? task.task() + ".compensation" : task.task();
        String place = task.element().isEmpty() ? name : name + "[" + task.element() + "]";
        Leaves what = task.kind() == TaskRecord.Kind.COMPENSATION
                ? Leaves.COMPENSATION
                : task.status() == TaskRecord.Status.FAILED ? Leaves.FAILURE : Leaves.STEP;
        if (!left.computeIfAbsent(place, any -> EnumSet.noneOf(Leaves.class)).add(what)) {
            twice.add(place);
        }
        if (what == Leaves.STEP && task.result() != null) {
            steps.put(place, step(task.result()));
        }
    }

    private static Step step(byte[] result) {
        boolean several = result[0] == '[';
        return several
                ? ((Step[]) Objects.requireNonNull(CODEC.decode(result, Step[].class)))[0]
                : (Step) Objects.requireNonNull(CODEC.decode(result, Step.class));
    }
}
