package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.TaskRecord;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The hashes that are recorded of what tasks take and give. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HashesTest {

    private static final Consumer<FlowGraph.Builder> PLAIN = task -> {};

    /** The records of a run of its own store, by task and element. */
    private static Map<String, TaskRecord> records(ScriptedFlow.Builder flow, Object input) {
        MemoryStore store = new MemoryStore();
        try (Engine engine = DurableRunTest.open(Engines.PARALLEL, store)) {
            flow.on(engine).start(RunOptions.id("r"), input).result();
        }
        return byTask(store);
    }

    private static Map<String, TaskRecord> byTask(MemoryStore store) {
        return store.tasks("r").stream()
                .collect(Collectors.toMap(entry -> entry.task() + entry.element(), entry -> entry, (a, b) -> b));
    }

    private static ScriptedFlow.Builder chain(String first, Object third) {
        return ScriptedFlow.named("chain")
                .task("one", List.of("in"), (values, task) -> first)
                .task("two", List.of("one", "in"), (values, task) -> 2)
                .task("three", List.of("two"), (values, task) -> third);
    }

    @Test
    void theOutputHashIsThatOfTheRecordedBytes() throws Exception {
        TaskRecord one = records(chain("x", 3), "in").get("one");

        byte[] expected = MessageDigest.getInstance("SHA-256").digest(one.result());
        assertThat(one.outputHash()).isEqualTo(HexFormat.of().formatHex(expected));
    }

    @Test
    void equalValuesHaveEqualHashesAndOthersOthers() {
        Map<String, TaskRecord> first = records(chain("x", 3), "in");
        Map<String, TaskRecord> equal = records(chain("x", 4), "in");
        Map<String, TaskRecord> otherKey = records(chain("y", 3), "in");
        Map<String, TaskRecord> otherInput = records(chain("x", 3), "other");

        assertThat(first.values()).allSatisfy(entry -> {
            assertThat(entry.inputHash()).hasSize(64);
            assertThat(entry.outputHash()).hasSize(64);
        });
        for (String task : first.keySet()) {
            assertThat(equal.get(task).inputHash()).isEqualTo(first.get(task).inputHash());
        }
        assertThat(equal.get("three").outputHash())
                .isNotEqualTo(first.get("three").outputHash());
        assertThat(otherKey.get("two").inputHash())
                .isNotEqualTo(first.get("two").inputHash());
        assertThat(otherKey.get("three").inputHash())
                .isEqualTo(first.get("three").inputHash());
        assertThat(otherInput.get("one").inputHash())
                .isNotEqualTo(first.get("one").inputHash());
        assertThat(otherInput.get("two").inputHash())
                .isNotEqualTo(first.get("two").inputHash());
    }

    @Test
    void failedAttemptsHaveTheHashOfWhatTheyTook() {
        MemoryStore store = new MemoryStore();
        ScriptedFlow.Builder flow = ScriptedFlow.named("retried")
                .managed("a", List.of("in"), task -> task.retry(RetrySpec.attempts(2)), (values, task) -> {
                    if (task.attempt() == 1) {
                        throw new IOException("gone");
                    }
                    return 1;
                });
        try (Engine engine = DurableRunTest.open(Engines.PARALLEL, store)) {
            flow.on(engine).run(RunOptions.id("r"));
            assertThat(engine.runs().history("r"))
                    .hasSize(2)
                    .allSatisfy(attempt -> assertThat(attempt.inputHash())
                            .isEqualTo(store.tasks("r").get(0).inputHash())
                            .isNotNull());
        }
        assertThat(store.tasks("r").get(0).outputHash()).isNull();
    }

    @Test
    void valuesOfPureTasksCountToo() {
        Map<String, String> hashes = List.of("x", "y").stream()
                .collect(Collectors.toMap(
                        value -> value,
                        value -> records(
                                        ScriptedFlow.named("pure")
                                                .managed(
                                                        "p",
                                                        List.of(),
                                                        FlowGraph.Builder::pure,
                                                        (values, task) -> value)
                                                .task("a", List.of("p"), (values, task) -> 1),
                                        "in")
                                .get("a")
                                .inputHash()));

        assertThat(hashes.get("x")).hasSize(64).isNotEqualTo(hashes.get("y"));
    }

    @Test
    void whatCannotBeEncodedHasNoHash() {
        TaskRecord record = records(
                        ScriptedFlow.named("pure")
                                .managed("p", List.of(), FlowGraph.Builder::pure, (values, task) -> new Object())
                                .task("a", List.of("p"), (values, task) -> 1),
                        "in")
                .get("a");

        assertThat(record.inputHash()).isNull();
        assertThat(record.outputHash()).hasSize(64);
    }

    private static ScriptedFlow.Builder wide(List<Integer> shards) {
        return ScriptedFlow.named("wide")
                .task("shards", List.of(), (values, task) -> shards)
                .each("e", "shards", PLAIN, (Integer shard, TaskContext task) -> shard * 2)
                .task("sum", List.of("e"), (values, task) -> 1);
    }

    @Test
    void elementsHaveHashesOfTheirOwnAndTogether() {
        Map<String, TaskRecord> first = records(wide(List.of(1, 2, 3)), "in");
        Map<String, TaskRecord> equal = records(wide(List.of(1, 2, 3)), "in");
        Map<String, TaskRecord> other = records(wide(List.of(1, 3, 2)), "in");

        assertThat(first.get("e0").inputHash())
                .isEqualTo(equal.get("e0").inputHash())
                .isNotEqualTo(first.get("e1").inputHash());
        assertThat(first.get("e0").outputHash()).isEqualTo(other.get("e0").outputHash());
        assertThat(first.get("sum").inputHash())
                .isEqualTo(equal.get("sum").inputHash())
                .isNotEqualTo(other.get("sum").inputHash());
    }

    @Test
    void aRunThatGoesOnElsewhereHasTheHashesOfOneThatDidNot() {
        Map<String, TaskRecord> undisturbed = records(wide(List.of(1, 2, 3)), "in");
        MemoryStore store = new MemoryStore();
        CountDownLatch held = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("wide")
                .task("shards", List.of(), (values, task) -> List.of(1, 2, 3))
                .each("e", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                    if (shard == 3 && held.getCount() == 1) {
                        held.countDown();
                        throw new IllegalStateException("not yet");
                    }
                    return shard * 2;
                })
                .task("sum", List.of("e"), (values, task) -> 1);
        try (Engine first = DurableRunTest.open(Engines.SEQUENTIAL, store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        }
        try (Engine second = DurableRunTest.open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            run.resume();
            run.result();
        }
        Map<String, TaskRecord> resumed = byTask(store);
        assertThat(undisturbed).hasSize(5).allSatisfy((task, entry) -> {
            assertThat(resumed.get(task).inputHash()).isEqualTo(entry.inputHash());
            assertThat(resumed.get(task).outputHash()).isEqualTo(entry.outputHash());
        });
    }
}
