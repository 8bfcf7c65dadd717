package io.flowright.runtime.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What only this store has. That it is a store at all is for {@code RunStoreContract} to say, in the module of that. */
class MemoryStoreTest {

    private static final FlowVersion FLOW = new FlowVersion("order", "f1");
    private static final Duration LONG = Duration.ofHours(1);

    private final MemoryStore store = new MemoryStore();

    @Test
    void engineWhoseLeaseIsExpiredLosesItsRunsAndComesBack() {
        store.enter("first", "", LONG);
        store.enter("second", "", LONG);
        begin("run", "first");
        assertThat(store.adopt("second", Set.of(FLOW), 10)).isEmpty();

        store.expireLeases();

        assertThat(store.adopt("second", Set.of(FLOW), 10))
                .extracting(RunRecord::id)
                .containsExactly("run");
        assertThat(store.renew("first", LONG, List.of())).isFalse();
        assertThat(store.renew("first", LONG, List.of())).isTrue();
    }

    @Test
    void listsAllRunsInTheOrderInWhichTheyBegan() {
        begin("b", "first");
        begin("a", "first");

        assertThat(store.runs()).extracting(RunRecord::id).containsExactly("b", "a");
    }

    @TestFactory
    Stream<DynamicTest> unavailableStoreDoesNothing() {
        KeyName key = new KeyName("order", "charge", "00");
        return Stream.of(
                        () -> store.enter("first", "", LONG),
                        () -> store.announce("first", FLOW, new byte[0]),
                        () -> store.renew("first", LONG, List.of()),
                        () -> store.leave("first"),
                        store::announced,
                        () -> store.write(List.of()),
                        () -> store.adopt("first", Set.of(FLOW), 1),
                        () -> store.acquire("run", "first", Set.of(RunStatus.FAILED), RunStatus.RUNNING),
                        () -> store.find("run"),
                        () -> store.tasks("run"),
                        () -> store.orphans(1),
                        () -> store.activity("run"),
                        (Runnable) () -> store.claim(key, "run", 1))
                .map(call -> DynamicTest.dynamicTest("call", () -> {
                    store.available(false);
                    assertThatThrownBy(call::run).isInstanceOf(StoreUnavailableException.class);
                    store.available(true);
                    call.run();
                }));
    }

    @Test
    void outlivesTheEngineThatClosesIt() {
        begin("run", "first");

        store.close();

        assertThat(store.find("run")).map(RunRecord::owner).isEqualTo(Optional.of("first"));
    }

    private void begin(String run, String owner) {
        NewRun begin = new NewRun(owner, FLOW, "", new byte[0], List.of(), null, Instant.EPOCH, 0, Map.of());
        assertThat(store.write(List.of(new RunWrite(run, 1, begin, List.of(), List.of(), null))))
                .containsExactly(RunWrite.Outcome.WRITTEN);
    }
}
