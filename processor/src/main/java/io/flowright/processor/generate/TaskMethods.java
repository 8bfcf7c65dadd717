package io.flowright.processor.generate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.GuardTypes;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Writes the frame's methods for one task: the call, and what becomes of the result. */
final class TaskMethods {

    private static final TypeName ANY_STAGE =
            ParameterizedTypeName.get(ClassName.get(CompletionStage.class), WildcardTypeName.subtypeOf(Object.class));

    private static final AnnotationSpec UNCHECKED = AnnotationSpec.builder(SuppressWarnings.class)
            .addMember("value", "$S", "unchecked")
            .build();

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
            case NOTHING -> body.addStatement(call);
            case ORDER -> {
                body.addStatement(call);
                notePresence(body, task.keys().get(0));
            }
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

    /** A method that calls the method of the task for one element and returns the result. */
    MethodSpec forElement(TaskModel task) {
        boolean isVoid = isVoid(task);
        CodeBlock call = CodeBlock.builder()
                .addStatement(isVoid ? "$L" : "return $L", call(task))
                .build();
        MethodSpec.Builder method = method(task, isVoid ? TypeName.VOID : ClassName.OBJECT, call)
                .addParameter(Object.class, FrameNames.ELEMENT);
        suppressUnchecked(method, task);
        if (task.managed()) {
            method.addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT);
        }
        return method.build();
    }

    /** A method that calls a compensation for one element and returns its result. */
    MethodSpec undoElement(TaskModel task) {
        boolean isVoid = isVoid(task);
        CodeBlock call = CodeBlock.builder()
                .addStatement(isVoid ? "$L" : "return $L", call(task))
                .build();
        MethodSpec.Builder method = method(task, isVoid ? TypeName.VOID : ANY_STAGE, call)
                .addParameter(RuntimeTypes.UNDONE_ELEMENT, FrameNames.ELEMENT)
                .addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT);
        suppressUnchecked(method, task);
        return method.build();
    }

    /** A method that returns the parts of the key of one element. */
    MethodSpec elementKey(TaskModel task, CodeBlock parts) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(
                        plan.frameNames().method(FrameNames.of(task, task.method()) + "Key"))
                .addModifiers(Modifier.PRIVATE)
                .returns(ArrayTypeName.of(Object.class))
                .addParameter(Object.class, FrameNames.ELEMENT)
                .addJavadoc("The idempotency key of $L.", plan.links().to(task))
                .addStatement("return $L", parts);
        suppressUnchecked(method, task);
        return method.build();
    }

    /** The element is cast to what the parameter takes. */
    private void suppressUnchecked(MethodSpec.Builder method, TaskModel task) {
        boolean unchecked = task.parameters().stream()
                .anyMatch(parameter ->
                        parameter instanceof ParameterModel.Element element && TypeTraits.unchecked(element.type())
                                || isUncheckedResult(task, parameter));
        if (unchecked) {
            method.addAnnotation(UNCHECKED);
        }
    }

    private boolean isUncheckedResult(TaskModel task, ParameterModel parameter) {
        TaskModel undone = plan.undoneForEach(task);
        return undone != null
                && parameter instanceof ParameterModel.Key
                && plan.isOfUndoneElement(task, parameter)
                && TypeTraits.unchecked(undone.elementResult());
    }

    private static boolean isVoid(TaskModel task) {
        return task.resultType().getKind() == TypeKind.VOID && !task.stage();
    }

    private MethodSpec.Builder method(TaskModel task, TypeName result, CodeBlock body) {
        return MethodSpec.methodBuilder(plan.frameNames().method(FrameNames.of(task, task.method())))
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

    /** Keeps a value that a direct task, or a component of its record, has given. */
    private void keep(CodeBlock.Builder body, KeyModel key, CodeBlock value) {
        Slot slot = plan.slot(key.name());
        boolean anything = !key.optional() && (slot.primitive() || slot.mayBeNull());
        CodeBlock checked = anything
                ? value
                : CodeBlock.of("provided($L, $L)", value, plan.names().key(key.name()));
        if (key.optional()) {
            String local = FrameNames.OPTIONAL;
            body.addStatement("$T<$T> $L = $L", Optional.class, TypeName.get(key.type()), local, checked);
            keepOptional(body, slot, local);
        } else {
            if (slot.stored()) {
                body.addStatement("$L = $L", slot.field(), checked);
            } else {
                body.addStatement(checked);
            }
            notePresence(body, key);
        }
    }

    private static void keepOptional(CodeBlock.Builder body, Slot slot, String local) {
        if (slot.stored()) {
            body.addStatement("$L = $L.orElse(null)", slot.field(), local);
        }
        body.addStatement("$L = $L.isPresent()", slot.presence(), local);
    }

    private void notePresence(CodeBlock.Builder body, KeyModel key) {
        String presence = plan.presence(key.name());
        if (presence != null) {
            body.addStatement("$L = true", presence);
        }
    }

    private void keepComponents(CodeBlock.Builder body, TaskModel task) {
        for (KeyModel key : task.keys()) {
            CodeBlock.Builder component = CodeBlock.builder();
            keep(component, key, CodeBlock.of("$L.$L()", FrameNames.VALUE, key.inside()));
            // Each Optional has the same name, so it needs a block of its own.
            body.add(key.optional() ? CodeBlock.of("{\n$>$L$<}\n", component.build()) : component.build());
        }
    }

    /**
     * What {@code put} does for a managed task. A single value is assigned on the spot; what takes several statements or an
     * unchecked cast becomes a method, so that {@code @SuppressWarnings} reaches no further.
     */
    CodeBlock put(TaskModel task, List<MethodSpec> methods) {
        CodeBlock.Builder body = CodeBlock.builder();
        boolean unchecked = TypeTraits.unchecked(task.resultType());
        boolean simple = true;
        switch (task.result()) {
            case NOTHING -> {}
            case ORDER -> notePresence(body, task.keys().get(0));
            case VALUE -> {
                KeyModel key = task.keys().get(0);
                Slot slot = plan.slot(key.name());
                simple = !key.optional() && !(unchecked && slot.stored());
                if (simple) {
                    if (slot.stored()) {
                        body.addStatement("$L = $L", slot.field(), cast(task.resultType()));
                    }
                    notePresence(body, key);
                }
            }
            case COMPONENTS -> simple = false;
        }
        if (!simple) {
            MethodSpec method = putMethod(task, unchecked);
            methods.add(method);
            return CodeBlock.of("$N($L);\n", method, FrameNames.VALUE);
        }
        return asCase(body.build());
    }

    /** One statement stands for itself, several are a block, none is an empty one. */
    private static CodeBlock asCase(CodeBlock statements) {
        long count = statements.toString().chars().filter(c -> c == ';').count();
        if (count == 1) {
            return statements;
        }
        return count == 0 ? CodeBlock.of("{}\n") : CodeBlock.of("{\n$>$L$<}\n", statements);
    }

    private MethodSpec putMethod(TaskModel task, boolean unchecked) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(
                        plan.frameNames().method("put", FrameNames.of(task, task.method())))
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("Keeps the result of $L.", plan.links().to(task));
        if (unchecked) {
            method.addAnnotation(UNCHECKED);
        }
        CodeBlock.Builder body = CodeBlock.builder();
        if (task.result() == TaskModel.Result.VALUE) {
            KeyModel key = task.keys().get(0);
            Slot slot = plan.slot(key.name());
            method.addParameter(Object.class, FrameNames.VALUE);
            if (key.optional()) {
                body.addStatement(
                        "$T $L = $L", TypeName.get(task.resultType()), FrameNames.OPTIONAL, cast(task.resultType()));
                keepOptional(body, slot, FrameNames.OPTIONAL);
            } else {
                body.addStatement("$L = $L", slot.field(), cast(task.resultType()));
                notePresence(body, key);
            }
        } else {
            method.addParameter(Object.class, FrameNames.RESULT);
            body.addStatement(
                    "$1T $2L = ($1T) $3L", TypeName.get(task.resultType()), FrameNames.VALUE, FrameNames.RESULT);
            keepComponents(body, task);
        }
        return method.addCode(body.build()).build();
    }

    /**
     * A method that says whether the values of the run let a task run that may be skipped: all that it needs is there, and its
     * guards hold. What is absent is not looked at.
     */
    MethodSpec runs(TaskModel task) {
        List<CodeBlock> conditions = new ArrayList<>();
        Uses.needed(task).forEach(key -> {
            String presence = plan.presence(key);
            if (presence != null) {
                conditions.add(CodeBlock.of("$L", presence));
            }
        });
        task.control().guards().forEach(guard -> conditions.add(condition(guard)));
        return MethodSpec.methodBuilder(plan.frameNames().method(FrameNames.of(task, task.method()) + "Runs"))
                .addModifiers(Modifier.PRIVATE)
                .returns(boolean.class)
                .addJavadoc("Whether $L is not skipped.", plan.links().to(task))
                .addStatement("return $L", CodeBlock.join(conditions, "\n&& "))
                .build();
    }

    private CodeBlock condition(ControlModel.Guard guard) {
        Slot slot = plan.slot(guard.key().name());
        if (GuardTypes.isBoolean(slot.type())) {
            return CodeBlock.of(guard.negated() ? "!$L" : "$L", slot.field());
        }
        List<String> named =
                guard.constants().stream().map(ControlModel.Constant::name).toList();
        List<String> others = GuardTypes.constantsOf(slot.type()).stream()
                .filter(constant -> !named.contains(constant))
                .toList();
        CodeBlock.Builder cases = CodeBlock.builder();
        cases.add("switch ($L) {\n$>", slot.field());
        cases.add("case $L -> $L;\n", String.join(", ", named), !guard.negated());
        if (!others.isEmpty()) {
            cases.add("case $L -> $L;\n", String.join(", ", others), guard.negated());
        }
        // The class of the enum at run time may have constants that the proof knows nothing of.
        cases.add("default -> throw uncovered($L, $L);\n", plan.names().nameOf(slot.name()), slot.field());
        return cases.add("$<}").build();
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
        TypeMirror taken =
                fallback.failure() == null ? null : fallback.failure().type();
        boolean answersAll = taken == null || isThrowable(taken);
        for (int i = 0; i < fallback.parameters().size(); i++) {
            int source = fallback.parameters().get(i);
            if (source >= 0) {
                TypeMirror wanted = target.getParameters().get(i).asType();
                values.add(arguments.of(task, source, wanted, exactly));
            } else {
                values.add(CodeBlock.of("$L", answersAll ? FrameNames.FAILURE : FrameNames.CAUSE));
            }
        }
        boolean isVoid = isVoid(task);
        CodeBlock call = CodeBlock.of(isVoid ? "$L" : "return $L", call(task, target, values));
        MethodSpec.Builder method = MethodSpec.methodBuilder(plan.frameNames().method(FrameNames.of(task, target)))
                .addModifiers(Modifier.PRIVATE)
                .returns(fallbackResult(task))
                .addParameter(Throwable.class, FrameNames.FAILURE)
                .addException(Throwable.class)
                .addJavadoc(
                        "$L, for a failed $L.",
                        plan.links().to(task.taskClass(), target),
                        plan.links().to(task));
        boolean undoesElements = plan.undoneForEach(task) != null;
        if (task.control().forEach() != null || undoesElements) {
            method.addParameter(undoesElements ? RuntimeTypes.UNDONE_ELEMENT : ClassName.OBJECT, FrameNames.ELEMENT);
            // The fallback may take the element as another type, which is no reason to warn users.
            if (takesUnchecked(task, fallback, target)) {
                method.addAnnotation(UNCHECKED);
            }
        }
        if (takesContext(task, fallback)) {
            method.addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT);
        }
        if (taken == null || answersAll) {
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

    private static TypeName fallbackResult(TaskModel task) {
        if (task.stage()) {
            return ANY_STAGE;
        }
        boolean each = task.control().forEach() != null && !isVoid(task);
        return each ? ClassName.OBJECT : TypeName.get(task.resultType());
    }

    private boolean takesUnchecked(TaskModel task, PolicyModel.Fallback fallback, ExecutableElement target) {
        for (int i = 0; i < fallback.parameters().size(); i++) {
            int source = fallback.parameters().get(i);
            if (source < 0) {
                continue;
            }
            ParameterModel parameter = task.parameters().get(source);
            boolean element = parameter instanceof ParameterModel.Element
                    && TypeTraits.unchecked(target.getParameters().get(i).asType());
            if (element || isUncheckedResult(task, parameter)) {
                return true;
            }
        }
        return false;
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
