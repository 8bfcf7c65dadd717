package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.FlowProbe;
import io.flowright.processor.compile.Source;
import io.flowright.processor.report.Diagnostic;
import io.flowright.processor.report.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs that are too deep for recursion and too large for anything quadratic. */
class LargeGraphsTest {

    private static final int SIZE = 10_000;

    @TempDir
    Path directory;

    @Test
    void aChainThatIsDeclaredBackwardsIsPutInOrder() {
        FlowProbe flow = read(task -> task == SIZE - 1
                ? "@Provides int k" + task + "() { return 1; }"
                : "@Provides int k" + task + "(@Requires int k" + (task + 1) + ") { return 1; }");

        assertThat(flow.problems().all()).isEmpty();
        assertThat(flow.order())
                .containsExactlyElementsOf(IntStream.range(0, SIZE)
                        .mapToObj(task -> "k" + (SIZE - 1 - task))
                        .toList());
    }

    @Test
    void aCircleOfAllTasksIsFoundAndCutShort() {
        FlowProbe flow =
                read(task -> "@Provides int k" + task + "(@Requires int k" + (task + 1) % SIZE + ") { return 1; }");

        assertThat(flow.problems().all()).extracting(Diagnostic::message).containsExactly(Message.CYCLE);
        assertThat(flow.problems().all().get(0).text())
                .contains("(9990 more tasks)")
                .hasSizeLessThan(400);
    }

    @Test
    void thousandsOfMistakesAreAllReported() {
        FlowProbe flow = read(task -> "@Provides @Retry(delay = \"x\") int k" + task + "(@Requires int m" + task
                + ", @Requires(\"k" + (task + 1) % SIZE + "\") String wrong) { return 1; }");

        assertThat(flow.problems().all().stream()
                        .collect(Collectors.groupingBy(Diagnostic::message, Collectors.counting())))
                .containsEntry(Message.MISSING_PROVIDER, (long) SIZE)
                .containsEntry(Message.TYPE_MISMATCH, (long) SIZE)
                .containsEntry(Message.BAD_DURATION, (long) SIZE)
                .containsEntry(Message.CYCLE, 1L)
                .hasSize(4);
    }

    /** Each value may be missing, so that the conditions of the last tasks are about thousands of others. */
    @Test
    void chainsOfOptionalResultsAreJoined() {
        FlowProbe flow = read(task -> {
            String taken = task < 2 ? "" : "@Requires int k" + (task - 2);
            return task == SIZE - 1
                    ? "@Task void last(@Requires int k" + (SIZE - 2) + ", @Requires int k" + (SIZE - 3) + ") {}"
                    : "@Provides java.util.Optional<Integer> k" + task + "(" + taken + ") { return null; }";
        });

        assertThat(flow.problems().all()).isEmpty();
        assertThat(flow.order()).hasSize(SIZE);
    }

    /** Forty guards, each with two alternatives that need the outcome of the guard before, and tasks that hang on all of them. */
    @Test
    void fortyGuardsAmongThousandsOfTasks() {
        int guards = 40;
        FlowProbe flow = read(task -> {
            int guard = task % guards;
            String before = "@Requires int k" + (guard - 1) + ", @Requires java.util.Optional<String> x" + (guard - 1);
            if (task < guards) {
                return "@Provides boolean g%1$d(%2$s) { return true; }".formatted(guard, guard == 0 ? "" : before);
            }
            if (task < 2 * guards) {
                return "@Provides(\"k%1$d\") @When(\"g%1$d\") int a%1$d() { return 1; }".formatted(guard);
            }
            if (task < 3 * guards) {
                return "@Provides(\"k%1$d\") @Unless(\"g%1$d\") int b%1$d() { return 1; }".formatted(guard);
            }
            if (task < 4 * guards) {
                return "@Provides @When(\"g%1$d\") String x%1$d() { return null; }".formatted(guard);
            }
            return "@Task @When(\"g%1$d\") @Unless(\"g%2$d\") void t%3$d(@Requires int k%1$d, @Requires String x%1$d) {}"
                    .formatted(guard, (guard + 1) % guards, task);
        });

        assertThat(flow.problems().all()).isEmpty();
        assertThat(flow.order()).hasSize(SIZE);
    }

    private FlowProbe read(IntFunction<String> task) {
        String tasks = IntStream.range(0, SIZE).mapToObj(task).collect(Collectors.joining("\n"));
        FlowProbe probe = new FlowProbe();
        Source source = new Source(
                "OrderTasks.java", "import io.flowright.annotations.*;\n@Flow class OrderTasks {\n" + tasks + "\n}\n");
        Compiler.JAVAC.compile(directory, List.of(source), List.of(), List.of(probe), "-proc:only");
        return probe;
    }
}
