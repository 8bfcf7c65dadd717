package io.flowright.processor.generate;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the class {@code Result}, which has an accessor for each kept value. */
final class ResultWriter {

    private static final String FRAME = "frame";

    /** {@code toString} names this many keys: a string constant has its limits, and so has a log line. */
    private static final int MOST_NAMED = 20;

    private final Plan plan;

    ResultWriter(Plan plan) {
        this.plan = plan;
    }

    TypeSpec write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(plan.names().result())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("What a run of the flow has made.")
                .addField(FieldSpec.builder(plan.names().frame(), FRAME, Modifier.PRIVATE, Modifier.FINAL)
                        .build())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(plan.names().frame(), FRAME)
                        .addStatement("this.$1L = $1L", FRAME)
                        .build());
        List<String> keys = new ArrayList<>();
        for (TaskModel task : plan.flow().tasks()) {
            for (KeyModel key : task.keys()) {
                Slot slot = plan.slotIfAny(key.name());
                if (slot != null && slot.keep()) {
                    keys.add(key.name());
                    type.addMethod(accessor(task, slot));
                }
            }
        }
        return type.addMethod(describe(keys)).build();
    }

    private MethodSpec accessor(TaskModel task, Slot slot) {
        CodeBlock method = plan.links().to(task);
        return MethodSpec.methodBuilder(slot.name())
                .addModifiers(Modifier.PUBLIC)
                .returns(TypeName.get(slot.type()))
                .addJavadoc(
                        task.result() == TaskModel.Result.COMPONENTS
                                ? CodeBlock.of("{@code $L} of what $L returned.", slot.name(), method)
                                : CodeBlock.of("What $L returned.", method))
                .addStatement("return $L.$L", FRAME, slot.field())
                .build();
    }

    private MethodSpec describe(List<String> keys) {
        String names = String.join(", ", keys.subList(0, Math.min(keys.size(), MOST_NAMED)));
        String more = keys.size() > MOST_NAMED ? ", ..." : "";
        return MethodSpec.methodBuilder("toString")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(String.class)
                .addJavadoc("Names the flow and its keys; values may be secrets.")
                .addStatement("return $S", "Result of flow '" + plan.flow().name() + "' [" + names + more + "]")
                .build();
    }
}
