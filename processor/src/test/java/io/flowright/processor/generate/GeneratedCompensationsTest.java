package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flowright.processor.compile.Source;
import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compensations as the processor writes them, run by an engine. */
class GeneratedCompensationsTest {

    @TempDir
    Path directory;

    private final List<String> log = new ArrayList<>();

    private static final Source ORDER = Source.of("""
            package shop;

            import io.flowright.annotations.*;
            import io.flowright.runtime.FlowFailure;
            import io.flowright.runtime.TaskContext;
            import java.util.List;
            import java.util.Optional;

            @Flow
            public class OrderTasks {

                @Provides(keep = false)
                String order(@Input List<String> log) {
                    return "order 7";
                }

                @Provides
                int reserved(@Requires String order) {
                    return 3;
                }

                @Provides("payment")
                @Fallback("onAccount")
                long charge(@Requires String order) {
                    throw new IllegalStateException("the bank is closed");
                }

                long onAccount(String order) {
                    return 5L;
                }

                @Provides
                Optional<String> voucher(@Requires String order) {
                    return Optional.empty();
                }

                @Provides
                String label(@Requires int reserved, @Requires long payment, @Requires Optional<String> voucher) {
                    throw new IllegalStateException("no paper");
                }

                @Compensates("reserved")
                void release(@Requires int reserved, @Requires String order, @Input List<String> log) {
                    log.add("release " + reserved + " of " + order);
                }

                @Compensates("charge")
                void refund(@Requires long payment, @Input List<String> log) {
                    log.add("never");
                }

                @Compensates("voucher")
                void withdraw(@Requires Optional<String> voucher, TaskContext task, @Input List<String> log) {
                    log.add("withdraw " + voucher + " by " + task.task());
                }

                @Compensates(value = "label", when = Compensates.Once.STARTED)
                void destroy(@Requires Optional<String> label, @Requires long payment, FlowFailure failure, @Input List<String> log) {
                    log.add("destroy " + label + " " + payment + " because of " + failure);
                }
            }
            """);

    @Test
    void theyTakeWhatIsThere() throws Exception {
        try (Engine engine = Engine.builder().sequential().build()) {
            GeneratedFlow flow = GeneratedFlow.of(directory, List.of(ORDER), "shop.OrderFlow", engine);

            assertThatThrownBy(() -> flow.call("run", log))
                    .isInstanceOfSatisfying(
                            FlowFailedException.class,
                            failed -> assertThat(failed.run().status()).isEqualTo(RunStatus.COMPENSATED));
            assertThat(log)
                    .containsExactly(
                            "destroy Optional.empty 5 because of task label: java.lang.IllegalStateException: no paper",
                            "withdraw Optional.empty by voucher.compensation",
                            "release 3 of order 7");
        }
    }

    @Test
    void elementsAreUndoneWithWhatTheTaskGaveForEach() throws Exception {
        Source build = Source.of("""
                package build;

                import io.flowright.annotations.*;
                import io.flowright.runtime.TaskContext;
                import java.util.List;
                import java.util.Optional;

                @Flow
                public class BuildTasks {

                    @Provides(value = "report", keep = false)
                    List<String> test(@ForEach("shards") int shard) {
                        return List.of("report " + shard);
                    }

                    @Compensates("test")
                    void clean(
                            @ForEach("shards") long shard, @Requires List<String> report, TaskContext task, @Input List<String> log) {
                        log.add(task.task() + " " + task.element() + ": " + shard + " " + report);
                    }

                    @Provides
                    Optional<Integer> even(@ForEach("shards") int shard) {
                        return Optional.of(shard).filter(each -> each % 2 == 0);
                    }

                    @Compensates("even")
                    void odd(@Requires Optional<Integer> even, @Input List<String> log) {
                        log.add("odd " + even);
                    }

                    @Provides
                    String page(@Requires List<List<String>> report, @Input int[] shards) {
                        return "page of " + report;
                    }

                    @Provides
                    long size(@ForEach("shards") int shard, @Requires String page) {
                        if (shard == 6) {
                            throw new IllegalStateException("no space");
                        }
                        return shard * 10L;
                    }

                    @Compensates(value = "size", when = Compensates.Once.STARTED)
                    @Fallback("keep")
                    void free(@Requires Optional<Long> size, @ForEach("shards") int shard, @Requires String page, @Input List<String> log) {
                        log.add("free " + shard + " " + size + " " + page);
                        throw new IllegalStateException("in use");
                    }

                    void keep(Optional<Long> size, int shard, String page, List<String> log) {
                        log.add("keep " + shard);
                    }
                }
                """);
        try (Engine engine = Engine.builder().sequential().build()) {
            GeneratedFlow flow = GeneratedFlow.of(directory, List.of(build), "build.BuildFlow", engine);

            assertThatThrownBy(() -> flow.call("run", new int[] {5, 6, 7}, log))
                    .isInstanceOfSatisfying(
                            FlowFailedException.class,
                            failed -> assertThat(failed.run().status()).isEqualTo(RunStatus.COMPENSATED));
            assertThat(log)
                    .containsExactly(
                            "free 5 Optional[50] page of [[report 5], [report 6], [report 7]]",
                            "keep 5",
                            "free 6 Optional.empty page of [[report 5], [report 6], [report 7]]",
                            "keep 6",
                            "odd Optional.empty",
                            "odd Optional[6]",
                            "odd Optional.empty",
                            "test.compensation 0: 5 [report 5]",
                            "test.compensation 1: 6 [report 6]",
                            "test.compensation 2: 7 [report 7]");
        }
    }

    @Test
    void diagramsShowThem() throws Exception {
        Path diagrams = directory.resolve("diagrams");
        GeneratedFlow flow = GeneratedFlow.of(
                directory, List.of(ORDER), "shop.OrderFlow", Engine.shared(), "-Aflowright.diagram=" + diagrams);

        String mermaid = Files.readString(diagrams.resolve("shop.OrderFlow.mmd"));
        assertThat(mermaid).isEqualTo(flow.call("diagram")).endsWith("""
                            c0[/"reserved.compensation"/]
                            t1 -.- c0
                            c1[/"charge.compensation"/]
                            t2 -.- c1
                            c2[/"voucher.compensation"/]
                            t3 -.- c2
                            c3[/"label.compensation"/]
                            t4 -.- c3
                        """);
        assertThat(Files.readString(diagrams.resolve("shop.OrderFlow.dot"))).contains("""
                            c0 [label="reserved.compensation\\nOrderTasks.release", style=dashed];
                            t1 -> c0 [style=dotted, dir=none];
                        """);
    }

    @Test
    void aGroupIsUndoneAsOftenAsItIsUsed() throws Exception {
        Source bank = Source.of("""
                package shop;

                import io.flowright.annotations.*;
                import java.util.List;

                public class BankTasks {

                    @Provides("payment")
                    String charge(@Requires String account) {
                        return "payment from " + account;
                    }

                    @Compensates("charge")
                    void refund(@Requires String payment, @Requires String account, @Input List<String> log) {
                        log.add(payment + " back to " + account);
                    }
                }
                """);
        Source split = Source.of("""
                package shop;

                import io.flowright.annotations.*;

                @Flow
                @Include(value = BankTasks.class, as = "first", rebind = {"account=mine", "payment=half"})
                @Include(value = BankTasks.class, as = "second", rebind = {"account=yours", "payment=paid"})
                public class SplitTasks {

                    @Provides
                    String mine() {
                        return "me";
                    }

                    @Provides
                    String yours(@Requires String half) {
                        return "you";
                    }

                    @Task
                    void ship(@Requires String paid) {
                        throw new IllegalStateException();
                    }
                }
                """);
        try (Engine engine = Engine.builder().sequential().build()) {
            GeneratedFlow flow = GeneratedFlow.of(directory, List.of(bank, split), "shop.SplitFlow", engine);

            assertThatThrownBy(() -> flow.call("run", log))
                    .isInstanceOfSatisfying(
                            FlowFailedException.class,
                            failed -> assertThat(failed.snapshot().compensations())
                                    .extracting(TaskSnapshot::name)
                                    .containsExactly("first.charge.compensation", "second.charge.compensation"));
            assertThat(log).containsExactly("payment from you back to you", "payment from me back to me");
        }
    }

    @Test
    void aLargeFlowIsUndone() throws Exception {
        int size = 700;
        StringBuilder methods = new StringBuilder("@Provides Integer k0() { return 0; }\n");
        for (int i = 1; i < size; i++) {
            methods.append(
                    "@Provides Integer k%d(@Requires Integer k%d) { return k%d + 1; }\n".formatted(i, i - 1, i - 1));
        }
        for (int i = 0; i < size; i++) {
            methods.append(
                    "@Compensates(\"k%d\") void undo%d(@Requires Integer k%d, @Input List<String> log) { log.add(\"\" + k%d); }\n"
                            .formatted(i, i, i, i));
        }
        methods.append(
                "@Task void fail(@Requires Integer k%d) { throw new IllegalStateException(); }".formatted(size - 1));
        Source source = Source.of("""
                package large;

                import io.flowright.annotations.*;
                import java.util.List;

                @Flow
                public class LargeTasks {
                %s
                }
                """.formatted(methods));
        try (Engine engine = Engine.builder().sequential().build()) {
            GeneratedFlow flow = GeneratedFlow.of(directory, List.of(source), "large.LargeFlow", engine);

            assertThat(catchThrowable(() -> flow.call("run", log))).isInstanceOf(FlowFailedException.class);
            assertThat(log).hasSize(size).startsWith("699", "698").endsWith("1", "0");
        }
    }
}
