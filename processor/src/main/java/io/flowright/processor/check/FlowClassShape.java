package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Flow classes and included classes that cannot be used as such. */
final class FlowClassShape implements Rule {

    private final Compilation compilation;

    FlowClassShape(Compilation compilation) {
        this.compilation = compilation;
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (TaskClass taskClass : wiring.flow().taskClasses()) {
            mistake(taskClass.type(), wiring.flow().packageName())
                    .ifPresent(message -> problems.add(
                            message, taskClass.site(), taskClass.type().getSimpleName(), kind(taskClass.type())));
        }
    }

    private Optional<Message> mistake(TypeElement type, String packageName) {
        if (type.getKind() != ElementKind.CLASS && type.getKind() != ElementKind.RECORD) {
            return Optional.of(Message.NO_FLOW_CLASS);
        }
        if (type.getEnclosingElement() instanceof TypeElement
                && !type.getModifiers().contains(Modifier.STATIC)) {
            return Optional.of(Message.INNER_FLOW_CLASS);
        }
        if (!type.getTypeParameters().isEmpty()) {
            return Optional.of(Message.GENERIC_FLOW_CLASS);
        }
        return compilation.isAccessible(type, packageName) ? Optional.empty() : Optional.of(Message.HIDDEN_FLOW_CLASS);
    }

    private static String kind(TypeElement type) {
        return switch (type.getKind()) {
            case INTERFACE -> "an interface";
            case ENUM -> "an enum";
            default -> "an annotation";
        };
    }
}
