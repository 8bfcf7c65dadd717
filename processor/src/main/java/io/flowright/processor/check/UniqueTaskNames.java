package io.flowright.processor.check;

import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Several tasks of one name. */
final class UniqueTaskNames implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        Map<String, List<TaskModel>> named = new LinkedHashMap<>();
        wiring.tasks()
                .forEach(task -> named.computeIfAbsent(task.name(), name -> new ArrayList<>(1))
                        .add(task));
        named.forEach((name, tasks) -> {
            if (tasks.size() > 1) {
                TaskModel last = tasks.get(tasks.size() - 1);
                String shown = Wiring.ofOneGroup(tasks) ? last.shownName() : name;
                String others = Wiring.displayNames(tasks).stream()
                        .limit(tasks.size() - 1L)
                        .distinct()
                        .collect(Collectors.joining(", "));
                boolean keysToo = tasks.stream().allMatch(TaskModel::namesKeyByMethod);
                problems.add(
                        keysToo ? Message.DUPLICATE_TASK_AND_KEY : Message.DUPLICATE_TASK,
                        last.site(),
                        last.displayName(),
                        shown,
                        others);
            }
        });
    }
}
