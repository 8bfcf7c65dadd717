package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.flowright.processor.model.GroupPath;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Writes the class {@code Result}, which has an accessor for each kept value, and one such class for each group. */
final class ResultWriter {

    private static final String FRAME = "frame";

    /** {@code toString} names this many keys: a string constant has its limits, and so has a log line. */
    private static final int MOST_NAMED = 20;

    private final Plan plan;

    /** By the path of the group; the flow's own has the empty one. */
    private final Map<String, Part> parts = new LinkedHashMap<>();

    ResultWriter(Plan plan) {
        this.plan = plan;
    }

    /**
     * The result of the flow, or of a group.
     *
     * @param keys all that it has, under the names that they have in it
     */
    private record Part(ClassName name, TypeSpec.Builder type, List<String> keys) {}

    /** The class {@code Result} comes first. */
    List<TypeSpec> write() {
        part("");
        Map<String, List<TaskModel>> providers = new LinkedHashMap<>();
        for (TaskModel task : plan.flow().tasks()) {
            for (KeyModel key : task.keys()) {
                providers
                        .computeIfAbsent(key.name(), name -> new ArrayList<>(1))
                        .add(task);
            }
        }
        providers.forEach((key, tasks) -> {
            Slot slot = plan.slotIfAny(key);
            if (slot != null && slot.keep()) {
                add(tasks, slot);
            }
        });
        List<TypeSpec> types = new ArrayList<>();
        parts.forEach((group, part) ->
                types.add(part.type().addMethod(describe(group, part.keys())).build()));
        return types;
    }

    private void add(List<TaskModel> tasks, Slot slot) {
        String group = GroupPath.group(slot.name());
        part(group).type().addMethod(accessor(tasks, slot));
        String name = GroupPath.last(slot.name());
        for (String around = group; !around.isEmpty(); around = GroupPath.group(around)) {
            part(around).keys().add(name);
            name = GroupPath.join(GroupPath.last(around), name);
        }
        part("").keys().add(name);
    }

    /** The class of a group; the first time it also gets an accessor in the one around it. */
    private Part part(String group) {
        Part known = parts.get(group);
        if (known != null) {
            return known;
        }
        ClassName name = group.isEmpty() ? plan.names().result() : plan.names().groupResult(group);
        Part part = new Part(name, type(group, name), new ArrayList<>());
        if (!group.isEmpty()) {
            part(GroupPath.group(group)).type().addMethod(accessor(group, name));
        }
        parts.put(group, part);
        return part;
    }

    private TypeSpec.Builder type(String group, ClassName name) {
        ClassName frame = plan.names().frame();
        TypeSpec.Builder type =
                TypeSpec.classBuilder(name).addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL);
        if (group.isEmpty()) {
            type.addJavadoc("What a run of the flow has made.");
        } else {
            type.addJavadoc("What the group {@code $L} has made in a run of the flow.", group);
        }
        return type.addField(FieldSpec.builder(frame, FRAME, Modifier.PRIVATE, Modifier.FINAL)
                        .build())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(frame, FRAME)
                        .addStatement("this.$1L = $1L", FRAME)
                        .build());
    }

    private static MethodSpec accessor(String group, ClassName type) {
        return MethodSpec.methodBuilder(GroupPath.last(group))
                .addModifiers(Modifier.PUBLIC)
                .returns(type)
                .addJavadoc("What the group {@code $L} has made.", group)
                .addStatement("return new $T($L)", type, FRAME)
                .build();
    }

    private MethodSpec accessor(List<TaskModel> tasks, Slot slot) {
        MethodSpec.Builder accessor = MethodSpec.methodBuilder(GroupPath.last(slot.name()))
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(about(tasks, slot))
                .addStatement("$L.requireWanted($L)", FRAME, slot.task());
        if (slot.presence() == null) {
            return accessor.returns(TypeName.get(slot.type()))
                    .addStatement("return $L.$L", FRAME, slot.field())
                    .build();
        }
        return accessor.returns(ParameterizedTypeName.get(
                        ClassName.get(Optional.class), TypeName.get(slot.type()).box()))
                .addStatement(
                        "return $1L.$2L ? $3T.$4L($1L.$5L) : $3T.empty()",
                        FRAME,
                        slot.presence(),
                        Optional.class,
                        slot.mayBeNull() ? "ofNullable" : "of",
                        slot.field())
                .build();
    }

    private CodeBlock about(List<TaskModel> tasks, Slot slot) {
        CodeBlock methods = tasks.stream().map(task -> plan.links().to(task)).collect(CodeBlock.joining(" or "));
        String text =
                tasks.get(0).control().forEach() == null ? "What $L returned" : "What $L returned for each element";
        CodeBlock value = tasks.get(0).result() == TaskModel.Result.COMPONENTS
                ? CodeBlock.of("{@code $L} of what $L returned", component(tasks.get(0), slot), methods)
                : CodeBlock.of(text, methods);
        return CodeBlock.of(slot.presence() == null ? "$L." : "$L; empty where it is absent.", value);
    }

    private static String component(TaskModel task, Slot slot) {
        return task.keys().stream()
                .filter(key -> key.name().equals(slot.name()))
                .findFirst()
                .orElseThrow()
                .inside();
    }

    private MethodSpec describe(String group, List<String> keys) {
        String names = String.join(", ", keys.subList(0, Math.min(keys.size(), MOST_NAMED)));
        String more = keys.size() > MOST_NAMED ? ", ..." : "";
        String owner = (group.isEmpty() ? "" : "group '" + group + "' of ") + "flow '"
                + plan.flow().name() + "'";
        return MethodSpec.methodBuilder("toString")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(String.class)
                .addJavadoc("Names the $L and its keys; values may be secrets.", group.isEmpty() ? "flow" : "group")
                .addStatement("return $S", "Result of " + owner + " [" + names + more + "]")
                .build();
    }
}
