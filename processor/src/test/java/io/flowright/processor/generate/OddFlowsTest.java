package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import io.flowright.runtime.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names and types that nobody would choose, but that some flow has: generated code compiles with them. */
class OddFlowsTest {

    @TempDir
    Path directory;

    private static final String NAMES = """
            package names;

            import io.flowright.annotations.*;
            import java.util.List;
            import java.util.Map;

            @Flow
            public class NameTasks {
                @Provides("Object2") public String Object(@Input int RunOptions, @Input String String,
                        @Input boolean Result, @Input StringBuilder Inputs, @Input Thread Object, @Input Class<?> io,
                        @Input List<String> java, @Input Float Keys, @Input ThreadLocal<String> List) {
                    return RunOptions + String;
                }
                @Provides("Engine") String Engine() { return "e"; }
                @Provides("Frame") @Timeout("1m") String Frame(@Requires({"Engine", "Object2"}) List<String> Collections) {
                    return Collections.toString();
                }
                @Provides("Graph") public String Graph(@Requires({"Engine", "Frame"}) Map<String, String> LinkedHashMap) {
                    return LinkedHashMap.toString();
                }
                @Provides("NameTasks") static String NameTasks(@Requires String Graph) { return Graph; }
                @Provides("Tasks") static String Tasks(@Requires String NameTasks) { return NameTasks; }
                @Task void yield() {}
                @Task void record(@Requires String Tasks) {}
                @Task void var() {}
            }
            """;

    @ParameterizedTest
    @EnumSource
    void namesOfClassesThatGeneratedCodeUsesAreNamesLikeOthers(Compiler compiler) {
        assertCompiles(compiler, Source.of(NAMES));
    }

    @ParameterizedTest
    @EnumSource
    void theBuilderTakesThemToo(Compiler compiler) {
        assertCompiles(
                compiler, Source.of(NAMES.replace("@Input int RunOptions", "@Input int RunOptions, @Input long out")));
    }

    @Test
    void flowsWithSuchNamesRun() throws Exception {
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(Source.of(NAMES)), "names.NameFlow", Engine.shared());

        Object result = flow.call(
                "run",
                1,
                "a",
                true,
                new StringBuilder(),
                Thread.currentThread(),
                String.class,
                List.of(),
                1f,
                new ThreadLocal<String>());

        assertThat(GeneratedFlow.call(result, "Tasks")).isEqualTo("{Engine=e, Frame=[e, 1a]}");
    }

    @ParameterizedTest
    @EnumSource
    void classesOfTheUnnamedPackageMayHaveNamesOfJavaLang(Compiler compiler) {
        assertCompiles(
                compiler,
                Source.of("public class Object {}"),
                Source.of("public class String {}"),
                Source.of("public @interface Override {}"),
                Source.of("""
                        import io.flowright.annotations.*;

                        @Flow
                        public class OrderTasks {
                            @Provides Object order(@Input java.lang.Integer x) { return new Object(); }
                            @Provides String name(@Requires Object order) { return new String(); }
                            @Provides @Idempotent("{x}") @Fallback("none") String other(@Input java.lang.Integer x) { return null; }
                            String none() { return new String(); }
                            @Task void all(@Requires({"name", "other"}) java.util.List<String> all) {}
                        }
                        """));
    }

    @ParameterizedTest
    @EnumSource
    void anInputRecordMayHoldOneOfItsOwnKind(Compiler compiler) {
        assertCompiles(compiler, Source.of("""
                package shop;

                import io.flowright.annotations.*;

                @Flow(input = OrderTasks.In.class)
                public class OrderTasks {
                    public record In(In x) {}

                    @Task void take(@Input In x) {}
                }
                """));
    }

    @ParameterizedTest
    @EnumSource
    void staticMethodsMayBeTasksToo(Compiler compiler) {
        assertCompiles(
                compiler,
                Source.of("package shop;\n\npublic interface Rates {\n"
                        + "    @io.flowright.annotations.Provides static int rate() { return 3; }\n}\n"),
                Source.of("""
                        package shop;

                        import io.flowright.annotations.*;

                        @Flow
                        public class OrderTasks implements Rates {
                            @Provides static int twice(@Requires int rate) { return 2 * rate; }
                        }
                        """));
    }

    @ParameterizedTest
    @EnumSource
    void componentsHaveTheTypesThatTheWildcardsOfTheirRecordLeave(Compiler compiler) {
        assertCompiles(compiler, Source.of("""
                package shop;

                import io.flowright.annotations.*;
                import java.util.List;
                import java.util.Map;

                @Flow
                public class BoxTasks {
                    public record Box<T>(T one, List<T> many, List<List<T>> deep, T[] array, List<? extends T> some,
                            Map<String, ? super T> into) {}
                    public record Bounded<T extends Number & Comparable<T>, U extends List<T>>(
                            T number, U list, List<U> lists, Comparable<T> same) {}
                    public record Pair<A>(A a, List<A> as) {}
                    public record Lower<S>(S s, List<S> ss, S[] all) {}

                    @Provides({"one", "many", "deep", "array", "some", "into"})
                    public Box<? extends Number> box() { return null; }

                    @Task void takeBox(@Requires Number one, @Requires List<? extends Number> many,
                            @Requires List<? extends List<? extends Number>> deep, @Requires Number[] array,
                            @Requires List<? extends Number> some, @Requires Map<String, ?> into) {}

                    @Provides({"number", "list", "lists", "same"})
                    public Bounded<?, ?> bounded() { return null; }

                    @Task void takeBounded(@Requires Number number, @Requires List<? extends Number> list,
                            @Requires List<? extends List<? extends Number>> lists, @Requires Comparable<?> same) {}

                    @Provides({"a", "as"})
                    public Pair<List<? extends List<? extends Number>>> pair() { return null; }

                    @Task void takePair(@Requires List<? extends List<? extends Number>> a,
                            @Requires List<List<? extends List<? extends Number>>> as) {}

                    @Provides({"s", "ss", "all"})
                    @Timeout("1s")
                    public Lower<? super List<? super Integer>> lower() { return null; }

                    @Task void takeLower(@Requires Object s, @Requires List<? super List<? super Integer>> ss,
                            @Requires Object[] all) {}
                }
                """));
    }

    @ParameterizedTest
    @EnumSource
    void theExceptionOfAFallbackMayBeATypeVariableOfASuperclass(Compiler compiler) {
        assertCompiles(compiler, Source.of("""
                package shop;

                public abstract class Failing<E extends Exception> {
                    String none(E failure) { return failure.getMessage(); }
                }
                """), Source.of("""
                package shop;

                import io.flowright.annotations.*;
                import java.io.IOException;

                @Flow
                public class OrderTasks extends Failing<IOException> {
                    @Provides @Fallback("none") String load(@Input int x) throws IOException { return ""; }
                }
                """));
    }

    @ParameterizedTest
    @EnumSource
    void theKeyOfAnIdempotentTaskMayAskWhetherAValueIsThere(Compiler compiler) {
        assertCompiles(compiler, Source.of("""
                package shop;

                import io.flowright.annotations.*;
                import java.util.Optional;

                @Flow
                public class OrderTasks {
                    public record Coupon(String code) {}

                    @When("member") @Provides Coupon coupon(@Input boolean member) { return new Coupon("ten"); }
                    @Provides @Idempotent("{coupon.isPresent}") String price(@Requires Optional<Coupon> coupon) { return ""; }
                    @Provides @Idempotent("{coupon.get.code}") String code(@Requires Optional<Coupon> coupon) { return ""; }
                }
                """));
    }

    private void assertCompiles(Compiler compiler, Source... sources) {
        String[] options = compiler == Compiler.JAVAC ? new String[] {"-Xlint:all", "-Xlint:-options"} : new String[0];
        Compilation compilation = compiler.compile(directory, List.of(sources), options);

        // ECJ has opinions on style.
        Stream<Compilation.Found> unexpected = compilation.found().stream()
                .filter(found -> compiler == Compiler.JAVAC || found.kind() == Diagnostic.Kind.ERROR);
        assertThat(unexpected).isEmpty();
        assertThat(compilation.success()).isTrue();
    }
}
