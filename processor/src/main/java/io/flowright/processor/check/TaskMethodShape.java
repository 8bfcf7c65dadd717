package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;

/** Task methods that a generated class cannot call. */
final class TaskMethodShape implements Rule {

    private final Compilation compilation;

    TaskMethodShape(Compilation compilation) {
        this.compilation = compilation;
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (TaskModel task : wiring.methods()) {
            mistake(task.method(), wiring.flow().packageName())
                    .ifPresent(message -> problems.add(message, task.site(), task.displayName()));
        }
    }

    private Optional<Message> mistake(ExecutableElement method, String packageName) {
        if (method.getModifiers().contains(Modifier.PRIVATE)) {
            return Optional.of(Message.PRIVATE_TASK);
        }
        if (method.getModifiers().contains(Modifier.ABSTRACT)) {
            return Optional.of(Message.ABSTRACT_TASK);
        }
        if (!method.getTypeParameters().isEmpty()) {
            return Optional.of(Message.GENERIC_TASK);
        }
        if (method.isVarArgs()) {
            return Optional.of(Message.VARARGS_TASK);
        }
        return compilation.isCallable(method, packageName) ? Optional.empty() : Optional.of(Message.HIDDEN_TASK);
    }
}
