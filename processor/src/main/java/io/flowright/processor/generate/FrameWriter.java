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
        addPresenceFields();
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

    private void addPresenceFields() {
        plan.presenceFields().forEach((field, task) -> part(task).addField(field(TypeName.BOOLEAN, field, false)));
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
        Dispatch runs = dispatch(overriding("runs", TypeName.BOOLEAN));
        Dispatch call = dispatch(overriding("call", ClassName.OBJECT)
                .addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT)
                .addException(Throwable.class));
        Dispatch put = dispatch(overriding("put", TypeName.VOID).addParameter(Object.class, FrameNames.VALUE));
        Dispatch fallback = dispatch(overriding("fallback", ClassName.OBJECT)
                .addParameter(Throwable.class, FrameNames.FAILURE)
                .addParameter(RuntimeTypes.TASK_CONTEXT, FrameNames.CONTEXT)
                .addException(Throwable.class));
        Dispatch key = dispatch(overriding("idempotencyKey", ArrayTypeName.of(Object.class)));
        FanOutWriter fanOuts = new FanOutWriter(plan, taskMethods, arguments);
        Dispatch release = dispatch(overriding("release", TypeName.VOID).addParameter(int.class, FrameNames.KEY));
        RestoreWriter restore = new RestoreWriter(plan);
        List<String> callers = new ArrayList<>();
        Map<Integer, String> conditions = new HashMap<>();
        List<MethodSpec> methods = new ArrayList<>();
        List<Dispatch.Placed> placed = new ArrayList<>();
        for (int i = 0; i < plan.methods().size(); i++) {
            TaskModel task = plan.methods().get(i);
            methods.clear();
            if (plan.undoneForEach(task) != null) {
                fanOuts.addCompensation(i, task, methods);
            } else if (plan.compensation(task) != null) {
                addCall(i, task, call, methods);
                addFallback(i, task, fallback, methods);
            } else if (task.control().forEach() == null) {
                callers.add(addTask(i, task, run, call, put, methods));
                addFallback(i, task, fallback, methods);
                addKey(i, task, key);
                restore.add(i, task);
            } else {
                fanOuts.add(i, task, task.control().forEach(), methods);
                put.on(i, taskMethods.put(task, methods));
            }
            if (plan.isConditional(task)) {
                MethodSpec condition = taskMethods.runs(task);
                methods.add(condition);
                runs.on(i, CodeBlock.of("$N();\n", condition));
                conditions.put(i, condition.name());
            }
            addRelease(i, task, release);
            methods.addAll(arguments.takeCollectors());
            for (MethodSpec method : methods) {
                placed.add(new Dispatch.Placed(plan.layout().partOf(i), method));
            }
        }
        if (plan.direct()) {
            addRunAll(callers, conditions);
        }
        List<Dispatch> dispatches = new ArrayList<>(List.of(runs, run, call, put, fallback, key, release));
        dispatches.addAll(fanOuts.dispatches());
        dispatches.addAll(restore.dispatches());
        for (Dispatch dispatch : dispatches) {
            if (!dispatch.isEmpty()) {
                dispatch.methods().forEach(method -> add(method.part(), method.method()));
            }
        }
        frame().addMethod(inputs()).addMethod(result());
        placed.forEach(method -> add(method.part(), method.method()));
    }

    /**
     * Straight-line code for flows whose tasks are all direct.
     *
     * @param callers the methods that call them
     * @param conditions for each task that may be skipped the method that says whether it is not
     */
    private void addRunAll(List<String> callers, Map<Integer, String> conditions) {
        Layout layout = plan.layout();
        Map<Integer, List<String>> lastUses = released();
        CodeBlock.Builder all = CodeBlock.builder();
        CodeBlock.Builder chunk = CodeBlock.builder();
        for (int task = 0; task < callers.size(); task++) {
            String condition = conditions.get(task);
            chunk.addStatement("enter($L)", task);
            if (condition == null) {
                chunk.addStatement("$L()", callers.get(task));
            } else {
                chunk.beginControlFlow("if ($L())", condition)
                        .addStatement("$L()", callers.get(task))
                        .nextControlFlow("else")
                        .addStatement("skip($L)", task)
                        .endControlFlow();
            }
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
        String caller = addCall(number, task, call, methods);
        put.on(number, taskMethods.put(task, methods));
        return caller;
    }

    private String addCall(int number, TaskModel task, Dispatch call, List<MethodSpec> methods) {
        MethodSpec method = taskMethods.managed(task);
        methods.add(method);
        call.on(number, valueOf(method, callOf(method)));
        return method.name();
    }

    /** A call with arguments that have the names of the parameters; what is undone comes as an element. */
    static CodeBlock callOf(MethodSpec method) {
        return CodeBlock.of(
                "$N($L)",
                method,
                method.parameters().stream()
                        .map(parameter -> parameter.type().equals(RuntimeTypes.UNDONE_ELEMENT)
                                ? CodeBlock.of("($T) $N", parameter.type(), parameter)
                                : CodeBlock.of("$N", parameter))
                        .collect(CodeBlock.joining(", ")));
    }

    static CodeBlock valueOf(MethodSpec method, CodeBlock call) {
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
        dispatch.on(number, valueOf(method, callOf(method)));
    }

    private void addKey(int number, TaskModel task, Dispatch dispatch) {
        PolicyModel.Idempotent idempotent = task.policies().idempotent();
        if (idempotent != null) {
            dispatch.on(number, CodeBlock.of("$L;\n", arguments.templateParts(task, idempotent)));
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
                .addStatement("return new $T[] {$L}", Object.class, values)
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
