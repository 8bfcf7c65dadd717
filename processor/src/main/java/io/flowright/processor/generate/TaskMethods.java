package io.flowright.processor.generate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Writes the frame's methods for one task: the call, and what becomes of the result. */
final class TaskMethods {

    private static final TypeName ANY_STAGE =
            ParameterizedTypeName.get(ClassName.get(CompletionStage.class), WildcardTypeName.subtypeOf(Object.class));

    private final Plan plan;
    private final Arguments arguments;
    private final PackageElement home;

    /** @param home the package of the generated class */
    TaskMethods(Plan plan, Arguments arguments, PackageElement home) {
        this.plan = plan;
        this.arguments = arguments;
        this.home = home;
    }

    /** A method that calls a direct task and keeps its result. */
    MethodSpec direct(TaskModel task) {
        CodeBlock call = call(task);
        CodeBlock.Builder body = CodeBlock.builder();
        switch (task.result()) {
            case NOTHING, ORDER -> body.addStatement(call);
            case VALUE -> keep(body, task.keys().get(0), call);
            case COMPONENTS -> {
                body.addStatement(
                        "$T $L = provided($L, $L)",
                        TypeName.get(task.resultType()),
                        FrameNames.VALUE,
                        call,
                        plan.names().key(task.keys().get(0).name()));
                keepComponents(body, task);
            }
        }
        return method(task, TypeName.VOID, body.build()).build();
    }

    /** A method that calls a managed task and returns its result. */
    MethodSpec managed(TaskModel task) {
        boolean isVoid = isVoid(task);
        TypeName result = task.stage() ? ANY_STAGE : TypeName.get(task.resultType());
        CodeBlock call = call(task);
        return method(
                        task,
                        result,
                        CodeBlock.builder()
                                .addStatement(isVoid ? "$L" : "return $L", call)
                                .build())
                .addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT)
                .build();
    }

    private static boolean isVoid(TaskModel task) {
        return task.resultType().getKind() == TypeKind.VOID && !task.stage();
    }

    private MethodSpec.Builder method(TaskModel task, TypeName result, CodeBlock body) {
        return MethodSpec.methodBuilder(
                        plan.frameNames().method(task.method().getSimpleName().toString()))
                .addModifiers(Modifier.PRIVATE)
                .returns(result)
                .addJavadoc("$L.", plan.links().to(task))
                .addExceptions(thrown(task))
                .addCode(body);
    }

    private List<TypeName> thrown(TaskModel task) {
        boolean nameable = task.thrown().stream().allMatch(type -> TypeTraits.canBeNamed(type, home));
        return nameable ? task.thrown().stream().map(TypeName::get).toList() : List.of(ClassName.get(Throwable.class));
    }

    private CodeBlock call(TaskModel task) {
        boolean exactly = plan.links().sharesName(task.taskClass(), task.method());
        List<CodeBlock> values = new ArrayList<>();
        for (int i = 0; i < task.parameters().size(); i++) {
            values.add(arguments.of(task, i, exactly));
        }
        return call(task, task.method(), values);
    }

    private CodeBlock call(TaskModel task, ExecutableElement method, List<CodeBlock> values) {
        String name = method.getSimpleName().toString();
        CodeBlock list = CodeBlock.join(values, ",$W");
        return method.getModifiers().contains(Modifier.STATIC)
                ? CodeBlock.of("$T.$L($L)", ClassName.get(callable(task, method)), name, list)
                : CodeBlock.of("$L.$L($L)", plan.instance(task.taskClass()), name, list);
    }

    /** Static methods of interfaces are not inherited. */
    private static TypeElement callable(TaskModel task, ExecutableElement method) {
        return method.getEnclosingElement() instanceof TypeElement owner
                        && owner.getKind().isInterface()
                ? owner
                : task.taskClass().type();
    }

    private void keep(CodeBlock.Builder body, KeyModel key, CodeBlock value) {
        Slot slot = plan.slot(key.name());
        CodeBlock checked = slot.primitive() || slot.mayBeNull()
                ? value
                : CodeBlock.of("provided($L, $L)", value, plan.names().key(key.name()));
        if (slot.stored()) {
            body.addStatement("$L = $L", slot.field(), checked);
        } else {
            body.addStatement(checked);
        }
    }

    private void keepComponents(CodeBlock.Builder body, TaskModel task) {
        for (KeyModel key : task.keys()) {
            keep(body, key, CodeBlock.of("$L.$L()", FrameNames.VALUE, key.name()));
        }
    }

    /**
     * What {@code put} does for a managed task. A single value is assigned on the spot; what takes several statements or an
     * unchecked cast becomes a method, so that {@code @SuppressWarnings} reaches no further.
     */
    CodeBlock put(TaskModel task, List<MethodSpec> methods) {
        if (task.result() == TaskModel.Result.NOTHING || task.result() == TaskModel.Result.ORDER) {
            return CodeBlock.of("{}\n");
        }
        boolean unchecked = TypeTraits.unchecked(task.resultType());
        if (task.result() == TaskModel.Result.VALUE) {
            Slot slot = plan.slot(task.keys().get(0).name());
            if (!slot.stored()) {
                return CodeBlock.of("{}\n");
            }
            if (!unchecked) {
                return CodeBlock.of("$L = $L;\n", slot.field(), cast(task.resultType()));
            }
        }
        MethodSpec method = putMethod(task, unchecked);
        methods.add(method);
        return CodeBlock.of("$N($L);\n", method, FrameNames.VALUE);
    }

    private MethodSpec putMethod(TaskModel task, boolean unchecked) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(plan.frameNames()
                        .method("put", task.method().getSimpleName().toString()))
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("Keeps the result of $L.", plan.links().to(task));
        if (unchecked) {
            method.addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "$S", "unchecked")
                    .build());
        }
        CodeBlock.Builder body = CodeBlock.builder();
        if (task.result() == TaskModel.Result.VALUE) {
            method.addParameter(Object.class, FrameNames.VALUE);
            body.addStatement("$L = $L", plan.slot(task.keys().get(0).name()).field(), cast(task.resultType()));
        } else {
            method.addParameter(Object.class, FrameNames.RESULT);
            body.addStatement(
                    "$1T $2L = ($1T) $3L", TypeName.get(task.resultType()), FrameNames.VALUE, FrameNames.RESULT);
            keepComponents(body, task);
        }
        return method.addCode(body.build()).build();
    }

    private static CodeBlock cast(TypeMirror type) {
        TypeName name = TypeName.get(type);
        return name.equals(ClassName.OBJECT)
                ? CodeBlock.of("$L", FrameNames.VALUE)
                : CodeBlock.of("($T) $L", name, FrameNames.VALUE);
    }

    /** A method that calls the fallback, or throws the failure again if the fallback does not take such failures. */
    MethodSpec fallback(TaskModel task, PolicyModel.Fallback fallback, ExecutableElement target) {
        boolean exactly = plan.links().sharesName(task.taskClass(), target);
        List<CodeBlock> values = new ArrayList<>();
        TypeMirror taken = null;
        for (int i = 0; i < fallback.parameters().size(); i++) {
            int source = fallback.parameters().get(i);
            VariableElement parameter = target.getParameters().get(i);
            if (source < 0) {
                taken = parameter.asType();
                values.add(CodeBlock.of("$L", isThrowable(taken) ? FrameNames.FAILURE : FrameNames.CAUSE));
            } else {
                values.add(arguments.of(task, source, parameter.asType(), exactly));
            }
        }
        boolean isVoid = isVoid(task);
        CodeBlock call = CodeBlock.of(isVoid ? "$L" : "return $L", call(task, target, values));
        MethodSpec.Builder method = MethodSpec.methodBuilder(
                        plan.frameNames().method(target.getSimpleName().toString()))
                .addModifiers(Modifier.PRIVATE)
                .returns(task.stage() ? ANY_STAGE : TypeName.get(task.resultType()))
                .addParameter(Throwable.class, FrameNames.FAILURE)
                .addException(Throwable.class)
                .addJavadoc(
                        "$L, for a failed $L.",
                        plan.links().to(task.taskClass(), target),
                        plan.links().to(task));
        if (takesContext(task, fallback)) {
            method.addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT);
        }
        if (taken == null || isThrowable(taken)) {
            return method.addStatement(call).build();
        }
        method.beginControlFlow("if ($L instanceof $T $L)", FrameNames.FAILURE, TypeName.get(taken), FrameNames.CAUSE);
        method.addStatement(call);
        if (isVoid) {
            method.addStatement("return");
        }
        return method.endControlFlow()
                .addStatement("throw $L", FrameNames.FAILURE)
                .build();
    }

    private static boolean takesContext(TaskModel task, PolicyModel.Fallback fallback) {
        return fallback.parameters().stream()
                .filter(source -> source >= 0)
                .map(task.parameters()::get)
                .anyMatch(parameter -> parameter instanceof ParameterModel.Context
                        || parameter instanceof ParameterModel.ProgressSink);
    }

    private static boolean isThrowable(TypeMirror type) {
        return TypeName.get(type).equals(ClassName.get(Throwable.class));
    }
}
