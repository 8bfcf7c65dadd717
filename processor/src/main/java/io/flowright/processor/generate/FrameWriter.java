package io.flowright.processor.generate;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * Writes the class {@code Frame}: the values of one run and the calls of its tasks. The frame of a large flow is a chain of
 * classes, each with some hundred tasks; a task needs only what comes before it, so it finds all its values in its own class
 * and the superclasses.
 */
final class FrameWriter {

    private final Plan plan;
    private final TaskMethods taskMethods;
    private final Arguments arguments;
    private final List<TypeSpec.Builder> parts = new ArrayList<>();

    FrameWriter(Plan plan, TaskMethods taskMethods, Arguments arguments) {
        this.plan = plan;
        this.taskMethods = taskMethods;
        this.arguments = arguments;
    }

    /** The frame's classes, superclasses first. */
    List<TypeSpec> write() {
        TypeName base =
                ParameterizedTypeName.get(RuntimeTypes.FLOW_FRAME, plan.names().result());
        for (int part = 0; part < plan.layout().parts(); part++) {
            boolean last = part == plan.layout().parts() - 1;
            ClassName name = last ? plan.names().frame() : plan.names().nested("Frame" + part);
            parts.add(TypeSpec.classBuilder(name)
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC, last ? Modifier.FINAL : Modifier.ABSTRACT)
                    .superclass(base));
            base = name;
        }
        frame().addJavadoc("The values of one run, and the calls of its tasks.");
        addFields();
        frame().addMethod(constructor());
        addTasks();
        return parts.stream().map(TypeSpec.Builder::build).toList();
    }

    private TypeSpec.Builder frame() {
        return parts.get(parts.size() - 1);
    }

    private TypeSpec.Builder part(int task) {
        return parts.get(plan.layout().partOf(task));
    }

    /** Adds a method that only the frame's own classes call; subclasses of a part must see it. */
    private void add(int part, MethodSpec method) {
        parts.get(part).addMethod(method);
    }

    private void addFields() {
        TypeSpec.Builder first = parts.get(0);
        for (TaskClass taskClass : plan.flow().taskClasses()) {
            if (taskClass.instance()) {
                first.addField(field(ClassName.get(taskClass.type()), plan.instance(taskClass), true));
            }
        }
        for (Slot slot : plan.slots()) {
            if (slot.task() == Slot.INPUT) {
                first.addField(field(TypeName.get(slot.type()), slot.field(), true));
            } else if (slot.stored()) {
                part(slot.task()).addField(field(TypeName.get(slot.type()), slot.field(), false));
            }
        }
    }

    /** A field of one class is private; of several, their common package-private one, set by the last class's constructor. */
    private FieldSpec field(TypeName type, String name, boolean setOnce) {
        FieldSpec.Builder field = FieldSpec.builder(type, name);
        if (!plan.layout().partitioned()) {
            field.addModifiers(Modifier.PRIVATE);
            if (setOnce) {
                field.addModifiers(Modifier.FINAL);
            }
        }
        return field.build();
    }

    private MethodSpec constructor() {
        FrameParameters parameters = new FrameParameters(plan);
        MethodSpec.Builder constructor =
                MethodSpec.constructorBuilder().addParameter(plan.names().flow(), parameters.flow());
        parameters.specs().forEach(constructor::addParameter);
        for (TaskClass taskClass : plan.flow().taskClasses()) {
            if (taskClass.instance()) {
                String field = plan.instance(taskClass);
                constructor.addStatement("this.$L = $L.$L", field, parameters.flow(), field);
            }
        }
        parameters.check().ifPresent(constructor::addStatement);
        for (InputModel input : plan.flow().inputs()) {
            Slot slot = plan.slot(input.name());
            CodeBlock value = parameters.valueOf(input);
            constructor.addStatement(
                    slot.primitive() || slot.mayBeNull() ? "this.$L = $L" : "this.$L = input($L, $S)",
                    slot.primitive() || slot.mayBeNull()
                            ? new Object[] {slot.field(), value}
                            : new Object[] {slot.field(), value, input.name()});
        }
        return constructor.build();
    }

    private void addTasks() {
        Dispatch run = dispatch(overriding("run", TypeName.VOID).addException(Throwable.class));
        Dispatch call = dispatch(overriding("call", ClassName.OBJECT)
                .addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT)
                .addException(Throwable.class));
        Dispatch put = dispatch(overriding("put", TypeName.VOID).addParameter(Object.class, FrameNames.VALUE));
        Dispatch fallback = dispatch(overriding("fallback", ClassName.OBJECT)
                .addParameter(Throwable.class, FrameNames.FAILURE)
                .addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT)
                .addException(Throwable.class));
        Dispatch key = dispatch(overriding("idempotencyKey", ArrayTypeName.of(Object.class)));
        Dispatch release = dispatch(overriding("release", TypeName.VOID).addParameter(int.class, FrameNames.KEY));
        List<String> callers = new ArrayList<>();
        List<MethodSpec> methods = new ArrayList<>();
        List<Dispatch.Placed> placed = new ArrayList<>();
        for (int i = 0; i < plan.tasks().size(); i++) {
            TaskModel task = plan.tasks().get(i);
            methods.clear();
            callers.add(addTask(i, task, run, call, put, methods));
            addFallback(i, task, fallback, methods);
            addKey(i, task, key);
            addRelease(i, task, release);
            methods.addAll(arguments.takeCollectors());
            for (MethodSpec method : methods) {
                placed.add(new Dispatch.Placed(plan.layout().partOf(i), method));
            }
        }
        if (plan.direct()) {
            addRunAll(callers);
        }
        for (Dispatch dispatch : List.of(run, call, put, fallback, key, release)) {
            if (!dispatch.isEmpty()) {
                dispatch.methods().forEach(method -> add(method.part(), method.method()));
            }
        }
        frame().addMethod(inputs()).addMethod(result());
        placed.forEach(method -> add(method.part(), method.method()));
    }

    /** Straight-line code for flows whose tasks are all direct; {@code callers} are the methods that call them. */
    private void addRunAll(List<String> callers) {
        Layout layout = plan.layout();
        Map<Integer, List<String>> lastUses = released();
        CodeBlock.Builder all = CodeBlock.builder();
        CodeBlock.Builder chunk = CodeBlock.builder();
        for (int task = 0; task < callers.size(); task++) {
            chunk.addStatement("enter($L)", task);
            chunk.addStatement("$L()", callers.get(task));
            lastUses.getOrDefault(task, List.of()).forEach(field -> chunk.addStatement("$L = null", field));
            boolean chunkEnds = task + 1 == callers.size() || layout.chunkOf(task + 1) != layout.chunkOf(task);
            if (layout.chunked() && chunkEnds) {
                String name = plan.frameNames().method("runAll" + layout.chunkOf(task));
                MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                        .addException(Throwable.class)
                        .addCode(chunk.build());
                if (!layout.partitioned()) {
                    method.addModifiers(Modifier.PRIVATE);
                }
                part(task).addMethod(method.build());
                all.addStatement("$L()", name);
                chunk.clear();
            }
        }
        frame().addMethod(MethodSpec.methodBuilder("runAll")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addException(Throwable.class)
                .addCode(layout.chunked() ? all.build() : chunk.build())
                .build());
    }

    /** For each task the fields that are let go after it. */
    private Map<Integer, List<String>> released() {
        Map<Integer, List<String>> fields = new HashMap<>();
        for (Slot slot : plan.slots()) {
            if (slot.released()) {
                fields.computeIfAbsent(slot.lastUse(), task -> new ArrayList<>())
                        .add(slot.field());
            }
        }
        return fields;
    }

    private MethodSpec.Builder overriding(String name, TypeName result) {
        return MethodSpec.methodBuilder(name).returns(result).addParameter(int.class, FrameNames.TASK);
    }

    private Dispatch dispatch(MethodSpec.Builder signature) {
        return new Dispatch(signature.build(), plan.layout(), plan.frameNames());
    }

    /** Returns the name of the method that calls the task. */
    private String addTask(
            int number, TaskModel task, Dispatch run, Dispatch call, Dispatch put, List<MethodSpec> methods) {
        if (!task.managed()) {
            MethodSpec method = taskMethods.direct(task);
            methods.add(method);
            run.on(number, CodeBlock.of("$N();\n", method));
            return method.name();
        }
        MethodSpec method = taskMethods.managed(task);
        methods.add(method);
        call.on(number, valueOf(method, CodeBlock.of("$N($L)", method, FrameNames.CONTEXT)));
        put.on(number, taskMethods.put(task, methods));
        return method.name();
    }

    private static CodeBlock valueOf(MethodSpec method, CodeBlock call) {
        return method.returnType().equals(TypeName.VOID)
                ? CodeBlock.of("{\n$>$L;\nyield null;\n$<}\n", call)
                : CodeBlock.of("$L;\n", call);
    }

    private void addFallback(int number, TaskModel task, Dispatch dispatch, List<MethodSpec> methods) {
        PolicyModel.Fallback fallback = task.policies().fallback();
        if (fallback == null || fallback.method() == null) {
            return;
        }
        MethodSpec method = taskMethods.fallback(task, fallback, fallback.method());
        methods.add(method);
        CodeBlock given = method.parameters().stream()
                .map(parameter -> CodeBlock.of("$N", parameter))
                .collect(CodeBlock.joining(", "));
        dispatch.on(number, valueOf(method, CodeBlock.of("$N($L)", method, given)));
    }

    private void addKey(int number, TaskModel task, Dispatch dispatch) {
        PolicyModel.Idempotent idempotent = task.policies().idempotent();
        if (idempotent != null) {
            dispatch.on(
                    number,
                    CodeBlock.of(
                            "new Object[] {$L};\n",
                            idempotent.parts().stream()
                                    .map(part -> arguments.templatePart(task, part))
                                    .collect(CodeBlock.joining(", "))));
        }
    }

    private void addRelease(int number, TaskModel task, Dispatch dispatch) {
        CodeBlock.Builder cases = CodeBlock.builder();
        for (int key = 0; key < task.keys().size(); key++) {
            Slot slot = plan.slotIfAny(task.keys().get(key).name());
            if (slot == null || !slot.released()) {
                continue;
            }
            if (task.keys().size() == 1) {
                dispatch.on(number, CodeBlock.of("$L = null;\n", slot.field()));
                return;
            }
            cases.add("case $L -> $L = null;\n", key, slot.field());
        }
        if (!cases.isEmpty()) {
            dispatch.on(
                    number,
                    CodeBlock.of(
                            "{\n$>switch ($L) {\n$>$Ldefault -> throw noSuchTask($L);\n$<}\n$<}\n",
                            FrameNames.KEY,
                            cases.build(),
                            FrameNames.TASK));
        }
    }

    private MethodSpec inputs() {
        CodeBlock values = plan.flow().inputs().stream()
                .map(input -> CodeBlock.of("$L", plan.slot(input.name()).field()))
                .collect(CodeBlock.joining(",$W"));
        return MethodSpec.methodBuilder("inputs")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(ArrayTypeName.of(Object.class))
                .addStatement("return new Object[] {$L}", values)
                .build();
    }

    private MethodSpec result() {
        ClassName result = plan.names().result();
        return MethodSpec.methodBuilder("result")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(result)
                .addStatement("return new $T(this)", result)
                .build();
    }
}
