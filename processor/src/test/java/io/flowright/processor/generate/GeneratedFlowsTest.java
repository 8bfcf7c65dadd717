package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.processor.compile.Source;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated flows, run. */
class GeneratedFlowsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRandomFlowGivesTheValuesOfTheReferenceOnEachEngine(long seed) throws Exception {
        int size = seed == 8 ? 700 : 10 + (int) seed * 20;
        RandomFlow random = new RandomFlow(seed, size, 42);
        try (Engine sequential = Engine.builder().sequential().build();
                Engine parallel = Engine.builder().parallelism(4).build()) {
            GeneratedFlow flow = GeneratedFlow.of(directory, random.sources(), "drawn.RandomFlow", sequential);
            assertThat(new TreeMap<>(GeneratedFlow.values(flow.call("run", 42))))
                    .isEqualTo(random.expected());

            GeneratedFlow same = flow.on(parallel);
            for (int run = 0; run < 20; run++) {
                Object result = ((Run<?>) same.call("start", 42)).result();
                assertThat(new TreeMap<>(GeneratedFlow.values(result))).isEqualTo(random.expected());
            }
        }
    }

    private static final Source TRANSFER = Source.of("""
            package bank;

            import io.flowright.annotations.Flow;
            import io.flowright.annotations.Input;
            import io.flowright.annotations.Provides;
            import io.flowright.annotations.Requires;
            import java.util.List;
            import org.jspecify.annotations.Nullable;

            @Flow
            public class TransferTasks {

                @Provides
                public String transfer(
                        @Input String from, @Input String to, @Input long amount, @Input @Nullable String note) {
                    return from + " " + to + " " + amount + " " + note;
                }

                @Provides
                public String receipt(@Requires({"transfer", "from"}) List<String> lines) {
                    return String.join(", ", lines);
                }
            }
            """);

    @Test
    void theBuilderStartsTheFlowAndNamesAllInputsThatAreMissing() throws Exception {
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(TRANSFER), "bank.TransferFlow", Engine.shared());

        Object inputs = flow.call("inputs");
        GeneratedFlow.call(inputs, "to", "B");
        assertThatThrownBy(() -> GeneratedFlow.call(inputs, "run"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'transfer'")
                .hasMessageEndingWith(": from, amount");

        GeneratedFlow.call(inputs, "from", "A");
        GeneratedFlow.call(inputs, "amount", 5L);
        Object result = GeneratedFlow.call(inputs, "run", RunOptions.none());
        assertThat(GeneratedFlow.call(result, "receipt")).isEqualTo("A B 5 null, A");
        assertThat(result).hasToString("Result of flow 'transfer' [transfer, receipt]");
        CompletableFuture<?> promised = (CompletableFuture<?>) GeneratedFlow.call(inputs, "runAsync");
        assertThat(GeneratedFlow.call(promised.get(), "transfer")).isEqualTo("A B 5 null");
    }

    @Test
    void theDiagramOfTheCompilerIsThatOfTheRunningFlow() throws Exception {
        Path diagrams = directory.resolve("diagrams");
        GeneratedFlow flow = GeneratedFlow.of(
                directory, List.of(TRANSFER), "bank.TransferFlow", Engine.shared(), "-Aflowright.diagram=" + diagrams);

        assertThat(Files.readString(diagrams.resolve("bank.TransferFlow.mmd"))).isEqualTo(flow.call("diagram"));
        assertThat(Files.readString(diagrams.resolve("bank.TransferFlow.dot"))).isEqualTo("""
                digraph "transfer" {
                    rankdir=LR;
                    node [shape=box];
                    i0 [label="from: String", style=rounded];
                    i1 [label="to: String", style=rounded];
                    i2 [label="amount: long", style=rounded];
                    i3 [label="note: String", style=rounded];
                    t0 [label="transfer\\nTransferTasks.transfer"];
                    i0 -> t0;
                    i1 -> t0;
                    i2 -> t0;
                    i3 -> t0;
                    t1 [label="receipt\\nTransferTasks.receipt"];
                    t0 -> t1 [label="transfer"];
                    i0 -> t1;
                }
                """);
    }
}
