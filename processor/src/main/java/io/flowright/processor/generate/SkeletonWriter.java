package io.flowright.processor.generate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.flowright.processor.model.AccessorName;
import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Makes the skeleton of a flow with errors: the public classes and methods that it would have, with bodies that throw. It lets the
 * code that uses the flow compile, so that the compiler shows our errors and not their consequences.
 */
final class SkeletonWriter {

    private SkeletonWriter() {}

    /**
     * The flow without what cannot be written: keys, tasks and inputs of impossible or repeated names; types that cannot be
     * named become {@code usable}'s answer.
     */
    static CheckedFlow withoutMistakes(FlowModel flow, Set<String> optionalKeys, UnaryOperator<TypeMirror> usable) {
        Set<String> names = new HashSet<>();
        List<InputModel> inputs = new ArrayList<>();
        for (InputModel input : flow.inputs()) {
            if (AccessorName.isPossible(input.name()) && names.add(input.name())) {
                inputs.add(new InputModel(input.name(), usable.apply(input.type()), true, input.sites()));
            }
        }
        Set<String> groups = flow.taskClasses().stream().map(TaskClass::group).collect(Collectors.toSet());
        Set<String> taskNames = new HashSet<>();
        List<TaskModel> tasks = new ArrayList<>();
        for (TaskModel task : flow.tasks()) {
            if (!task.name().isEmpty() && taskNames.add(task.name())) {
                tasks.add(withoutMistakes(task, names, groups, usable));
            }
        }
        FlowModel clean = new FlowModel(
                flow.type(),
                flow.packageName(),
                flow.className(),
                flow.isPublic(),
                flow.name(),
                flow.version(),
                flow.taskClasses(),
                inputs,
                flow.inputRecord(),
                flow.positional(),
                tasks,
                List.of(),
                flow.onFailure(),
                flow.durable(),
                flow.site());
        return new CheckedFlow(clean, tasks, optionalKeys, Set.of());
    }

    private static TaskModel withoutMistakes(
            TaskModel task, Set<String> names, Set<String> groups, UnaryOperator<TypeMirror> usable) {
        List<KeyModel> keys = new ArrayList<>();
        for (KeyModel key : task.keys()) {
            boolean ordering = key.type().getKind() == TypeKind.VOID;
            if (AccessorName.isPossible(key.inside()) && !groups.contains(key.name()) && names.add(key.name())) {
                TypeMirror type = ordering ? key.type() : usable.apply(key.type());
                keys.add(new KeyModel(key.name(), key.inside(), type, true, key.keep(), key.optional(), key.site()));
            }
        }
        return task.withKeys(keys);
    }

    /** The class with its public members only; what they do is to complain. */
    static TypeSpec of(TypeSpec full, CodeBlock superCall) {
        TypeSpec.Builder type = TypeSpec.classBuilder(full.name())
                .addModifiers(full.modifiers().toArray(Modifier[]::new))
                .addAnnotations(full.annotations())
                .addJavadoc(full.javadoc())
                .superclass(full.superclass());
        full.originatingElements().forEach(type::addOriginatingElement);
        for (FieldSpec field : full.fieldSpecs()) {
            if (field.modifiers().contains(Modifier.PUBLIC)) {
                type.addField(field);
            }
        }
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addCode(superCall)
                .build());
        for (MethodSpec method : full.methodSpecs()) {
            if (method.modifiers().contains(Modifier.PUBLIC)) {
                type.addMethod(throwing(method));
            }
        }
        for (TypeSpec nested : full.typeSpecs()) {
            if (nested.modifiers().contains(Modifier.PUBLIC)) {
                type.addType(of(nested, CodeBlock.of("")));
            }
        }
        return type.build();
    }

    private static MethodSpec throwing(MethodSpec method) {
        MethodSpec.Builder skeleton = MethodSpec.methodBuilder(method.name())
                .addModifiers(method.modifiers())
                .returns(method.returnType())
                .addParameters(method.parameters());
        for (AnnotationSpec annotation : method.annotations()) {
            skeleton.addAnnotation(annotation);
        }
        return skeleton.addStatement(
                        "throw new $T($S)",
                        UnsupportedOperationException.class,
                        "The flow has errors: see the messages of the compiler")
                .build();
    }
}
