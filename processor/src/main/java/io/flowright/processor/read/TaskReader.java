package io.flowright.processor.read;

import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.TypeNames;
import java.util.List;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads one task. */
final class TaskReader {

    private final Reading reading;
    private final ParameterReader parameters;
    private final ResultReader results;
    private final PolicyReader policies;

    TaskReader(Reading reading) {
        this.reading = reading;
        this.parameters = new ParameterReader(reading);
        this.results = new ResultReader(reading);
        this.policies = new PolicyReader(reading);
    }

    TaskModel read(TaskMethod method, TaskClass owner) {
        return read(method, owner, name(method, method.annotations().get("Task")));
    }

    TaskModel read(TaskMethod method, TaskClass owner, String name) {
        AnnotationUse task = method.annotations().get("Task");
        List<ParameterModel> taken = parameters.read(method);
        ControlModel control = ControlReader.read(method, taken, reading);
        ResultReader.Result result = results.read(method, control.forEach());
        List<? extends TypeMirror> thrown = method.type().getThrownTypes();
        thrown.forEach(type -> reading.unresolved().addFrom(type, method.site()));
        return new TaskModel(
                name,
                method.element(),
                owner,
                task == null ? 0 : task.integer("priority"),
                taken,
                after(method),
                result.keys(),
                result.kind(),
                result.type(),
                result.stage(),
                result.nullable(),
                result.nullnessKnown(),
                List.copyOf(thrown),
                policies.read(method, owner.type(), taken),
                control,
                method.site());
    }

    private static String name(TaskMethod method, @Nullable AnnotationUse task) {
        return task == null || task.string("name").isEmpty()
                ? method.element().getSimpleName().toString()
                : task.string("name");
    }

    private List<KeyUse> after(TaskMethod method) {
        AnnotationUse requires = method.annotations().get("Requires");
        if (requires == null) {
            return List.of();
        }
        List<AnnotationUse.Item<String>> names = requires.strings("value");
        if (names.isEmpty()) {
            reading.problem(Message.NO_NAME, requires.site(), TypeNames.ofMethod(method.element()));
        }
        return names.stream().map(name -> new KeyUse(name.value(), name.site())).toList();
    }
}
