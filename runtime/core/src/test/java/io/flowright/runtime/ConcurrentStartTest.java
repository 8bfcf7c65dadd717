package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.MemoryStore;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A run is started while a run with its id goes on in the same engine, and what the two have to record comes into one batch. Refused is the
 * beginning alone: the other run belongs to the engine, so nobody else would go on with it.
 */
@Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrentStartTest {

    private final MemoryStore store = new MemoryStore();
    private final BlockingStore blocking = new BlockingStore(store);
    private volatile boolean inside;
    private volatile boolean released;

    /** Holds up the first that encodes while it is told to. */
    private static final class SlowCodec implements Codec {

        private final SerializingCodec codec = new SerializingCodec();
        private volatile boolean slow;
        private volatile @Nullable Thread held;

        @Override
        public byte[] encode(@Nullable Object value, Type type) {
            if (slow && held == null) {
                held = Thread.currentThread();
            }
            while (slow && Thread.currentThread().equals(held)) {
                Background.pause();
            }
            return codec.encode(value, type);
        }

        @Override
        public @Nullable Object decode(byte[] bytes, Type type) {
            return codec.decode(bytes, type);
        }
    }

    private static ScriptedFlow.Builder flow(String name, ScriptedFlow.Body body) {
        // One that is more than a call: its run says that it waits for its record.
        return ScriptedFlow.named(name).managed("one", List.of("in"), task -> {}, body);
    }

    private Object held() {
        inside = true;
        while (!released) {
            Background.pause();
        }
        return 1;
    }

    @Test
    void theRunThatIsAdoptedMeanwhileGoesOn() {
        MortalStore mortal = new MortalStore(store, Integer.MAX_VALUE, false);
        ScriptedFlow.Builder order = flow("order", (values, task) -> {
            if (mortal.isDead()) {
                return held();
            }
            mortal.die();
            return 0;
        });
        Engine first = DurableRunTest.open(Engines.PARALLEL, mortal);
        Background.call(() -> order.on(first).start(RunOptions.id("r"), "in"));
        Background.until(mortal::isDead);

        PatientStore patient = new PatientStore(blocking);
        SlowCodec codec = new SlowCodec();
        try (Engine second = Engines.PARALLEL.open(
                engine -> engine.store(patient).codec(codec).closeTimeout(Duration.ofMillis(200)))) {
            ScriptedFlow here = order.on(second);
            ScriptedFlow other = flow("other", (values, task) -> 1).on(second);
            codec.slow = true;
            CompletableFuture<Run<Map<String, Object>>> run =
                    Background.call(() -> here.start(RunOptions.id("r"), "in"));
            Background.until(() -> codec.held != null);
            patient.adopting = true;
            Background.until(() -> inside);

            blockWritesBy(other);
            codec.slow = false;
            untilItsBeginningWaits(codec.held);
            released = true;
            untilItsRecordWaits(here.find("r").orElseThrow());
            blocking.release();

            assertThat(run.join().result()).containsEntry("one", 1);
        } finally {
            first.close();
        }
        assertThat(blocking.batches()).anyMatch(writes -> writes > 1);
        assertThat(store.find("r").orElseThrow().epoch()).isEqualTo(2);
    }

    @Test
    void aRunOfAnotherFlowWithTheIdGoesOn() {
        try (Engine engine = DurableRunTest.open(Engines.PARALLEL, blocking)) {
            ScriptedFlow order = flow("order", (values, task) -> held()).on(engine);
            ScriptedFlow invoice = flow("invoice", (values, task) -> 2).on(engine);
            ScriptedFlow other = flow("other", (values, task) -> 3).on(engine);
            Run<Map<String, Object>> run = order.start(RunOptions.id("r"), "in");
            Background.until(() -> inside);

            blockWritesBy(other);
            AtomicReference<@Nullable Thread> starting = new AtomicReference<>();
            CompletableFuture<Run<Map<String, Object>>> refused = Background.call(() -> {
                starting.set(Thread.currentThread());
                return invoice.start(RunOptions.id("r"), "in");
            });
            Background.until(() -> starting.get() != null);
            untilItsBeginningWaits(starting.get());
            released = true;
            untilItsRecordWaits(run);
            blocking.release();

            assertThatThrownBy(refused::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(RunConflictException.class);
            assertThat(run.result()).containsEntry("one", 1);
        }
        assertThat(blocking.batches()).anyMatch(writes -> writes > 1);
    }

    private void blockWritesBy(ScriptedFlow flow) {
        blocking.blockAfter(0);
        Background.call(() -> flow.start(RunOptions.none(), "in"));
        Background.until(() -> blocking.waiting() > 0);
    }

    private static void untilItsBeginningWaits(@Nullable Thread starting) {
        assertThat(starting).isNotNull();
        Background.until(() -> starting.getState() == Thread.State.WAITING
                && Arrays.stream(starting.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("recordBegin")));
    }

    private static void untilItsRecordWaits(Run<?> run) {
        Background.until(() -> run.status() == RunStatus.WAITING);
    }
}
