package io.flowright.processor.read;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.Site;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of one flow share.
 *
 * @param compilation what the compiler knows
 * @param problems where mistakes go
 * @param unresolved where names go that are not known yet
 * @param lastRound whether what is missing now stays missing
 * @param packageName the package of the generated class
 */
record Reading(
        Compilation compilation, Problems problems, Unresolved unresolved, boolean lastRound, String packageName) {

    void problem(Message message, Site site, Object... arguments) {
        problems.add(message, site, arguments);
    }

    /** Whether the class file carries no name for the parameter; compilers then call it {@code arg0}. */
    boolean isNameless(VariableElement parameter, int index) {
        return !compilation.isSource(parameter) && parameter.getSimpleName().contentEquals("arg" + index);
    }

    /** Whether the type is {@code java.util.Optional}. */
    static boolean isOptional(TypeMirror type) {
        return isNamed(type, "java.util.Optional");
    }

    /** What an {@code Optional} of this type holds. */
    TypeMirror optionalValue(TypeMirror optional) {
        List<? extends TypeMirror> arguments = ((DeclaredType) optional).getTypeArguments();
        return arguments.isEmpty()
                ? compilation.elements().getTypeElement("java.lang.Object").asType()
                : Wildcards.upperBound(arguments.get(0), compilation.elements());
    }

    static boolean isNamed(@Nullable Element type, String qualifiedName) {
        return type instanceof TypeElement element && element.getQualifiedName().contentEquals(qualifiedName);
    }

    static boolean isNamed(TypeMirror type, String qualifiedName) {
        return type.getKind() == TypeKind.DECLARED && isNamed(((DeclaredType) type).asElement(), qualifiedName);
    }
}
