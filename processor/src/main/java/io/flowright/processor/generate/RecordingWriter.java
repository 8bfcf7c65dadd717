package io.flowright.processor.generate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Writes the class {@code Recording}: the types of what an engine with a store records, and new frames for runs that it finds there. In
 * large flows it is a chain of classes, as the frame is.
 */
final class RecordingWriter {

    private static final TypeName TYPES = ArrayTypeName.of(java.lang.reflect.Type.class);
    private static final String FLOW = "flow";
    private static final String INPUTS = "inputs";
    private static final String VALUES = "values";

    private final Plan plan;
    private final RecordedTypes types;

    /** The code of each list of types, so that tasks whose lists are equal have the same. */
    private final Map<String, CodeBlock> lists = new HashMap<>();

    RecordingWriter(Plan plan, RecordedTypes types) {
        this.plan = plan;
        this.types = types;
    }

    /** The classes, superclasses first. */
    List<TypeSpec> write() {
        List<TypeSpec.Builder> parts = new ArrayList<>();
        TypeName base = ParameterizedTypeName.get(
                RuntimeTypes.FLOW_RECORDING, plan.names().result());
        for (int part = 0; part < plan.layout().parts(); part++) {
            boolean last = part == plan.layout().parts() - 1;
            ClassName name = last ? plan.names().recording() : plan.names().nested("Recording" + part);
            parts.add(TypeSpec.classBuilder(name)
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC, last ? Modifier.FINAL : Modifier.ABSTRACT)
                    .superclass(base));
            base = name;
        }
        TypeSpec.Builder recording = parts.get(parts.size() - 1);
        recording
                .addJavadoc("What an engine with a store knows of the flow.")
                .addField(FieldSpec.builder(plan.names().flow(), FLOW, Modifier.PRIVATE, Modifier.FINAL)
                        .build())
                .addMethod(MethodSpec.constructorBuilder()
                        .addParameter(plan.names().flow(), FLOW)
                        .addStatement("this.$1L = $1L", FLOW)
                        .build())
                .addMethod(inputs());
        addResults(parts);
        recording.addMethod(frame());
        return parts.stream().map(TypeSpec.Builder::build).toList();
    }

    private MethodSpec inputs() {
        List<TypeMirror> given =
                plan.flow().inputs().stream().map(InputModel::type).toList();
        return overriding(INPUTS)
                .returns(TYPES)
                .addCode("return $L", list(given))
                .build();
    }

    private void addResults(List<TypeSpec.Builder> parts) {
        MethodSpec signature = MethodSpec.methodBuilder("results")
                .returns(TYPES)
                .addParameter(int.class, FrameNames.TASK)
                .build();
        Dispatch results = new Dispatch(signature, plan.layout(), plan.frameNames(), list(List.of()));
        for (int task = 0; task < plan.tasks().size(); task++) {
            List<TypeMirror> given = resultsOf(plan.tasks().get(task));
            if (!given.isEmpty()) {
                results.on(task, list(given));
            }
        }
        if (results.isEmpty()) {
            parts.get(parts.size() - 1)
                    .addMethod(overriding("results")
                            .returns(TYPES)
                            .addParameter(int.class, FrameNames.TASK)
                            .addCode("return $L", list(List.of()))
                            .build());
            return;
        }
        results.methods().forEach(method -> parts.get(method.part()).addMethod(method.method()));
    }

    private static List<TypeMirror> resultsOf(TaskModel task) {
        List<TypeMirror> given = task.keys().stream()
                .map(KeyModel::type)
                .filter(type -> type.getKind() != TypeKind.VOID)
                .toList();
        return given.isEmpty() || task.control().forEach() == null ? given : List.of(task.elementResult());
    }

    /** The array, and the end of the statement. */
    private CodeBlock list(List<TypeMirror> given) {
        List<RecordedType> read = given.stream().map(types::of).toList();
        String text = read.stream().map(RecordedType::text).collect(Collectors.joining(";"));
        return lists.computeIfAbsent(
                text,
                unused -> read.isEmpty()
                        ? CodeBlock.of("nothing();\n")
                        : CodeBlock.of(
                                "types($L);\n",
                                read.stream().map(RecordedType::code).collect(CodeBlock.joining(",$W"))));
    }

    private MethodSpec frame() {
        MethodSpec.Builder method =
                overriding("frame").returns(plan.names().frame()).addParameter(ArrayTypeName.of(Object.class), INPUTS);
        List<InputModel> inputs = plan.flow().inputs();
        if (inputs.stream().anyMatch(input -> TypeTraits.unchecked(input.type()))) {
            method.addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "$S", "unchecked")
                    .build());
        }
        List<CodeBlock> given = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            given.add(input(inputs.get(i), i));
        }
        CodeBlock list = CodeBlock.join(given, ",$W");
        ClassName frame = plan.names().frame();
        if (plan.flow().inputRecord() != null) {
            ClassName inputRecord = ClassName.get(plan.flow().inputRecord());
            return method.addStatement("return new $T($L,$Wnew $T($L))", frame, FLOW, inputRecord, list)
                    .build();
        }
        if (plan.flow().positional()) {
            return method.addStatement(
                            inputs.isEmpty() ? "return new $T($L$L)" : "return new $T($L,$W$L)", frame, FLOW, list)
                    .build();
        }
        method.addStatement("$1T $2L = new $1T($3L)", plan.names().inputs(), VALUES, FLOW);
        for (int i = 0; i < inputs.size(); i++) {
            String field = plan.names().setterField(inputs.get(i).name());
            method.addStatement("$L.$L = $L", VALUES, field, given.get(i));
        }
        return method.addStatement("return new $T($L, $L)", frame, FLOW, VALUES).build();
    }

    private static CodeBlock input(InputModel input, int index) {
        TypeName type = TypeName.get(input.type());
        return type.equals(ClassName.OBJECT)
                ? CodeBlock.of("$L[$L]", INPUTS, index)
                : CodeBlock.of("($T) $L[$L]", type, INPUTS, index);
    }

    private static MethodSpec.Builder overriding(String name) {
        return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
    }
}
