package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order in which ready tasks start. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PriorityTest {

    private final List<String> started = Collections.synchronizedList(new ArrayList<>());

    private Object note(String name) {
        started.add(name);
        return name;
    }

    @ParameterizedTest
    @EnumSource(names = {"SEQUENTIAL", "ONE_THREAD"})
    void theHigherPriorityStartsFirstAndEqualOnesAsDeclared(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("priorities")
                    .managed("root", List.of(), task -> task.priority(1), (values, task) -> note("root"))
                    .managed("low", List.of(), task -> task.priority(-1), (values, task) -> note("low"))
                    .managed("a", List.of("root"), task -> {}, (values, task) -> note("a"))
                    .managed("b", List.of("root"), task -> task.priority(5), (values, task) -> note("b"))
                    .managed("c", List.of("root"), task -> {}, (values, task) -> note("c"))
                    .managed("d", List.of("root"), task -> task.priority(5), (values, task) -> note("d"))
                    .managed("e", List.of("b"), task -> task.priority(7), (values, task) -> note("e"))
                    .on(engine);
            flow.run();
            assertThat(started).containsExactly("root", "b", "e", "d", "a", "c", "low");
            started.clear();
            flow.start().result();
            assertThat(started).containsExactly("root", "b", "e", "d", "a", "c", "low");
        }
    }

    @Test
    void withoutPrioritiesOneThreadKeepsTheDeclaredOrder() {
        try (Engine engine = Engines.SEQUENTIAL.open()) {
            ScriptedFlow.Builder builder = ScriptedFlow.named("plain");
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String name = "t" + i;
                builder.managed(
                        name,
                        i < 20 ? List.of() : List.of(names.get(39 - i)),
                        task -> {},
                        (values, task) -> note(name));
                names.add(name);
            }
            builder.on(engine).run();
            assertThat(started).isEqualTo(names);
        }
    }

    @Test
    void theSameInputsAndTheSameClockGiveTheSameEvents() throws Exception {
        assertThat(history()).isEqualTo(history()).isNotEmpty();
    }

    /** Two retried tasks, whose delays end in another order than they began, and what depends on them. */
    private static List<String> history() throws Exception {
        VirtualClock clock = FlowClock.virtual();
        CapturingListener events = new CapturingListener();
        try (Engine engine =
                Engines.SEQUENTIAL.open(builder -> builder.clock(clock).listener(events))) {
            ScriptedFlow.Builder builder = ScriptedFlow.named("history");
            for (int i = 0; i < 4; i++) {
                int seconds = 4 - i;
                builder.managed(
                        "retried" + i,
                        List.of(),
                        task -> task.retry(RetrySpec.attempts(3).delay(Duration.ofSeconds(seconds))),
                        (values, task) -> {
                            if (task.attempt() < 3) {
                                throw new IOException("attempt " + task.attempt());
                            }
                            return seconds;
                        });
                builder.task("after" + i, List.of("retried" + i), (values, task) -> 1);
            }
            ScriptedFlow flow = builder.on(engine);
            CompletableFuture<Run<Map<String, Object>>> result =
                    Background.call(() -> flow.start(RunOptions.id("the-run"), "in"));
            for (int second = 0; second < 8; second++) {
                Background.until(() -> quiet(events, clock));
                clock.advance(Duration.ofSeconds(1));
            }
            result.get(20, TimeUnit.SECONDS);
            return events.events().stream().map(FlowEvent::toString).toList();
        }
    }

    /** Every retried task waits for the clock, or has ended and what depends on it has too. */
    private static boolean quiet(CapturingListener events, VirtualClock clock) {
        List<String> ended = events.events(FlowEvent.TaskSucceeded.class).stream()
                .map(FlowEvent.TaskSucceeded::task)
                .toList();
        long retried = ended.stream().filter(task -> task.startsWith("retried")).count();
        return clock.pending() == 4 - retried && ended.size() == 2 * retried;
    }
}
