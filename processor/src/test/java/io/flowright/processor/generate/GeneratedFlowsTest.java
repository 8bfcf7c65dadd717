package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.Outcome;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.UncoveredCaseException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /** The jar with the enum has changed since the flow was compiled. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                @Provides("outcome") @When(value = "verdict", is = "FINE")
                public String leave(@Input Verdict verdict) { return "left"; }

                @Provides("outcome") @When(value = "verdict", is = "RESTART")
                public String restart() { return "restarted"; }
                """, """
                @Provides("outcome") @When(value = "verdict", is = {"RESTART", "FINE"})
                public String always(@Input Verdict verdict) { return "restarted"; }
                """})
    void aConstantThatTheProofDidNotKnowFailsTheRun(String methods) throws Exception {
        Source tasks = Source.of("""
                package ops;

                import io.flowright.annotations.*;

                @Flow
                public class HealTasks {
                    %s
                }
                """.formatted(methods));
        Source known = Source.of("package ops;\n\npublic enum Verdict { FINE, RESTART }\n");
        Source grown = Source.of("package ops;\n\npublic enum Verdict { FINE, ESCALATE, RESTART }\n");
        Path flowClasses = Compiler.JAVAC
                .compile(directory.resolve("flow"), List.of(tasks, known))
                .classes();
        Path newEnum = Compiler.JAVAC
                .compile(directory.resolve("enum"), List.of(grown))
                .classes();
        URL[] path = {newEnum.toUri().toURL(), flowClasses.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, Engine.class.getClassLoader());
                Engine engine = Engine.builder().sequential().build()) {
            Class<?> verdict = loader.loadClass("ops.Verdict");
            GeneratedFlow flow = GeneratedFlow.create(loader.loadClass("ops.HealFlow"), engine);

            Object result = flow.call("run", verdict.getEnumConstants()[2]);
            assertThat(GeneratedFlow.call(result, "outcome")).isEqualTo("restarted");
            assertThatThrownBy(() -> flow.call("run", verdict.getEnumConstants()[1]))
                    .isInstanceOf(FlowFailedException.class)
                    .cause()
                    .isInstanceOf(UncoveredCaseException.class)
                    .hasMessage(
                            "\"verdict\" is ESCALATE, a constant of ops.Verdict that was not there when the flow was"
                                    + " compiled; compile the flow again");
        }
    }

    /** What a run with a target did not compute is not passed off as null or absent. */
    @Test
    void theAccessorOfAKeyThatWasNotWantedSaysSo() throws Exception {
        Source tasks = Source.of("""
                package ops;

                import io.flowright.annotations.*;
                import java.util.Optional;

                @Flow
                public class CountTasks {
                    @Provides public int one() { return 1; }
                    @Provides public int two(@Requires int one) { return 2 * one; }
                    @Provides public Optional<String> text() { return Optional.of("text"); }
                }
                """);
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(tasks), "ops.CountFlow", Engine.shared());

        Object result = flow.call("run", RunOptions.target("one"));
        assertThat(GeneratedFlow.call(result, "one")).isEqualTo(1);
        assertThatThrownBy(() -> GeneratedFlow.call(result, "two"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("had a target");
        assertThatThrownBy(() -> GeneratedFlow.call(result, "text")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theDiagramShowsGuardsAlternativesElementsCompensationsAndGroups() throws Exception {
        Source tasks = Source.of("""
                package ops;

                import io.flowright.annotations.*;
                import java.util.List;

                @Flow
                @Include(value = RestartTasks.class, as = "quick", rebind = "done=outcome")
                public class HealTasks {
                    @Provides public boolean down(@Input String host) { return false; }

                    @Provides("outcome") @Unless("down") public String leave() { return "left"; }
                }
                """);
        Source restart = Source.of("""
                package ops;

                import io.flowright.annotations.*;

                @Include(value = CopyTasks.class, as = "files", rebind = "copied=done")
                public class RestartTasks {
                    @Task @When("down") public void log(@Requires boolean down) {}
                }
                """);
        Source copy = Source.of("""
                package ops;

                import io.flowright.annotations.*;
                import java.util.List;

                public class CopyTasks {
                    @Provides public List<String> names(@Requires String host) { return List.of(host); }

                    @Provides("sizes") public int size(@ForEach("names") String name) { return name.length(); }

                    @Provides @When("down") public String copied(@Requires List<Integer> sizes) { return "copied"; }

                    @Compensates("copied") public void delete() {}
                }
                """);
        Path diagrams = directory.resolve("diagrams");
        GeneratedFlow flow = GeneratedFlow.of(
                directory,
                List.of(tasks, restart, copy),
                "ops.HealFlow",
                Engine.shared(),
                "-Aflowright.diagram=" + diagrams);

        assertThat(flow.call("diagram")).isEqualTo("""
                flowchart LR
                    i0(["host: String"])
                    t0["down"]
                    i0 --> t0
                    t1["leave"]
                    t0 -.->|"down: false"| t1
                    t2["quick.log"]
                    t0 -.->|"down: true"| t2
                    t3["quick.files.names"]
                    i0 --> t3
                    t4[["quick.files.size, each of quick.files.names"]]
                    t3 -->|"quick.files.names"| t4
                    t5["quick.files.copied"]
                    t4 -->|"quick.files.sizes"| t5
                    t0 -.->|"down: true"| t5
                    c0[/"quick.files.copied.compensation"/]
                    t5 -.- c0
                    subgraph g0["quick"]
                        t2
                        subgraph g1["quick.files"]
                            t3
                            t4
                            t5
                            c0
                        end
                    end
                """);
        assertThat(Files.readString(diagrams.resolve("ops.HealFlow.mmd"))).isEqualTo(flow.call("diagram"));
        assertThat(Files.readString(diagrams.resolve("ops.HealFlow.dot"))).endsWith("""
                    c0 [label="quick.files.copied.compensation\\nCopyTasks.delete", style=dashed];
                    t5 -> c0 [style=dotted, dir=none];
                    subgraph cluster_0 {
                        label="quick";
                        t2;
                        subgraph cluster_1 {
                            label="quick.files";
                            t3;
                            t4;
                            t5;
                            c0;
                        }
                    }
                }
                """);
    }

    @Test
    void inputsOfWhichOneFitsTheOtherAreNamed() throws Exception {
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(Source.of("""
                package shop;

                import io.flowright.annotations.*;

                @Flow
                public class PriceTasks {

                    @Provides
                    public String price(@Input int quantity, @Input long cents) {
                        return quantity + " at " + cents;
                    }
                }
                """)), "shop.PriceFlow", Engine.shared());

        assertThatThrownBy(() -> flow.call("run", 2, 5L)).isInstanceOf(NoSuchMethodException.class);
        Object inputs = flow.call("inputs");
        GeneratedFlow.call(inputs, "quantity", 2);
        GeneratedFlow.call(inputs, "cents", 5L);
        assertThat(GeneratedFlow.call(GeneratedFlow.call(inputs, "run"), "price"))
                .isEqualTo("2 at 5");
    }

    @Test
    void aFallbackThatTakesANarrowExceptionAnswersNoOther() throws Exception {
        GeneratedFlow flow = GeneratedFlow.of(directory, List.of(Source.of("""
                package bank;

                import io.flowright.annotations.*;
                import java.io.EOFException;
                import java.io.IOException;

                @Flow
                public class RateTasks {

                    @Provides
                    @Fallback("knownRate")
                    public String rate(@Input boolean ends) throws IOException {
                        throw ends ? new EOFException("end") : new IOException("other");
                    }

                    String knownRate(EOFException end) {
                        return "known after " + end.getMessage();
                    }

                    @Task
                    @Requires("rate")
                    @Fallback("ignore")
                    public void log() {
                        throw new IllegalStateException();
                    }

                    void ignore(IllegalStateException failure) {}
                }
                """)), "bank.RateFlow", Engine.shared());

        assertThat(GeneratedFlow.call(flow.call("run", true), "rate")).isEqualTo("known after end");
        assertThatThrownBy(() -> flow.call("run", false))
                .isInstanceOf(FlowFailedException.class)
                .hasRootCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("other");
    }

    private static final Source BUILD = Source.of("""
            package build;

            import io.flowright.annotations.*;
            import io.flowright.annotations.ForEach.OnElementFailure;
            import io.flowright.runtime.*;
            import java.io.IOException;
            import java.util.*;
            import java.util.concurrent.CompletableFuture;
            import java.util.concurrent.CompletionStage;

            @Flow
            public class BuildTasks {

                @Provides
                public Map<String, Integer> sizes(@Input int[] shards) {
                    Map<String, Integer> sizes = new TreeMap<>();
                    for (int shard : shards) {
                        sizes.put("s" + shard, shard);
                    }
                    return sizes;
                }

                @Provides
                public long doubled(@ForEach("shards") long shard) {
                    return 2 * shard;
                }

                @Provides("odd")
                public CompletionStage<Optional<String>> odd(@ForEach("sizes") Integer size, TaskContext task) {
                    Optional<String> odd = Optional.of(task.element() + ":" + size).filter(text -> size % 2 == 1);
                    return CompletableFuture.completedFuture(odd);
                }

                @Provides
                @Fallback("half")
                public String tested(
                        @ForEach(value = "shards", onFailure = OnElementFailure.COLLECT) int shard,
                        @Requires Map<String, Integer> sizes)
                        throws IOException {
                    if (shard > 1) {
                        throw new IOException("shard " + shard);
                    }
                    return "tested " + shard + " of " + sizes.size();
                }

                String half(int shard, IOException failure) throws IOException {
                    if (shard > 2) {
                        throw failure;
                    }
                    return "half of " + shard;
                }

                @Provides
                @When("failing")
                public int guarded(@ForEach("doubled") Long doubled, @Input boolean failing) {
                    return doubled.intValue();
                }

                @Task
                @Idempotent("{name}-{release}")
                public void count(@ForEach("names") String name, @Input String[] names, @Input int release) {}
            }
            """);

    @Test
    void aTaskRunsForEachElementOfAnArrayAMapAndAList() throws Exception {
        for (Engine.Builder engines :
                List.of(Engine.builder().sequential(), Engine.builder().parallelism(3))) {
            try (Engine engine = engines.build()) {
                GeneratedFlow flow = GeneratedFlow.of(directory, List.of(BUILD), "build.BuildFlow", engine);

                Object result = flow.call("run", new int[] {1, 2, 3}, true, new String[] {"a", "b", "a"}, 7);

                assertThat(GeneratedFlow.call(result, "doubled")).isEqualTo(List.of(2L, 4L, 6L));
                assertThat(GeneratedFlow.call(result, "odd")).isEqualTo(List.of("0:1", "2:3"));
                assertThat(GeneratedFlow.call(result, "guarded")).isEqualTo(Optional.of(List.of(2, 4, 6)));
                List<?> tested = (List<?>) GeneratedFlow.call(result, "tested");
                assertThat(tested.get(0)).isEqualTo(new Outcome.Success<>(0, "tested 1 of 3"));
                assertThat(tested.get(1)).isEqualTo(new Outcome.Success<>(1, "half of 2"));
                assertThat(((Outcome.Failure<?>) tested.get(2)).exception()).hasMessage("shard 3");

                Object without = flow.call("run", new int[0], false, new String[0], 7);
                assertThat(GeneratedFlow.call(without, "tested")).isEqualTo(List.of());
                assertThat(GeneratedFlow.call(without, "guarded")).isEqualTo(Optional.empty());
            }
        }
    }

    @Test
    void theDiagramMarksWhatRunsForEachElement() throws Exception {
        Path diagrams = directory.resolve("diagrams");
        GeneratedFlow flow = GeneratedFlow.of(
                directory, List.of(BUILD), "build.BuildFlow", Engine.shared(), "-Aflowright.diagram=" + diagrams);

        assertThat(Files.readString(diagrams.resolve("build.BuildFlow.mmd")))
                .isEqualTo(flow.call("diagram"))
                .contains("t1[[\"doubled, each of shards\"]]");
        assertThat(Files.readString(diagrams.resolve("build.BuildFlow.dot")))
                .contains("t1 [label=\"doubled, each of shards\\nBuildTasks.doubled\", peripheries=2];");
    }
}
