package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.generated.RetrySpec;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/** What SLF4J's MDC holds during a task, and afterwards. Runs in a JVM of its own, whose backend has an MDC. */
class LoggingContextTest {

    @AfterEach
    void clear() {
        MDC.clear();
    }

    private static Map<String, String> context() {
        return Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
    }

    @ParameterizedTest
    @EnumSource
    void everyAttemptBearsFlowRunTaskAndAttempt(Engines engines) {
        try (Engine engine = engines.open()) {
            Run<Map<String, Object>> run = ScriptedFlow.named("logged")
                    .managed("retried", List.of(), task -> task.retry(RetrySpec.attempts(2)), (values, task) -> {
                        if (task.attempt() == 1) {
                            throw new IOException("again");
                        }
                        return context();
                    })
                    .task("direct", List.of("retried"), (values, task) -> context())
                    .on(engine)
                    .start(RunOptions.id("r1"), "in");

            assertThat(run.result())
                    .containsEntry("retried", Map.of("flow", "logged", "run", "r1", "task", "retried", "attempt", "2"))
                    .containsEntry("direct", Map.of("flow", "logged", "run", "r1", "task", "direct", "attempt", "1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theContextOfTheCallerIsCarriedToEveryThreadAndComesBack(Engines engines) {
        MDC.put("tenant", "acme");
        MDC.put("task", "mine");
        Map<String, String> before = context();
        try (Engine engine = engines.open()) {
            ScriptedFlow.Builder flow = ScriptedFlow.named("carried");
            for (int i = 0; i < 20; i++) {
                flow.task("t" + i, List.of(), (values, task) -> MDC.get("tenant") + " " + MDC.get("task"));
            }
            Map<String, Object> result = flow.on(engine).run();
            for (int i = 0; i < 20; i++) {
                assertThat(result).containsEntry("t" + i, "acme t" + i);
            }
        }
        assertThat(context()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void anElementIsNamedAndARunWithinItIsNot(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow inner = ScriptedFlow.named("inner")
                    .task("one", List.of(), (values, task) -> MDC.get("element") == null)
                    .on(engine);
            ScriptedFlow outer = ScriptedFlow.named("outer")
                    .task("shards", List.of(), (values, task) -> List.of("a", "b"))
                    .each(
                            "test",
                            "shards",
                            task -> {},
                            (String shard, TaskContext task) ->
                                    inner.run().get("one") + " " + MDC.get("task") + " " + MDC.get("element"))
                    .task("after", List.of("test"), (values, task) -> MDC.get("element") == null)
                    .on(engine);

            assertThat(outer.run())
                    .containsEntry("test", List.of("true test 0", "true test 1"))
                    .containsEntry("after", true);
        }
        assertThat(context()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRunWithinATaskGivesTheContextBack(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow inner = ScriptedFlow.named("inner")
                    .task("one", List.of(), (values, task) -> MDC.get("task"))
                    .on(engine);
            ScriptedFlow outer = ScriptedFlow.named("outer")
                    .task("around", List.of(), (values, task) -> {
                        String within = inner.run().get("one") + " in ";
                        return within + MDC.get("flow") + " " + MDC.get("task") + " " + MDC.get("attempt");
                    })
                    .on(engine);
            assertThat(outer.run()).containsEntry("around", "one in outer around 1");
        }
        assertThat(context()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatClearsTheContextHarmsNoOther(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("clearing")
                    .task("clears", List.of(), (values, task) -> {
                        MDC.clear();
                        return 1;
                    })
                    .task("next", List.of("clears"), (values, task) -> new HashMap<>(context()).keySet())
                    .on(engine);
            assertThat(flow.run().get("next")).asString().contains("flow", "run", "task", "attempt");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheMdcNothingIsPut(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.mdc(false))) {
            ScriptedFlow flow = ScriptedFlow.named("silent")
                    .task("one", List.of(), (values, task) -> context())
                    .on(engine);
            assertThat(flow.run()).containsEntry("one", Map.of());
        }
    }
}
