package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.model.TaskModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Names task methods in comments, and knows which of them are overloaded. */
final class MethodLinks {

    private final Elements elements;
    private final Types types;
    private final Map<TypeElement, Map<String, Integer>> membersByName = new HashMap<>();

    MethodLinks(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** {@code {@link OrderTasks#load}}. */
    CodeBlock to(TaskModel task) {
        return to(task.taskClass(), task.method());
    }

    /** A link to the method; with the types of its parameters where the name alone would mean another member. */
    CodeBlock to(TaskClass owner, ExecutableElement method) {
        String name = method.getSimpleName().toString();
        ClassName type = ClassName.get(owner.type());
        return sharesName(owner, method)
                ? CodeBlock.of("{@link $T#$L($L)}", type, name, erasedParameters(method))
                : CodeBlock.of("{@link $T#$L}", type, name);
    }

    /** Whether another method or a field of the class has the method's name. */
    boolean sharesName(TaskClass owner, ExecutableElement method) {
        return membersByName
                        .computeIfAbsent(owner.type(), this::countMembers)
                        .getOrDefault(method.getSimpleName().toString(), 1)
                > 1;
    }

    private Map<String, Integer> countMembers(TypeElement type) {
        Map<String, Integer> counts = new HashMap<>();
        for (Element member : elements.getAllMembers(type)) {
            if (member.getKind() == ElementKind.METHOD || member.getKind().isField()) {
                counts.merge(member.getSimpleName().toString(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private CodeBlock erasedParameters(ExecutableElement method) {
        List<? extends VariableElement> parameters = method.getParameters();
        return parameters.stream()
                .map(parameter -> CodeBlock.of("$T", TypeName.get(types.erasure(parameter.asType()))))
                .collect(CodeBlock.joining(", "));
    }
}
