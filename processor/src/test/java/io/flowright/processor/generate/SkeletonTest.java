package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkeletonTest {

    @TempDir
    Path directory;

    /** Two tasks provide one key, one has an impossible name, and one requires what is not there. */
    private static final Source BROKEN = Source.of("""
            package shop;

            import io.flowright.annotations.Flow;
            import io.flowright.annotations.Input;
            import io.flowright.annotations.Provides;
            import io.flowright.annotations.Requires;

            @Flow
            public class OrderTasks {

                @Provides
                String order(@Input long id) {
                    return "";
                }

                @Provides("order")
                String again(@Input long id) {
                    return "";
                }

                @Provides("getClass")
                String impossible(@Requires String nowhere) {
                    return "";
                }

                @Provides
                int size(@Requires String order) {
                    return 1;
                }
            }
            """);

    private static final Source USER = Source.of("""
            package shop;

            import io.flowright.runtime.Engine;
            import io.flowright.runtime.Run;
            import io.flowright.runtime.RunOptions;
            import java.util.concurrent.CompletableFuture;

            class Shop {

                private final OrderFlow flow = OrderFlow.create(new OrderTasks(), Engine.shared());

                int size() throws Exception {
                    CompletableFuture<OrderFlow.Result> promised = flow.runAsync(RunOptions.none(), 3);
                    Run<OrderFlow.Result> run = flow.start(3);
                    String order = flow.run(3).order() + promised.get().order() + OrderFlow.Keys.ORDER + OrderFlow.Tasks.AGAIN;
                    return order.length() + run.result().size();
                }
            }
            """);

    @ParameterizedTest
    @EnumSource
    void codeThatUsesABrokenFlowIsNotComplainedAbout(Compiler compiler) {
        Compilation compilation = compiler.compile(directory, List.of(USER, BROKEN));

        assertThat(compilation.others()).isEmpty();
        assertThat(compilation.ids()).contains("ambiguous-provider", "bad-name", "missing-provider");
        assertThat(compilation.success()).isFalse();
    }
}
