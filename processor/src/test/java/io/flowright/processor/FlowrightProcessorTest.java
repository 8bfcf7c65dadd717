package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.nio.file.Path;
import java.util.List;
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
}
