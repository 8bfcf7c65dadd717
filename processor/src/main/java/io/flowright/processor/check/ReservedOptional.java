package io.flowright.processor.check;

import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** {@code Optional} as what a task returns or takes. It is reserved for keys that may be absent. */
final class ReservedOptional implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (TaskModel task : wiring.tasks()) {
            check(task.resultType(), task.site(), problems);
            for (ParameterModel parameter : task.parameters()) {
                if (parameter instanceof ParameterModel.Key key) {
                    check(key.type(), key.site(), problems);
                } else if (parameter instanceof ParameterModel.Keys keys) {
                    check(keys.element(), keys.site(), problems);
                } else if (parameter instanceof ParameterModel.Input input) {
                    check(input.type(), input.site(), problems);
                }
            }
        }
    }

    private static void check(TypeMirror type, Site site, Problems problems) {
        if (isOptional(type)) {
            problems.add(Message.RESERVED_OPTIONAL, site, TypeNames.of(type));
        }
    }

    static boolean isOptional(TypeMirror type) {
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && element.getQualifiedName().contentEquals("java.util.Optional");
    }
}
