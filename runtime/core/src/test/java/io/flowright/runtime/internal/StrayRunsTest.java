package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.ScriptedFlow;
import io.flowright.runtime.SerializingCodec;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunRecord;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An engine has a run that is active. */
class StrayRunsTest {

    private final MemoryStore store = new MemoryStore();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Engine engine = Engine.builder()
            .store(store)
            .codec(new SerializingCodec())
            .parallelism(1)
            .build();
    private FlowRun<?> run;
    private RunRecord record;

    @BeforeEach
    void start() {
        run = (FlowRun<?>) ScriptedFlow.named("order")
                .task("one", List.of("in"), (values, task) -> {
                    released.await();
                    return 1;
                })
                .on(engine)
                .start(RunOptions.id("r"), "in");
        record = found();
    }

    @AfterEach
    void close() {
        released.countDown();
        engine.close();
    }

    private RunRecord found() {
        return store.find("r").orElseThrow();
    }

    private void look(StrayRuns strays, RunRecord... waiting) {
        strays.giveBack(Objects.requireNonNull(record.owner()), Stream.of(waiting));
    }

    @Test
    void whatNobodyKnowsIsGivenBackAtTheSecondLook() {
        StrayRuns strays = new StrayRuns(store, List.of(), 0);
        look(strays);
        assertThat(found().epoch()).isEqualTo(1);

        look(strays);

        assertThat(found().epoch()).isGreaterThan(1);
    }

    @Test
    void whatRunsIsKept() {
        StrayRuns strays = new StrayRuns(store, List.of(run), 0);
        look(strays);
        look(strays);
        look(strays);

        assertThat(found().epoch()).isEqualTo(1);
    }

    @Test
    void whatIsStillToBeReadIsKept() {
        StrayRuns strays = new StrayRuns(store, List.of(), 0);
        look(strays, record);
        look(strays, record);
        look(strays);
        assertThat(found().epoch()).isEqualTo(1);
    }

    @Test
    void whatIsAboutToBeClaimedIsKept() {
        StrayRuns strays = new StrayRuns(store, List.of(), 0);
        Object claimant = strays.expect("r");
        look(strays);
        look(strays);
        assertThat(found().epoch()).isEqualTo(1);

        strays.arrived(claimant);
        look(strays);
        look(strays);
        assertThat(found().epoch()).isGreaterThan(1);
    }

    @Test
    void whatWasUnknownInAnotherEpochIsNew() {
        StrayRuns strays = new StrayRuns(store, List.of(), 0);
        look(strays);
        store.disown(Objects.requireNonNull(record.owner()), "r", 1);
        RunRecord adopted = store.adopt(record.owner(), List.of(record.flow()), 1).stream()
                .findFirst()
                .orElseGet(this::found);

        look(strays);

        assertThat(found().epoch()).isEqualTo(adopted.epoch());
    }

    @Test
    void nobodyLooksBeforeItIsTime() {
        StrayRuns strays = new StrayRuns(store, List.of(), Long.MAX_VALUE / 2);
        look(strays);
        look(strays);
        look(strays);

        assertThat(found().epoch()).isEqualTo(1);
    }
}
