package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.TaskRecord;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tasks of durable runs say of themselves: seen from elsewhere, recorded, and found again. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurableProgressTest {

    record Offset(long line) implements Serializable {}

    record Phase(String name) implements Serializable {}

    /** What the codec refuses. */
    record Unheard(Object any) implements Serializable {}

    private static final Consumer<FlowGraph.Builder> PLAIN = task -> {};

    private final MemoryStore store = new MemoryStore();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<Optional<Offset>> found = new ArrayList<>();

    private Engine open(RunStore shared) {
        return DurableRunTest.open(Engines.PARALLEL, shared);
    }

    private static ScriptedFlow.Builder one(ScriptedFlow.Body body) {
        return ScriptedFlow.named("long").managed("a", List.of(), PLAIN, body);
    }

    private ProgressReport recorded(String task) {
        List<TaskRecord> records = store.tasks("r").stream()
                .filter(entry -> entry.task().equals(task) && entry.progress() != null)
                .toList();
        return (ProgressReport)
                new SerializingCodec().decode(records.get(records.size() - 1).progress(), ProgressReport.class);
    }

    @Test
    void anotherProcessSeesItWhileTheTaskRunsAndWhenItHasEnded() {
        ScriptedFlow.Builder flow = one((values, task) -> {
            task.progress().update(3, 7, new Phase("reading"));
            inside.countDown();
            release.await();
            task.progress().update(7, 7, new Phase("done"));
            return 1;
        });
        try (Engine first = open(store);
                Engine second = open(store)) {
            flow.on(first).start(RunOptions.id("r"), "in");
            Run<Map<String, Object>> seen = flow.on(second).find("r").orElseThrow();

            Background.until(() -> seen.snapshot().task("a").detail() != null);
            TaskSnapshot running = seen.snapshot().task("a");
            assertThat(running.status()).isEqualTo(TaskStatus.RUNNING);
            assertThat(running).hasToString("a RUNNING (3 of 7 done)");
            assertThat(running.progress().at()).isNotNull();

            release.countDown();
            seen.result();
            TaskSnapshot ended = seen.snapshot().task("a");
            assertThat(ended).hasToString("a SUCCEEDED (7 of 7 done)");
            assertThat(ended.detail()).isNotNull().isNotEqualTo(running.detail());
        }
        assertThat(recorded("a").done()).isEqualTo(7);
    }

    @Test
    void aLoopIsSeenElsewhereAsItGoesOn() {
        ScriptedFlow.Builder flow = one((values, task) -> {
            for (int i : task.progress().over(List.of(1, 2, 3, 4))) {
                if (i == 3) {
                    inside.countDown();
                    release.await();
                }
            }
            return 1;
        });
        try (Engine first = open(store);
                Engine second = open(store)) {
            flow.on(first).start(RunOptions.id("r"), "in");
            Run<Map<String, Object>> seen = flow.on(second).find("r").orElseThrow();

            Background.until(
                    () -> Long.valueOf(2).equals(seen.snapshot().task("a").done()));
            release.countDown();
            seen.result();
            assertThat(seen.snapshot().task("a")).hasToString("a SUCCEEDED (4 of 4 done)");
        }
    }

    @Test
    void aTaskGoesOnWhereAProcessThatDiedWas() {
        ScriptedFlow.Builder flow = one((values, task) -> {
            synchronized (found) {
                found.add(task.progress().last(Offset.class));
            }
            if (found.size() == 1) {
                task.progress().update(500, 1_000, new Offset(500));
                release.await();
            }
            return found.get(found.size() - 1).map(Offset::line).orElse(0L);
        });
        MortalStore mortal = new MortalStore(store, Integer.MAX_VALUE, true);
        Engine first = open(mortal);
        try {
            flow.on(first).start(RunOptions.id("r"), "in");
            Background.until(() -> store.activity("r").isPresent());
            mortal.die();
            try (Engine second = open(store)) {
                Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
                assertThat(run.result()).containsEntry("a", 500L);
                // The attempt that found it said nothing itself.
                assertThat(run.snapshot().task("a").done()).isEqualTo(500);
            }
        } finally {
            release.countDown();
            first.close();
        }
        assertThat(found).containsExactly(Optional.empty(), Optional.of(new Offset(500)));
    }

    @Test
    void theLastWordOfAFailedAttemptIsRecordedAndLaterThanTheHeartbeats() {
        ScriptedFlow.Builder flow = one((values, task) -> {
            found.add(task.progress().last(Offset.class));
            if (found.size() > 1) {
                return 1;
            }
            task.progress().detail(new Offset(1));
            Background.until(() -> store.activity("r").isPresent());
            task.progress().update(2, 3, new Offset(2));
            throw new IOException("gone");
        });
        try (Engine first = open(store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        assertThat(recorded("a").done()).isEqualTo(2);
        try (Engine second = open(store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            assertThat(run.snapshot().task("a").done()).isEqualTo(2);
            run.resume();
            run.result();
        }
        assertThat(found).containsExactly(Optional.empty(), Optional.of(new Offset(2)));
    }

    @Test
    void attemptsAreRecordedEachWithItsOwn() {
        ScriptedFlow.Builder flow = ScriptedFlow.named("long")
                .managed("a", List.of(), task -> task.retry(RetrySpec.attempts(3)), (values, task) -> {
                    task.progress().update(10L * task.attempt());
                    if (task.attempt() < 3) {
                        throw new IOException("gone");
                    }
                    return 1;
                });
        try (Engine engine = open(store)) {
            flow.on(engine).run(RunOptions.id("r"));

            assertThat(engine.runs().history("r"))
                    .extracting(attempt -> attempt.progress().done())
                    .containsExactly(10L, 20L, 30L);
        }
    }

    @Test
    void aRunThatIsHandedOverKeepsItsPlace() {
        ScriptedFlow.Builder flow = one((values, task) -> {
            found.add(task.progress().last(Offset.class));
            if (found.size() == 1) {
                task.progress().detail(new Offset(5));
                inside.countDown();
                release.await();
            }
            return 1;
        });
        try (Engine first = open(store)) {
            flow.on(first).start(RunOptions.id("r"), "in");
            Background.until(() -> inside.getCount() == 0);
            // Closing interrupts the task, whether or not the heart has beaten since.
        }
        try (Engine second = open(store)) {
            flow.on(second).find("r").orElseThrow().result();
        }
        assertThat(found).containsExactly(Optional.empty(), Optional.of(new Offset(5)));
    }

    @Test
    void elementsGoOnWhereAProcessThatDiedWas() {
        Map<Integer, Optional<Offset>> second = new ConcurrentHashMap<>();
        Map<Integer, Integer> begun = new ConcurrentHashMap<>();
        ScriptedFlow.Builder flow = ScriptedFlow.named("wide")
                .task("shards", List.of(), (values, task) -> List.of(1, 2))
                .managedEach("a", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                    if (begun.merge(shard, 1, Integer::sum) == 1) {
                        task.progress().detail(new Offset(shard));
                        release.await();
                    } else {
                        second.put(shard, task.progress().last(Offset.class));
                    }
                    return shard;
                });
        MortalStore mortal = new MortalStore(store, Integer.MAX_VALUE, true);
        Engine first = open(mortal);
        try (Engine watching = open(store)) {
            flow.on(first).start(RunOptions.id("r"), "in");
            ScriptedFlow looking = flow.on(watching);
            Background.until(() -> looking.find("r")
                            .orElseThrow()
                            .snapshot()
                            .task("a")
                            .elements()
                            .size()
                    == 2);
            mortal.die();
            assertThat(looking.find("r").orElseThrow().result()).containsEntry("a", List.of(1, 2));
        } finally {
            release.countDown();
            first.close();
        }
        assertThat(second)
                .hasSize(2)
                .allSatisfy((shard, offset) -> assertThat(offset).contains(new Offset(shard)));
    }

    @Test
    void aDetailThatCannotBeRecordedHarmsNoRun() {
        ScriptedFlow.Builder flow = one((values, task) -> {
            task.progress().update(1, 2, new Unheard(new Object()));
            Background.until(() -> store.activity("r").isPresent());
            return 1;
        });
        try (Engine engine = open(store)) {
            Run<Map<String, Object>> run = flow.on(engine).start(RunOptions.id("r"), "in");
            assertThat(run.result()).containsEntry("a", 1);
            assertThat(run.snapshot().task("a").done()).isEqualTo(1);
            assertThat(run.snapshot().task("a").detail()).isNull();
        }
        assertThat(recorded("a").done()).isEqualTo(1);
    }

    @Test
    void aDetailOfAnotherTypeIsNotFound() {
        ScriptedFlow.Builder flow = one((values, task) -> {
            found.add(task.progress().last(Offset.class));
            task.progress().detail(new Phase("first"));
            if (found.size() == 1) {
                throw new IOException("gone");
            }
            return 1;
        });
        try (Engine first = open(store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        try (Engine second = open(store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            run.resume();
            run.result();
        }
        assertThat(found).containsExactly(Optional.empty(), Optional.empty());
    }

    /** A detail that holds itself. */
    @Test
    void anErrorOfTheCodecDoesNotKeepARunFromBeingPaused() throws Exception {
        SerializingCodec plain = new SerializingCodec();
        Codec endless = new Codec() {
            @Override
            public byte[] encode(@Nullable Object value, Type type) {
                if (value instanceof Phase) {
                    throw new StackOverflowError();
                }
                return plain.encode(value, type);
            }

            @Override
            public @Nullable Object decode(byte[] bytes, Type type) {
                return plain.decode(bytes, type);
            }
        };
        try (Engine engine = Engine.builder()
                .store(store)
                .codec(endless)
                .parallelism(2)
                .closeTimeout(Duration.ofMillis(10))
                .abandonAfter(Duration.ofSeconds(1))
                .build()) {
            Run<Map<String, Object>> run = one((values, task) -> {
                        task.progress().update(1, 2, new Phase("endless"));
                        inside.countDown();
                        release.await();
                        return 1;
                    })
                    .on(engine)
                    .start(RunOptions.id("r"), "in");
            inside.await();

            run.pause(PauseMode.INTERRUPT);

            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.PAUSED);
        }
    }
}
