package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.spi.ContextPropagation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The caller's context is on the thread of each attempt, whichever that is, and nowhere else. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContextTest {

    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    private final AtomicInteger captures = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    /** Carries the tenant. */
    private ContextPropagation tenant() {
        return () -> {
            captures.incrementAndGet();
            String tenant = TENANT.get();
            return () -> {
                String before = TENANT.get();
                Thread thread = Thread.currentThread();
                TENANT.set(tenant);
                open.incrementAndGet();
                opened.incrementAndGet();
                return () -> {
                    assertThat(Thread.currentThread()).isSameAs(thread);
                    TENANT.set(before);
                    open.decrementAndGet();
                };
            };
        };
    }

    @AfterEach
    void leave() {
        TENANT.remove();
    }

    @ParameterizedTest
    @EnumSource
    void everyAttemptAndFallbackHasTheContextOfTheCaller(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.contextPropagation(tenant()))) {
            ScriptedFlow flow = ScriptedFlow.named("tenants")
                    .task("direct", List.of(), (values, task) -> TENANT.get())
                    .managed("retried", List.of(), task -> task.retry(RetrySpec.attempts(3)), (values, task) -> {
                        if (task.attempt() < 3) {
                            throw new IOException(TENANT.get());
                        }
                        return TENANT.get();
                    })
                    .stage("staged", List.of(), task -> {}, (values, task) -> {
                        String tenant = TENANT.get();
                        return CompletableFuture.supplyAsync(() -> tenant);
                    })
                    .withFallback(
                            "fallback",
                            task -> {},
                            (values, task) -> {
                                throw new IOException("down");
                            },
                            (values, failure) -> TENANT.get())
                    .task("after", List.of("staged"), (values, task) -> TENANT.get())
                    .on(engine);
            TENANT.set("one");
            assertThat(flow.run().values()).hasSize(5).containsOnly("one");
            Run<Map<String, Object>> run = flow.start();
            TENANT.set("two");
            assertThat(run.result().values()).hasSize(5).containsOnly("one");
            assertThat(flow.run().values()).hasSize(5).containsOnly("two");
            assertThat(TENANT.get()).isEqualTo("two");
            assertThat(captures).hasValue(3);
            assertThat(opened).hasValue(3 * 8);
            assertThat(open).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunWithinATaskLeavesTheContextOfTheTaskAsItWas(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.contextPropagation(tenant()))) {
            ScriptedFlow inner = ScriptedFlow.named("inner")
                    .task("one", List.of(), (values, task) -> TENANT.get())
                    .on(engine);
            ScriptedFlow outer = ScriptedFlow.named("outer")
                    .task("one", List.of(), (values, task) -> {
                        String mine = TENANT.get();
                        TENANT.set("inner");
                        Object seen = inner.run().get("one");
                        String afterwards = TENANT.get();
                        TENANT.set(mine);
                        return mine + " " + seen + " " + afterwards;
                    })
                    .on(engine);
            TENANT.set("outer");
            assertThat(outer.start().result()).containsEntry("one", "outer inner inner");
            assertThat(open).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aContextThatCannotBeOpenedFailsTheTaskAndClosesTheOthers(Engines engines) {
        ContextPropagation broken = () -> () -> {
            throw new IllegalStateException("no context");
        };
        try (Engine engine =
                engines.open(builder -> builder.contextPropagation(tenant()).contextPropagation(broken))) {
            ScriptedFlow flow = ScriptedFlow.named("broken")
                    .task("one", List.of(), (values, task) -> 1)
                    .on(engine);
            assertThatThrownBy(flow::run).hasRootCauseMessage("no context");
            assertThat(opened).hasValue(1);
            assertThat(open).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aContextThatCannotBeClosedChangesNothing(Engines engines) {
        ContextPropagation broken = () -> () -> () -> {
            throw new IllegalStateException("cannot close");
        };
        try (Engine engine =
                engines.open(builder -> builder.contextPropagation(tenant()).contextPropagation(broken))) {
            ScriptedFlow flow = ScriptedFlow.named("broken")
                    .task("one", List.of(), (values, task) -> 1)
                    .on(engine);
            assertThat(flow.run()).containsEntry("one", 1);
            assertThat(open).hasValue(0);
        }
    }
}
