package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.type.TypeMirror;

/** In a durable flow, inputs and keys of types whose values could not be read again from a record. */
final class RecordableTypes implements Rule {

    private final Recordable recordable;

    RecordableTypes(Compilation compilation) {
        recordable = new Recordable(compilation);
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        if (!wiring.flow().durable()) {
            return;
        }
        for (InputModel input : wiring.flow().inputs()) {
            Recordable.Obstacle obstacle = recordable.obstacle(input.type());
            if (obstacle != null) {
                report(
                        Message.INPUT_NOT_SERIALIZABLE,
                        input.sites().get(0),
                        wiring.declarationOf(input),
                        input.name(),
                        obstacle,
                        problems);
            }
        }
        for (TaskModel task : wiring.tasks()) {
            // What a task gives that is run again is not recorded.
            if (task.control().recorded() != ControlModel.Recorded.NOTHING) {
                task.keys().forEach(key -> check(task, key, problems));
            }
        }
    }

    private void check(TaskModel task, KeyModel key, Problems problems) {
        boolean each = task.control().forEach() != null && task.result() == TaskModel.Result.VALUE;
        TypeMirror recorded = each ? task.elementResult() : key.type();
        Recordable.Obstacle obstacle = recordable.obstacle(recorded);
        if (obstacle != null) {
            report(Message.NOT_SERIALIZABLE, key.site(), task.displayName(), key.shown(), obstacle, problems);
        }
    }

    private static void report(
            Message message, Site site, String owner, String name, Recordable.Obstacle obstacle, Problems problems) {
        List<String> path = new ArrayList<>(List.of(name));
        path.addAll(obstacle.path());
        problems.add(
                message,
                site,
                owner,
                name,
                TypeNames.of(obstacle.type()),
                obstacle.reason(),
                path.size() == 1 ? "" : " (" + String.join(" -> ", path) + ")");
    }
}
