package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;

/**
 * Writes the class {@code Graph}, which holds what the engine has to know of the flow. It is a class of its own because of
 * its many constants; in large flows it leaves the tasks to further classes.
 */
final class GraphWriter {

    private static final String GRAPH = "graph";
    private static final String FIELD = "GRAPH";

    /** A task whose calls fit is described in one line. */
    private static final int LINE_LENGTH = 100;

    private static final int NAMES_IN_A_LINE = 8;

    /** Calls take their names in groups: a fan-in of thousands in one call would fill a method. */
    private static final int NAMES_IN_A_CALL = 100;

    /** How many names the methods that build the graph mention at most; a name takes some 8 bytes. */
    private static final int NAMES_IN_A_METHOD = 1_500;

    private final Plan plan;
    private final String fingerprint;
    private final PolicyCode policyCode;

    GraphWriter(Plan plan, String fingerprint) {
        this.plan = plan;
        this.fingerprint = fingerprint;
        policyCode = new PolicyCode(plan.flow().name());
    }

    List<TypeSpec> write() {
        List<TypeSpec> types = new ArrayList<>();
        TypeSpec.Builder graph = TypeSpec.classBuilder(plan.names().graph())
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("What the engine knows of the flow.")
                .addField(FieldSpec.builder(RuntimeTypes.FLOW_GRAPH, FIELD, Modifier.STATIC, Modifier.FINAL)
                        .initializer("$L()", GRAPH)
                        .build());
        if (plan.layout().partitioned()) {
            CodeBlock.Builder parts = CodeBlock.builder();
            for (int part = 0; part < plan.layout().parts(); part++) {
                ClassName name = plan.names().nested("Graph" + part);
                parts.addStatement("$T.addTo($L)", name, GRAPH);
                types.add(part(name, part));
            }
            graph.addMethod(build(parts.build()));
        } else {
            List<MethodSpec> steps = new ArrayList<>();
            graph.addMethod(build(body(0, plan.methods().size(), steps))).addMethods(steps);
        }
        types.add(0, graph.build());
        return types;
    }

    private TypeSpec part(ClassName name, int part) {
        int first = plan.layout().firstOf(part);
        int end = plan.layout().firstOf(part + 1);
        List<MethodSpec> steps = new ArrayList<>();
        return TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addMethod(step("addTo", body(first, end, steps)))
                .addMethods(steps)
                .build();
    }

    /** The statements that add some methods; calls of {@code steps} if they are too many for one. */
    private CodeBlock body(int first, int end, List<MethodSpec> steps) {
        List<CodeBlock> blocks = statements(first, end);
        if (blocks.size() == 1) {
            return blocks.get(0);
        }
        CodeBlock.Builder calls = CodeBlock.builder();
        for (CodeBlock block : blocks) {
            String name = "addTasks" + steps.size();
            calls.addStatement("$L($L)", name, GRAPH);
            steps.add(step(name, block));
        }
        return calls.build();
    }

    private MethodSpec build(CodeBlock tasks) {
        FlowModel flow = plan.flow();
        MethodSpec.Builder method = MethodSpec.methodBuilder(GRAPH)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(RuntimeTypes.FLOW_GRAPH)
                .addStatement(
                        "$T $L = $T.builder($S, $S)",
                        RuntimeTypes.GRAPH_BUILDER,
                        GRAPH,
                        RuntimeTypes.FLOW_GRAPH,
                        flow.name(),
                        flow.version())
                .addStatement("$L.fingerprint($S)", GRAPH, fingerprint);
        if (!flow.onFailure().equals("DEFAULT")) {
            method.addStatement(
                    "$L.onFailure($T.$L)",
                    GRAPH,
                    ClassName.get("io.flowright.annotations", "OnFailure"),
                    flow.onFailure());
        }
        for (InputModel input : flow.inputs()) {
            method.addStatement("$L.input($S, $S)", GRAPH, input.name(), TypeNames.of(input.type()));
        }
        return method.addCode(tasks).addStatement("return $L.build()", GRAPH).build();
    }

    private MethodSpec step(String name, CodeBlock body) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .addParameter(RuntimeTypes.GRAPH_BUILDER, GRAPH)
                .addCode(body)
                .build();
    }

    /** The statements that add the tasks and compensations, as many in each block as one method may hold. */
    private List<CodeBlock> statements(int first, int end) {
        List<CodeBlock> methods = new ArrayList<>();
        CodeBlock.Builder current = CodeBlock.builder();
        int names = 0;
        for (int number = first; number < end; number++) {
            TaskModel task = plan.methods().get(number);
            List<String> required = new ArrayList<>(Uses.of(task));
            if (names > NAMES_IN_A_METHOD) {
                methods.add(current.build());
                current = CodeBlock.builder();
                names = 0;
            }
            names += 10 + required.size();
            addTask(current, task, required);
        }
        if (names > 0) {
            methods.add(current.build());
        }
        return methods;
    }

    private void addTask(CodeBlock.Builder code, TaskModel task, List<String> required) {
        List<String> calls = new ArrayList<>();
        CompensationModel compensation = plan.compensation(task);
        String kind = compensation == null ? "task" : "compensation";
        String name = compensation == null ? task.name() : compensation.of();
        calls.add(CodeBlock.of("$L.$L($L, $S)", GRAPH, kind, plan.names().task(name), task.displayName())
                .toString());
        int inFirstCall = Math.min(required.size(), NAMES_IN_A_CALL);
        addNames(calls, "requires", required.subList(0, inFirstCall));
        addNames(calls, "provides", task.keys().stream().map(KeyModel::name).toList());
        addNames(calls, "released", releasedBy(task));
        if (!task.taskClass().group().isEmpty()) {
            calls.add(".group(\"" + task.taskClass().group() + "\")");
        }
        if (compensation == null) {
            addForEach(calls, task);
            addTraits(calls, task);
        } else {
            addTraits(calls, compensation);
        }
        boolean oneLine = !task.policies().any()
                && calls.stream().mapToInt(String::length).sum() <= LINE_LENGTH;
        CodeBlock.Builder statement = CodeBlock.builder();
        for (String call : calls) {
            statement.add(statement.isEmpty() || oneLine ? "$L" : "\n$L", call);
        }
        policyCode.addTo(statement, task);
        code.addStatement(statement.build());
        for (int i = inFirstCall; i < required.size(); i += NAMES_IN_A_CALL) {
            List<String> group = required.subList(i, Math.min(required.size(), i + NAMES_IN_A_CALL));
            code.addStatement("$L.requires($L)", GRAPH, nameList(group));
        }
    }

    private void addNames(List<String> calls, String method, List<String> names) {
        if (!names.isEmpty()) {
            calls.add("." + method + "(" + nameList(names) + ")");
        }
    }

    private List<String> releasedBy(TaskModel task) {
        return task.keys().stream()
                .map(key -> plan.slotIfAny(key.name()))
                .filter(slot -> slot != null && slot.released())
                .map(Slot::name)
                .toList();
    }

    private void addForEach(List<String> calls, TaskModel task) {
        ControlModel.ForEach forEach = task.control().forEach();
        if (forEach == null) {
            return;
        }
        ParameterModel.Element element =
                (ParameterModel.Element) task.parameters().get(forEach.parameter());
        calls.add(".forEach(" + name(element.key().name()) + ")");
        if (forEach.maxConcurrency() > 0) {
            calls.add(".maxConcurrency(" + forEach.maxConcurrency() + ")");
        }
        if (forEach.quorum() > 0) {
            calls.add(".quorum(" + forEach.quorum() + ")");
        }
        if (forEach.collect()) {
            calls.add(".collect()");
        }
        if (forEach.optional()) {
            calls.add(".optionalResults()");
        }
        if (element.nullable()) {
            calls.add(".nullableElements()");
        }
    }

    private void addTraits(List<String> calls, TaskModel task) {
        if (task.priority() != 0) {
            calls.add(".priority(" + task.priority() + ")");
        }
        for (ControlModel.Guard guard : task.control().guards()) {
            calls.add(".guard(" + name(guard.key().name()) + ", \"" + valuesOf(guard) + "\")");
        }
        if (plan.isConditional(task)) {
            calls.add(".conditional()");
        }
        if (task.control().optional()) {
            calls.add(".optional()");
        }
        switch (task.control().recorded()) {
            case NOTHING -> calls.add(".pure()");
            case HASH -> calls.add(".hashed()");
            case START -> calls.add(".once()");
            case RESULT -> {}
        }
        if (task.managed()) {
            calls.add(task.stage() ? ".stage()" : ".managed()");
        }
        boolean isVoid = task.resultType().getKind() == TypeKind.VOID;
        // A record that is taken apart is never null.
        if (isVoid || task.nullable() && task.result() == TaskModel.Result.VALUE) {
            calls.add(".nullable()");
        }
    }

    private static void addTraits(List<String> calls, CompensationModel compensation) {
        if (compensation.started()) {
            calls.add(".started()");
        }
        if (compensation.task().stage()) {
            calls.add(".stage()");
        }
        ControlModel.ForEach forEach = compensation.task().control().forEach();
        if (forEach != null && forEach.maxConcurrency() > 0) {
            calls.add(".maxConcurrency(" + forEach.maxConcurrency() + ")");
        }
    }

    /** With which values of its key a guard lets the task run, for people: {@code RESTART or ROLLBACK}, {@code false}. */
    static String valuesOf(ControlModel.Guard guard) {
        if (guard.constants().isEmpty()) {
            return String.valueOf(!guard.negated());
        }
        String values =
                guard.constants().stream().map(ControlModel.Constant::name).collect(Collectors.joining(" or "));
        return guard.negated() ? "not " + values : values;
    }

    private String nameList(List<String> names) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                list.append(i % NAMES_IN_A_LINE == 0 ? ",\n" : ", ");
            }
            list.append(name(names.get(i)));
        }
        return list.toString();
    }

    private String name(String name) {
        return plan.names().nameOf(name);
    }
}
