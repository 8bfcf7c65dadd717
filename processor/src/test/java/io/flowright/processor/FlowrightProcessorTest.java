package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowrightProcessorTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aCorrectFlowIsAccepted(Compiler compiler) {
        Compilation compilation = compiler.compile(directory, List.of(Source.of("""
                        package shop;

                        import io.flowright.annotations.*;
                        import io.flowright.runtime.TaskContext;
                        import java.io.IOException;
                        import java.util.List;
                        import java.util.Map;
                        import java.util.concurrent.CompletionStage;
                        import org.jspecify.annotations.Nullable;

                        @Flow
                        public class OrderTasks {
                            public record Order(long id, String currency) {}
                            record Prices(int subtotal, long tax) {}

                            @Provides Order order(@Input long orderId, @Input @Nullable String coupon) {
                                return new Order(orderId, "EUR");
                            }

                            @Provides({"subtotal", "tax"}) Prices prices(@Requires Order order) {
                                return new Prices(1, 2);
                            }

                            @Task @Provides("payment")
                            @Retry(maxAttempts = 5, delay = "200ms", backoff = 2, on = IOException.class)
                            @Timeout("30s")
                            @CircuitBreaker(name = "psp")
                            @RateLimit(permits = 3)
                            @Bulkhead(max = 2)
                            @Fallback("unpaid")
                            @Idempotent("{order.id}-{order.currency}")
                            String charge(@Requires Order order, @Requires("subtotal") long amount, TaskContext task)
                                    throws IOException {
                                return "";
                            }

                            String unpaid(Order order, Exception reason) {
                                return "";
                            }

                            @Provides static CompletionStage<List<String>> stage(@Requires Order order) {
                                return null;
                            }

                            @Task @Requires("payment") void log(@Requires({"subtotal", "tax"}) List<? extends Number> all,
                                    @Requires({"payment", "stage"}) Map<String, Object> map,
                                    @Requires("stage") Iterable<String> strings, @Requires @Nullable String coupon) {
                            }

                            @Provides("logged") @Requires("payment") void last() {}
                        }
                        """)));

        assertThat(compilation.found()).isEmpty();
        assertThat(compilation.success()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void classesComeInEveryForm(Compiler compiler) {
        Compilation compilation =
                compiler.compile(directory, List.of(new Source("Unnamed.java", """
                                import io.flowright.annotations.*;

                                @Flow
                                record Unnamed(String prefix) {
                                    @Provides String greeting(@Input String name) { return prefix + name; }
                                }

                                class Outer {
                                    static class Middle {
                                        @Flow
                                        static final class InnerTasks {
                                            @Task static void nothing() {}
                                        }
                                    }
                                }
                                """), Source.of("""
                                package shop;

                                import io.flowright.annotations.*;
                                import java.util.List;

                                abstract class Load<T> {
                                    @Provides protected abstract T loaded(long id);

                                    @Provides List<T> all(@Requires T loaded) { return List.of(loaded); }

                                    @Task void replaced() {}
                                }
                                """), Source.of("""
                                package shop;

                                import io.flowright.annotations.*;
                                import java.util.List;

                                @Flow
                                public class OrderTasks extends Load<String> {
                                    @Override @Provides protected String loaded(@Input long id) { return ""; }

                                    @Override @Task(name = "own") void replaced() {}

                                    @Task void take(@Requires List<String> all, @Requires String loaded) {}
                                }
                                """)));

        assertThat(compilation.ours()).isEmpty();
        assertThat(compilation.success()).isTrue();
        assertThat(compilation.generated())
                .isDirectoryRecursivelyContaining("glob:**/UnnamedFlow.java")
                .isDirectoryRecursivelyContaining("glob:**/Outer_Middle_InnerFlow.java")
                .isDirectoryRecursivelyContaining("glob:**/shop/OrderFlow.java");
    }

    @ParameterizedTest
    @EnumSource
    void warningsAreErrorsOnDemand(Compiler compiler) {
        Source flow = Source.of(
                "import io.flowright.annotations.*;\n@Flow\nclass OrderTasks {\n    @Task @Retry void a() {}\n}\n");
        Compilation lenient = compiler.compile(directory.resolve("lenient"), List.of(flow));
        Compilation strict = compiler.compile(directory.resolve("strict"), List.of(flow), "-Aflowright.werror");

        assertThat(lenient.success()).isTrue();
        assertThat(lenient.ours()).extracting(Compilation.Found::kind).containsExactly(Diagnostic.Kind.WARNING);
        assertThat(strict.success()).isFalse();
        assertThat(strict.ours()).extracting(Compilation.Found::kind).containsExactly(Diagnostic.Kind.ERROR);
    }

    @ParameterizedTest
    @EnumSource
    void alternativesMustCoverEveryValueOnDemand(Compiler compiler) {
        Source flow = Source.of("""
                import io.flowright.annotations.*;

                @Flow
                class OrderTasks {
                    enum Speed { SLOW, FAST, EXPRESS, NEVER }

                    @Provides("partly") @When(value = "speed", is = "SLOW") String a(@Input Speed speed) { return ""; }
                    @Provides("partly") @When(value = "speed", is = "FAST") String b() { return ""; }

                    @Provides("whole") @When(value = "speed", is = "SLOW") String c() { return ""; }
                    @Provides("whole") @Unless(value = "speed", is = "SLOW") String d() { return ""; }

                    @Provides("nested") @When("inner") String e() { return ""; }
                    @Provides("nested") @Unless("inner") String f() { return ""; }
                    @Provides @When(value = "speed", is = "FAST") boolean inner() { return true; }

                    @Provides @When(value = "speed", is = "FAST") String single() { return ""; }
                }
                """);

        assertThat(compiler.compile(directory.resolve("lenient"), List.of(flow)).ours())
                .isEmpty();
        assertThat(compiler.compile(directory.resolve("off"), List.of(flow), "-Aflowright.exhaustive=false")
                        .ours())
                .isEmpty();
        assertThat(compiler.compile(directory.resolve("strict"), List.of(flow), "-Aflowright.exhaustive")
                        .ours())
                .extracting(Compilation.Found::id, Compilation.Found::line, Compilation.Found::text)
                .containsExactly(tuple(
                        "uncovered-case",
                        8L,
                        "[flowright:uncovered-case] No task provides \"partly\" when \"speed\" is EXPRESS, NEVER.\n"
                                + "Add an alternative for it, or name it in the guard of another."));
    }

    @ParameterizedTest
    @EnumSource
    void warningsAreSilencedOnTheMethodOrAroundIt(Compiler compiler) {
        Compilation compilation = compiler.compile(directory, List.of(Source.of("""
                        import io.flowright.annotations.*;

                        @Flow
                        class OrderTasks {
                            @Task @Retry @SuppressWarnings("flowright:retry-without-idempotency") void a() {}
                            @Task @Retry @SuppressWarnings({"unused", "flowright"}) void b() {}
                            @Task @Retry @SuppressWarnings("flowright:unused-key") void c() {}
                        }

                        @Flow
                        @SuppressWarnings("flowright")
                        class StockTasks {
                            @Task @Retry void a() {}
                        }
                        """)));

        assertThat(compilation.ours()).extracting(Compilation.Found::line).containsExactly(7L);
    }

    @Test
    void gradleMayCompileIncrementally() throws IOException {
        assertThat(resource("META-INF/gradle/incremental.annotation.processors"))
                .isEqualTo(FlowrightProcessor.class.getName() + ",dynamic");
        assertThat(new FlowrightProcessor().getSupportedOptions())
                .contains("org.gradle.annotation.processing.isolating", "flowright.diagram", "flowright.werror");
    }

    @Test
    void theProcessorIsRegistered() throws IOException {
        assertThat(resource("META-INF/services/javax.annotation.processing.Processor"))
                .isEqualTo(FlowrightProcessor.class.getName());
    }

    private static String resource(String name) throws IOException {
        Path classes = Path.of(URI.create(FlowrightProcessor.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        return Files.readString(classes.resolve(name)).strip();
    }
}
