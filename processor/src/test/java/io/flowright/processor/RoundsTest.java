package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flows that use what another processor generates, and what comes from class files. */
class RoundsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aTypeThatAnotherProcessorGeneratesIsWaitedFor(Compiler compiler) {
        Compilation compilation = compile(
                compiler,
                """
                @Provides Parcel parcel(@Input Address address) { return new Parcel(); }
                @Task @Idempotent("{parcel.id}") @Retry(on = Lost.class)
                void ship(@Requires Parcel parcel, @Requires("names") java.util.List<Address> addresses) throws Lost {}
                @Provides java.util.List<Address> names() { return null; }
                """,
                new Generator(1, "Parcel", "public class Parcel { public String getId() { return \"\"; } }"),
                new Generator(2, "Address", "public class Address {}"),
                new Generator(1, "Lost", "public class Lost extends Exception {}"));

        assertThat(compilation.ours()).isEmpty();
        assertThat(compilation.success()).isTrue();
        assertThat(compilation.generated().resolve("shop/OrderFlow.java")).exists();
    }

    @ParameterizedTest
    @EnumSource
    void aGeneratedConstantIsWaitedFor(Compiler compiler) throws IOException {
        Compilation compilation = compile(
                compiler,
                "@Provides(Names.ORDER) int load() { return 1; } @Task void use(@Requires int order) {}",
                new Generator(1, "Names", "class Names { static final String ORDER = \"order\"; }"));

        assertThat(compilation.ours()).isEmpty();
        assertThat(Files.readString(compilation.generated().resolve("shop/OrderFlow.java")))
                .contains("\"order\"");
    }

    @ParameterizedTest
    @EnumSource
    void aGeneratedClassCanBeIncludedAndBeTheInput(Compiler compiler) {
        Compilation compilation = compile(
                compiler,
                List.of(flow("@Flow(include = Second.class, input = Order.class)", "@Task void a(@Input int x) {}")),
                new Generator(1, "Second", "class Second { @io.flowright.annotations.Task void b() {} }"),
                new Generator(1, "Order", "record Order(int x) {}"));

        assertThat(compilation.ours()).isEmpty();
        assertThat(compilation.success()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aGeneratedClassCanBeAGroupOfAGeneratedName(Compiler compiler) throws IOException {
        // Of repeated annotations javac makes the container at once, and fails where a name is not known yet.
        String includes = "@Flow @Include.All({@Include(value = Second.class, as = Names.ONE),"
                + " @Include(value = Second.class, as = \"two\")})";
        Compilation compilation = compile(
                compiler,
                List.of(flow(includes, "@Task void a() {}")),
                new Generator(1, "Names", "class Names { static final String ONE = \"one\"; }"),
                new Generator(2, "Second", "class Second { @io.flowright.annotations.Task void b() {} }"));

        assertThat(compilation.ours()).isEmpty();
        assertThat(compilation.success()).as(compilation.found().toString()).isTrue();
        assertThat(Files.readString(compilation.generated().resolve("shop/OrderFlow.java")))
                .contains("\"one.b\"")
                .contains("\"two.b\"");
    }

    @ParameterizedTest
    @EnumSource
    void aTypeThatNobodyGeneratesIsReportedOnce(Compiler compiler) {
        Compilation compilation = compile(
                compiler,
                "@Provides Parcel parcel(@Input int x) { return null; } @Task void a(@Requires Parcel parcel) {}");

        assertThat(compilation.ids()).containsExactly("unresolved-type");
        assertThat(compilation.ours().get(0).line()).isEqualTo(4);
    }

    @Test
    void whatUsesAFlowThatCouldNeverBeReadGetsNoFurtherMessage() {
        Compilation compilation = compile(
                Compiler.JAVAC,
                List.of(
                        flow("@Flow", "@Provides Parcel parcel() { return null; }"),
                        Source.of(
                                "package shop;\n\nclass Use { int n = OrderFlow.create(new OrderTasks()).hashCode(); }\n")));

        assertThat(compilation.ids()).containsExactly("unresolved-type");
        assertThat(compilation.others())
                .singleElement()
                .satisfies(found ->
                        assertThat(found.text()).contains("cannot find symbol").contains("Parcel"));
    }

    @ParameterizedTest
    @EnumSource
    void aPropertyThatNobodyAddsIsReportedInTheEnd(Compiler compiler) {
        Compilation compilation = compile(compiler, """
                @interface Data {}
                @Data record Order(String id) {}
                @Task @Idempotent("{order.number}") void charge(@Input Order order) {}
                """);

        assertThat(compilation.ids()).containsExactly("bad-key-template");
    }

    @ParameterizedTest
    @EnumSource
    void aFlowThatIsGeneratedItselfIsFound(Compiler compiler) {
        Compilation compilation = compile(
                compiler,
                List.of(Source.of("package shop;\n\n@Deprecated\nclass Empty {}\n")),
                new Generator(
                        1,
                        "StockTasks",
                        "@io.flowright.annotations.Flow class StockTasks { @io.flowright.annotations.Task void a() {} }"));

        assertThat(compilation.generated().resolve("shop/StockFlow.java")).exists();
    }

    @ParameterizedTest
    @EnumSource
    void theTasksOfAClassFileComeByName(Compiler compiler) throws IOException {
        Path jar = jar(compiler, """
                package parts;

                import io.flowright.annotations.*;

                public class Parts {
                    @Task public void zebra(@Input int z) {}
                    @Task public void apple(@Input("a") int y) {}
                    @Task public void apple2(@Input("b") int y) {}
                }
                """, "-g");
        Compilation compilation = compiler.compile(
                directory.resolve("main"),
                List.of(flow("@Flow(include = parts.Parts.class)", "")),
                List.of(jar),
                List.of(new FlowrightProcessor()));

        assertThat(compilation.ours()).isEmpty();
        assertThat(Files.readString(compilation.generated().resolve("shop/OrderFlow.java")))
                .containsSubsequence("\"apple\"", "\"apple2\"", "\"zebra\"");
    }

    @ParameterizedTest
    @EnumSource
    void aMistakeInAClassFileIsReportedOnTheFlowClass(Compiler compiler) {
        Path jar = jar(
                compiler,
                "package parts;\n\npublic class Parts { @io.flowright.annotations.Task public int lost() { return 1; } }\n");
        Compilation compilation = compiler.compile(
                directory.resolve("main"),
                List.of(flow("@Flow(include = parts.Parts.class)", "")),
                List.of(jar),
                List.of(new FlowrightProcessor()));

        assertThat(compilation.ids()).containsExactly("lost-value");
        assertThat(compilation.ours().get(0).file()).isEqualTo("OrderTasks.java");
        assertThat(compilation.ours().get(0).text()).contains("Parts.lost returns int");
    }

    @ParameterizedTest
    @EnumSource
    void nullnessOfAClassFileIsUnknownWhereTheCompilerHidesIt(Compiler compiler) {
        Path jar = jar(compiler, """
                package parts;

                import io.flowright.annotations.*;
                import org.jspecify.annotations.Nullable;

                public class Parts {
                    @Provides public @Nullable String note() { return null; }
                    @Task public void use(@Requires("own") @Nullable String own) {}
                }
                """, "-g");
        Compilation compilation = compiler.compile(
                directory.resolve("main"),
                List.of(flow(
                        "@Flow(include = parts.Parts.class)",
                        "@Provides @org.jspecify.annotations.Nullable String own() { return null; }"
                                + "@Task void take(@Requires @org.jspecify.annotations.Nullable String note) {}")),
                List.of(jar),
                List.of(new FlowrightProcessor()));

        assertThat(compilation.ours()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aClassFileThatIsMissingIsNoFaultOfTheProcessor(Compiler compiler) throws IOException {
        Path jar = compiler.compile(
                        directory.resolve("jar"),
                        List.of(
                                Source.of("package parts;\n\npublic class Base {}\n"),
                                Source.of("package parts;\n\npublic class Lost extends Base {}\n"),
                                Source.of("""
                                        package parts;

                                        import io.flowright.annotations.*;

                                        public class Parts {
                                            @Provides public Lost lost() { return null; }
                                            @Task public void take(@Requires("lost") Lost lost, @Requires("lost") Object any) {}
                                        }
                                        """)),
                        List.of(),
                        List.of())
                .classes();
        Files.delete(jar.resolve("parts/Lost.class"));
        Compilation compilation = compiler.compile(
                directory.resolve("main"),
                List.of(flow("@Flow(include = parts.Parts.class)", "")),
                List.of(jar),
                List.of(new FlowrightProcessor()));

        assertThat(compilation.ids()).containsExactly("unresolved-type");
    }

    private Path jar(Compiler compiler, String text, String... options) {
        return compiler.compile(directory.resolve("jar"), List.of(Source.of(text)), List.of(), List.of(), options)
                .classes();
    }

    private Compilation compile(Compiler compiler, String tasks, Generator... generators) {
        return compile(compiler, List.of(flow("@Flow", tasks)), generators);
    }

    private Compilation compile(Compiler compiler, List<Source> sources, Generator... generators) {
        List<Processor> processors = new ArrayList<>(List.of(generators));
        processors.add(0, new FlowrightProcessor());
        return compiler.compile(directory, sources, List.of(), processors);
    }

    /** With a foreign annotation: javac runs no further processor once all annotations are claimed. */
    private static Source flow(String annotation, String tasks) {
        return new Source(
                "shop/OrderTasks.java",
                "package shop;\n\nimport io.flowright.annotations.*;\n" + annotation
                        + " @SuppressWarnings(\"unused\") public class OrderTasks {" + tasks + "}\n");
    }

    /** Stands for any other processor: generates a class in a round. */
    @SupportedAnnotationTypes("*")
    private static final class Generator extends AbstractProcessor {

        private final int round;
        private final String name;
        private final String text;
        private int rounds;

        Generator(int round, String name, String text) {
            this.round = round;
            this.name = name;
            this.text = text;
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
            if (++rounds == round) {
                try (Writer writer = processingEnv
                        .getFiler()
                        .createSourceFile("shop." + name)
                        .openWriter()) {
                    writer.write("package shop;\n\n" + text + "\n");
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
            return false;
        }
    }
}
