package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.flowright.processor.model.InputModel;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the class {@code Inputs}, which takes the inputs of a run by name. */
final class InputsWriter {

    private static final String FRAME = "frame";
    private static final String OPTIONS = "options";

    private final Plan plan;
    private final EntryPoints entryPoints;

    InputsWriter(Plan plan, EntryPoints entryPoints) {
        this.plan = plan;
        this.entryPoints = entryPoints;
    }

    TypeSpec write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(plan.names().inputs())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The inputs of a run, by name. For use by one thread, once.")
                .addField(FieldSpec.builder(plan.names().flow(), FlowNames.FLOW, Modifier.PRIVATE, Modifier.FINAL)
                        .build());
        for (InputModel input : plan.flow().inputs()) {
            type.addField(TypeName.get(input.type()).box(), plan.names().setterField(input.name()), Modifier.PRIVATE);
        }
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(plan.names().flow(), FlowNames.FLOW)
                .addStatement("this.$1L = $1L", FlowNames.FLOW)
                .build());
        plan.flow().inputs().forEach(input -> type.addMethod(setter(input)));
        for (EntryPoints.Start start : entryPoints.starts()) {
            type.addMethod(start.method()
                    .addStatement("return $L($T.none())", start.name(), RuntimeTypes.RUN_OPTIONS)
                    .build());
            type.addMethod(start.method()
                    .addParameter(RuntimeTypes.RUN_OPTIONS, OPTIONS)
                    .addStatement("return $L.$L($L, $L())", FlowNames.FLOW, start.inherited(), OPTIONS, FRAME)
                    .build());
        }
        return type.addMethod(frame()).build();
    }

    private MethodSpec setter(InputModel input) {
        return MethodSpec.methodBuilder(plan.names().setter(input.name()))
                .addModifiers(Modifier.PUBLIC)
                .returns(plan.names().inputs())
                .addParameter(TypeName.get(input.type()), input.name())
                .addJavadoc(
                        input.nullable() ? "Sets {@code $L}, which may be left out." : "Sets {@code $L}.", input.name())
                .addStatement("this.$L = $L", plan.names().setterField(input.name()), input.name())
                .addStatement("return this")
                .build();
    }

    private MethodSpec frame() {
        ClassName frame = plan.names().frame();
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(FRAME).addModifiers(Modifier.PRIVATE).returns(frame);
        method.addStatement("$T<$T> $L = new $T<>()", List.class, String.class, FlowNames.MISSING, ArrayList.class);
        for (InputModel input : plan.flow().inputs()) {
            if (!input.nullable()) {
                method.beginControlFlow("if ($L == null)", plan.names().setterField(input.name()))
                        .addStatement("$L.add($S)", FlowNames.MISSING, input.name())
                        .endControlFlow();
            }
        }
        method.beginControlFlow("if (!$L.isEmpty())", FlowNames.MISSING)
                .addStatement(
                        "throw new $T($S$W+ $T.join($S, $L))",
                        IllegalStateException.class,
                        "Flow '" + plan.flow().name() + "' has no value for the inputs: ",
                        String.class,
                        ", ",
                        FlowNames.MISSING)
                .endControlFlow();
        CodeBlock values = plan.flow().positional()
                ? plan.flow().inputs().stream()
                        .map(input -> CodeBlock.of("$L", plan.names().setterField(input.name())))
                        .collect(CodeBlock.joining(",$W"))
                : CodeBlock.of("this");
        return method.addStatement("return new $T($L,$W$L)", frame, FlowNames.FLOW, values)
                .build();
    }
}
