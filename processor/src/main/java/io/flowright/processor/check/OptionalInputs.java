package io.flowright.processor.check;

import io.flowright.processor.model.InputModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** {@code Optional} as the type of an input, which is always there. */
final class OptionalInputs implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (InputModel input : wiring.flow().inputs()) {
            if (isOptional(input.type())) {
                problems.add(Message.OPTIONAL_INPUT, input.sites().get(0), input.name(), TypeNames.of(input.type()));
            }
        }
    }

    private static boolean isOptional(TypeMirror type) {
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && element.getQualifiedName().contentEquals("java.util.Optional");
    }
}
