package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;
import java.util.List;
import javax.lang.model.type.TypeMirror;

/** Checked exceptions that a policy waits for and the method cannot throw. A stage may end with any exception. */
final class ThrownExceptions implements Rule {

    private final Compilation compilation;
    private final List<TypeMirror> unchecked;

    ThrownExceptions(Compilation compilation) {
        this.compilation = compilation;
        unchecked = List.of(
                compilation
                        .elements()
                        .getTypeElement("java.lang.RuntimeException")
                        .asType(),
                compilation.elements().getTypeElement("java.lang.Error").asType());
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (TaskModel task : wiring.methods()) {
            for (PolicyModel.ExceptionUse use : task.policies().exceptions()) {
                if (!task.stage() && !isPossible(use.type(), task)) {
                    problems.add(Message.UNTHROWN_EXCEPTION, use.site(), task.displayName(), TypeNames.of(use.type()));
                }
            }
        }
    }

    private boolean isPossible(TypeMirror exception, TaskModel task) {
        return unchecked.stream().anyMatch(type -> areRelated(type, exception))
                || task.thrown().stream().anyMatch(type -> areRelated(type, exception));
    }

    private boolean areRelated(TypeMirror thrown, TypeMirror named) {
        return compilation.types().isSubtype(thrown, named)
                || compilation.types().isSubtype(named, thrown);
    }
}
