package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskModel;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Writes the classes {@code Keys} and {@code Tasks}, a constant for everything that names a key or a task at run time. */
final class ConstantsWriter {

    private final Plan plan;

    ConstantsWriter(Plan plan) {
        this.plan = plan;
    }

    TypeSpec keys() {
        TypeSpec.Builder type = holder(plan.names().keys(), "The names of the keys.");
        Map<String, CodeBlock.Builder> keys = new LinkedHashMap<>();
        for (TaskModel task : plan.flow().tasks()) {
            for (KeyModel key : task.keys()) {
                CodeBlock.Builder javadoc = keys.computeIfAbsent(key.name(), name -> CodeBlock.builder());
                javadoc.add(javadoc.isEmpty() ? "$L" : "\n$L", about(task));
            }
        }
        keys.forEach((key, javadoc) -> type.addField(constant(plan.names().keyConstant(key), key, javadoc.build())));
        return type.build();
    }

    private CodeBlock about(TaskModel task) {
        return task.result() == TaskModel.Result.ORDER
                ? CodeBlock.of(
                        "There once $L has run; carries no value.", plan.links().to(task))
                : CodeBlock.of("From $L.", plan.links().to(task));
    }

    TypeSpec tasks() {
        TypeSpec.Builder type = holder(plan.names().tasks(), "The names of the tasks.");
        for (TaskModel task : plan.flow().tasks()) {
            CodeBlock javadoc = CodeBlock.of("$L.", plan.links().to(task));
            type.addField(constant(plan.names().taskConstant(task.name()), task.name(), javadoc));
        }
        return type.build();
    }

    private static TypeSpec.Builder holder(ClassName name, String javadoc) {
        return TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(javadoc)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
    }

    private static FieldSpec constant(String name, String value, CodeBlock javadoc) {
        return FieldSpec.builder(String.class, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(javadoc)
                .initializer("$S", value)
                .build();
    }
}
