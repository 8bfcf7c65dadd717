package io.flowright.processor.read;

import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.TypeNames;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeKind;

/** Reads what undoes a task. */
final class CompensationReader {

    /** What stands on tasks alone. */
    private static final List<String> OF_TASKS =
            List.of("Task", "Provides", "Requires", "When", "When.All", "Unless", "Unless.All", "Idempotent");

    private final Reading reading;
    private final TaskReader tasks;

    CompensationReader(Reading reading, TaskReader tasks) {
        this.reading = reading;
        this.tasks = tasks;
    }

    CompensationModel read(TaskMethod method, TaskClass owner) {
        AnnotationUse use = Objects.requireNonNull(method.annotations().get("Compensates"));
        String undone = use.string("value");
        TaskModel task = tasks.read(method, owner, undone + CompensationModel.SUFFIX);
        for (String annotation : OF_TASKS) {
            AnnotationUse misplaced = method.annotations().get(annotation);
            if (misplaced != null) {
                reading.problem(
                        annotation.equals("Idempotent")
                                ? Message.IDEMPOTENT_COMPENSATION
                                : Message.COMPENSATION_LIKE_TASK,
                        misplaced.site(),
                        TypeNames.ofMethod(method.element()),
                        misplaced.name());
            }
        }
        checkElement(task, method);
        if (task.resultType().getKind() != TypeKind.VOID) {
            reading.problem(
                    Message.COMPENSATION_RETURNS,
                    method.site(),
                    TypeNames.ofMethod(method.element()),
                    TypeNames.of(method.type().getReturnType()));
        }
        return new CompensationModel(undone, use.constant("when").equals("STARTED"), task, use.site("value"));
    }

    /** Which elements are undone, and what a failure means, is not for the compensation to say. */
    private void checkElement(TaskModel task, TaskMethod method) {
        ControlModel.ForEach forEach = task.control().forEach();
        if (forEach == null) {
            return;
        }
        Element parameter = task.parameters().get(forEach.parameter()).site().element();
        AnnotationUse use = Objects.requireNonNull(
                AnnotationUse.on(parameter, reading.unresolved()).get("ForEach"));
        for (String attribute : List.of("onFailure", "quorum")) {
            if (use.has(attribute)) {
                reading.problem(
                        Message.COMPENSATION_SETTING,
                        use.site(attribute),
                        TypeNames.ofMethod(method.element()),
                        attribute);
            }
        }
    }
}
