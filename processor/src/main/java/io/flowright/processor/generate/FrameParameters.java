package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/** What a frame is made from beside its flow: the inputs, their record, or, if they are many or alike, their builder. */
final class FrameParameters {

    private final Plan plan;
    private final NameAllocator names = new NameAllocator();
    private final List<ParameterSpec> specs;
    private final String flow;

    FrameParameters(Plan plan) {
        this.plan = plan;
        specs = specs(plan.flow());
        flow = names.newName("flow", "the flow");
    }

    private List<ParameterSpec> specs(FlowModel model) {
        TypeElement inputRecord = model.inputRecord();
        if (inputRecord != null) {
            return List.of(parameter(ClassName.get(inputRecord), recordName(inputRecord)));
        }
        if (!model.positional()) {
            return List.of(parameter(plan.names().inputs(), "inputs"));
        }
        return model.inputs().stream()
                .map(input -> parameter(TypeName.get(input.type()), input.name()))
                .toList();
    }

    private ParameterSpec parameter(TypeName type, String name) {
        return ParameterSpec.builder(type, names.newName(name, name)).build();
    }

    /** {@code orderInput} for {@code OrderInput}. */
    static String recordName(TypeElement inputRecord) {
        String name = inputRecord.getSimpleName().toString();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The parameters after the flow. */
    List<ParameterSpec> specs() {
        return specs;
    }

    /** The name of the parameter that is the flow. */
    String flow() {
        return flow;
    }

    /** A statement that must come first. */
    Optional<CodeBlock> check() {
        return plan.flow().inputRecord() == null
                ? Optional.empty()
                : Optional.of(CodeBlock.of("input($1N, $1S)", specs.get(0).name()));
    }

    /** The expression of an input's value. */
    CodeBlock valueOf(InputModel input) {
        if (plan.flow().inputRecord() != null) {
            return CodeBlock.of("$N.$L()", specs.get(0).name(), input.name());
        }
        return plan.flow().positional()
                ? CodeBlock.of("$L", names.get(input.name()))
                : CodeBlock.of("$N.$L", specs.get(0).name(), plan.names().setterField(input.name()));
    }
}
