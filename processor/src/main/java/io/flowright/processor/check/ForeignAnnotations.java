package io.flowright.processor.check;

import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Annotations that are called like ours but come from elsewhere: the IDE imported the wrong one. */
final class ForeignAnnotations implements Rule {

    private static final String OURS = "io.flowright.annotations.";

    /** These make a task, so that a method with a foreign one is none. */
    private static final Set<String> MAKING_TASKS = Set.of("Task", "Provides", "Compensates");

    private static final Set<String> ON_TASKS = Set.of(
            "Task",
            "Provides",
            "Compensates",
            "Requires",
            "Input",
            "Retry",
            "Timeout",
            "CircuitBreaker",
            "RateLimit",
            "Bulkhead",
            "Fallback",
            "Idempotent");

    @Override
    public void check(Wiring wiring, Problems problems) {
        Set<ExecutableElement> tasks = new HashSet<>();
        for (TaskModel task : wiring.methods()) {
            tasks.add(task.method());
            check(task.method(), ON_TASKS, problems);
        }
        for (TaskClass taskClass : wiring.flow().taskClasses()) {
            for (ExecutableElement method :
                    ElementFilter.methodsIn(taskClass.type().getEnclosedElements())) {
                if (!tasks.contains(method)) {
                    check(method, MAKING_TASKS, problems);
                }
            }
        }
    }

    private static void check(ExecutableElement method, Set<String> names, Problems problems) {
        for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
            TypeElement annotation = (TypeElement) mirror.getAnnotationType().asElement();
            String simple = annotation.getSimpleName().toString();
            String qualified = annotation.getQualifiedName().toString();
            if (names.contains(simple) && !qualified.equals(OURS + simple)) {
                problems.add(
                        Message.FOREIGN_ANNOTATION,
                        new Site(method, mirror, null),
                        TypeNames.ofMethod(method),
                        qualified,
                        simple);
            }
        }
    }
}
