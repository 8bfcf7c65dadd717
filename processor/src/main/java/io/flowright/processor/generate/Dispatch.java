package io.flowright.processor.generate;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.Modifier;

/**
 * A method of the frame that tells tasks apart by their numbers: a switch, and in large flows a switch over methods with
 * such a switch each.
 */
final class Dispatch {

    private final MethodSpec signature;
    private final Layout layout;
    private final FrameNames names;
    private final CodeBlock otherwise;
    private final SortedMap<Integer, CodeBlock> cases = new TreeMap<>();

    /** @param signature the overridden method of {@code FlowFrame}; its first parameter is the task's number */
    Dispatch(MethodSpec signature, Layout layout, FrameNames names) {
        this(signature, layout, names, CodeBlock.of("throw noSuchTask($L);\n", FrameNames.TASK));
    }

    /** @param otherwise what happens for a task that has no case */
    Dispatch(MethodSpec signature, Layout layout, FrameNames names, CodeBlock otherwise) {
        this.signature = signature;
        this.layout = layout;
        this.names = names;
        this.otherwise = otherwise;
    }

    /**
     * What happens for a task: an expression, or a block (which yields a value unless the method is void). Tasks that are given the very
     * same object share a case.
     */
    void on(int task, CodeBlock code) {
        cases.put(task, code);
    }

    boolean isEmpty() {
        return cases.isEmpty();
    }

    /** The methods, each with the number of the part that it belongs to; the override itself comes last. */
    List<Placed> methods() {
        List<Placed> methods = new ArrayList<>();
        if (!layout.chunked()) {
            methods.add(new Placed(layout.parts() - 1, override(choose(FrameNames.TASK, cases))));
            return methods;
        }
        SortedMap<Integer, SortedMap<Integer, CodeBlock>> chunks = new TreeMap<>();
        cases.forEach((task, code) -> chunks.computeIfAbsent(layout.chunkOf(task), chunk -> new TreeMap<>())
                .put(task, code));
        SortedMap<Integer, CodeBlock> calls = new TreeMap<>();
        chunks.forEach((chunk, members) -> {
            String name = names.method(signature.name() + chunk);
            methods.add(new Placed(layout.partOfChunk(chunk), chunkMethod(name, choose(FrameNames.TASK, members))));
            calls.put(chunk, CodeBlock.of("$L($L);\n", name, arguments()));
        });
        methods.add(new Placed(layout.parts() - 1, override(choose(layout.chunkOf(FrameNames.TASK), calls))));
        return methods;
    }

    private CodeBlock arguments() {
        return signature.parameters().stream()
                .map(parameter -> CodeBlock.of("$N", parameter.name()))
                .collect(CodeBlock.joining(", "));
    }

    private CodeBlock choose(String selector, Map<Integer, CodeBlock> branches) {
        boolean expression = !signature.returnType().equals(TypeName.VOID);
        CodeBlock.Builder code = CodeBlock.builder();
        code.add(expression ? "return switch ($L) {\n$>" : "switch ($L) {\n$>", selector);
        addCases(code, branches);
        code.add("default -> $L", otherwise);
        return code.add(expression ? "$<};\n" : "$<}\n").build();
    }

    private static void addCases(CodeBlock.Builder code, Map<Integer, CodeBlock> branches) {
        IdentityHashMap<CodeBlock, List<CodeBlock>> numbers = new IdentityHashMap<>();
        List<CodeBlock> distinct = new ArrayList<>();
        branches.forEach((number, branch) -> {
            List<CodeBlock> alike = numbers.computeIfAbsent(branch, unused -> new ArrayList<>(1));
            if (alike.isEmpty()) {
                distinct.add(branch);
            }
            alike.add(CodeBlock.of("$L", number));
        });
        for (CodeBlock branch : distinct) {
            code.add("case $L -> $L", CodeBlock.join(Objects.requireNonNull(numbers.get(branch)), ",$W"), branch);
        }
    }

    private MethodSpec override(CodeBlock body) {
        return MethodSpec.methodBuilder(signature.name())
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(signature.returnType())
                .addParameters(signature.parameters())
                .addExceptions(signature.exceptions())
                .addCode(body)
                .build();
    }

    private MethodSpec chunkMethod(String name, CodeBlock body) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .returns(signature.returnType())
                .addExceptions(signature.exceptions())
                .addCode(body);
        for (ParameterSpec parameter : signature.parameters()) {
            method.addParameter(parameter);
        }
        if (!layout.partitioned()) {
            method.addModifiers(Modifier.PRIVATE);
        }
        return method.build();
    }

    /** A method and the part of the frame that it belongs to. */
    record Placed(int part, MethodSpec method) {}
}
