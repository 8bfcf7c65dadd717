package io.flowright.processor.read;

import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The tasks and compensations of a flow or of a group, under the names that they have in it; both in declared order. */
record Members(List<TaskModel> tasks, List<CompensationModel> compensations) {

    Members() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    void addAll(Members others) {
        tasks.addAll(others.tasks);
        compensations.addAll(others.compensations);
    }

    /** All that run a method. */
    Stream<TaskModel> methods() {
        return Stream.concat(tasks.stream(), compensations.stream().map(CompensationModel::task));
    }

    /** The names of the keys that the tasks provide. */
    Set<String> provided() {
        Set<String> names = new HashSet<>();
        for (TaskModel task : tasks) {
            for (KeyModel key : task.keys()) {
                names.add(key.name());
            }
        }
        return names;
    }
}
