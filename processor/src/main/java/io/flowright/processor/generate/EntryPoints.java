package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.TaskClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.lang.model.element.Modifier;

/** Writes how a flow is created and run: {@code create}, {@code run}, {@code runAsync}, {@code start}, {@code inputs}. */
final class EntryPoints {

    private final Plan plan;
    private final List<Start> starts;

    EntryPoints(Plan plan) {
        this.plan = plan;
        ClassName result = plan.names().result();
        starts = List.of(
                new Start("run", "execute", result, """
                        Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
                        If the calling thread is interrupted, the run is cancelled: this method throws a
                        {@code CancellationException}, and the thread's interrupt flag is set again."""),
                new Start(
                        "runAsync",
                        "executeAsync",
                        ParameterizedTypeName.get(ClassName.get(CompletableFuture.class), result),
                        "Starts the flow and promises its result."),
                new Start(
                        "start",
                        "launch",
                        ParameterizedTypeName.get(RuntimeTypes.RUN, result),
                        "Starts the flow and returns its run."));
    }

    /** The ways to start a run; the builder has the same ones. */
    List<Start> starts() {
        return starts;
    }

    /**
     * A way to start a run.
     *
     * @param name of the generated method
     * @param inherited the method of {@code TypedFlow} that does it
     */
    record Start(String name, String inherited, TypeName returns, String javadoc) {

        MethodSpec.Builder method() {
            return MethodSpec.methodBuilder(name)
                    .addModifiers(Modifier.PUBLIC)
                    .returns(returns)
                    .addJavadoc(javadoc);
        }
    }

    List<MethodSpec> methods() {
        List<MethodSpec> methods = new ArrayList<>(creators());
        for (Arguments arguments : signatures()) {
            for (Start start : starts) {
                methods.add(withoutOptions(start, arguments));
                methods.add(withOptions(start, arguments));
            }
        }
        if (plan.hasBuilder()) {
            methods.add(MethodSpec.methodBuilder("inputs")
                    .addModifiers(Modifier.PUBLIC)
                    .returns(plan.names().inputs())
                    .addJavadoc("Takes the inputs by name, then starts the flow.")
                    .addStatement("return new $T(this)", plan.names().inputs())
                    .build());
        }
        return methods;
    }

    private List<MethodSpec> creators() {
        NameAllocator names = new NameAllocator();
        List<ParameterSpec> parameters = new ArrayList<>();
        for (TaskClass taskClass : plan.flow().taskClasses()) {
            if (taskClass.instance()) {
                String name = names.newName(taskClass.parameter(), taskClass);
                parameters.add(ParameterSpec.builder(ClassName.get(taskClass.type()), name)
                        .build());
            }
        }
        String engine = names.newName("engine", "engine");
        ClassName flow = plan.names().flow();
        MethodSpec shared = creator("Creates the flow on the process-wide engine.")
                .addParameters(parameters)
                .addStatement("return create($L)", list(parameters, CodeBlock.of("$T.shared()", RuntimeTypes.ENGINE)))
                .build();
        MethodSpec.Builder given = creator("Creates the flow on an engine of your own.")
                .addParameters(parameters)
                .addParameter(RuntimeTypes.ENGINE, engine);
        List<CodeBlock> checked = new ArrayList<>();
        parameters.forEach(parameter ->
                checked.add(CodeBlock.of("$T.requireNonNull($N, $S)", Objects.class, parameter, parameter.name())));
        checked.add(CodeBlock.of("$T.requireNonNull($L, $S)", Objects.class, engine, engine));
        String created = names.newName("flow", "flow");
        given.addStatement("$1T $2L = new $1T($3L)", flow, created, CodeBlock.join(checked, ",$W"))
                .addStatement(
                        "$1L.register(new $2T($1L))", created, plan.names().recording())
                .addStatement("return $L", created);
        return List.of(constructor(parameters, engine), shared, given.build());
    }

    private MethodSpec.Builder creator(String javadoc) {
        return MethodSpec.methodBuilder("create")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(plan.names().flow())
                .addJavadoc(javadoc);
    }

    private MethodSpec constructor(List<ParameterSpec> parameters, String engine) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameters(parameters)
                .addParameter(RuntimeTypes.ENGINE, engine)
                .addStatement("super($T.GRAPH, $L)", plan.names().graph(), engine);
        int next = 0;
        for (TaskClass taskClass : plan.flow().taskClasses()) {
            if (taskClass.instance()) {
                constructor.addStatement("this.$L = $N", plan.instance(taskClass), parameters.get(next++));
            }
        }
        return constructor.build();
    }

    private static CodeBlock list(List<ParameterSpec> parameters, CodeBlock last) {
        List<CodeBlock> all = new ArrayList<>();
        parameters.forEach(parameter -> all.add(CodeBlock.of("$N", parameter)));
        all.add(last);
        return CodeBlock.join(all, ",$W");
    }

    /** The parameters of a way to run, and what the frame is made from. */
    private record Arguments(List<ParameterSpec> parameters, List<CodeBlock> frame) {

        Arguments(List<ParameterSpec> parameters) {
            this(
                    parameters,
                    parameters.stream()
                            .map(parameter -> CodeBlock.of("$N", parameter))
                            .toList());
        }
    }

    private List<Arguments> signatures() {
        FlowModel flow = plan.flow();
        if (flow.inputRecord() == null) {
            return flow.positional() ? List.of(new Arguments(positional())) : List.of();
        }
        Arguments whole = new Arguments(new FrameParameters(plan).specs());
        if (!flow.positional() || flow.inputs().isEmpty()) {
            return List.of(whole);
        }
        List<ParameterSpec> components = positional();
        if (clashes(components, whole.parameters().get(0).type())) {
            return List.of(whole);
        }
        CodeBlock made = CodeBlock.of(
                "new $T($L)",
                ClassName.get(flow.inputRecord()),
                components.stream()
                        .map(component -> CodeBlock.of("$N", component))
                        .collect(CodeBlock.joining(",$W")));
        return List.of(whole, new Arguments(components, List.of(made)));
    }

    /** Whether the components of a record that holds one of its own kind are the parameters of the other methods. */
    private static boolean clashes(List<ParameterSpec> components, TypeName inputRecord) {
        List<TypeName> types = components.stream().map(ParameterSpec::type).toList();
        return types.equals(List.of(inputRecord)) || types.equals(List.of(RuntimeTypes.RUN_OPTIONS, inputRecord));
    }

    private List<ParameterSpec> positional() {
        NameAllocator names = new NameAllocator();
        FlowNames.CALLED_CLASSES.forEach(name -> names.newName(name, "class " + name));
        List<ParameterSpec> parameters = new ArrayList<>();
        for (InputModel input : plan.flow().inputs()) {
            parameters.add(ParameterSpec.builder(TypeName.get(input.type()), names.newName(input.name(), input))
                    .build());
        }
        return parameters;
    }

    private MethodSpec withoutOptions(Start start, Arguments arguments) {
        List<CodeBlock> values = new ArrayList<>();
        values.add(CodeBlock.of("$T.none()", RuntimeTypes.RUN_OPTIONS));
        arguments.parameters().forEach(parameter -> values.add(CodeBlock.of("$N", parameter)));
        return start.method()
                .addParameters(arguments.parameters())
                .addStatement("return $L($L)", start.name(), CodeBlock.join(values, ",$W"))
                .build();
    }

    private MethodSpec withOptions(Start start, Arguments arguments) {
        NameAllocator names = new NameAllocator();
        arguments.parameters().forEach(parameter -> names.newName(parameter.name(), parameter));
        String options = names.newName("options", "options");
        List<CodeBlock> values = new ArrayList<>();
        values.add(CodeBlock.of("this"));
        values.addAll(arguments.frame());
        return start.method()
                .addParameter(RuntimeTypes.RUN_OPTIONS, options)
                .addParameters(arguments.parameters())
                .addStatement(
                        "return $L($L,$Wnew $T($L))",
                        start.inherited(),
                        options,
                        plan.names().frame(),
                        CodeBlock.join(values, ",$W"))
                .build();
    }
}
