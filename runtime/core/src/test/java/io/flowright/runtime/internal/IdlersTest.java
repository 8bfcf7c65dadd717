package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.ScriptedFlow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdlersTest {

    /** The engine has one thread, which waits: nobody else could do it. */
    @Test
    void whoWaitsForARunBeforeThatBeginsWorksOnIt() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        try (Engine engine = Engine.builder()
                .parallelism(1)
                .callerRuns(false)
                .listener(event -> {
                    if (event instanceof FlowEvent.RunStarted && event.flow().equals("inner")) {
                        await().until(() -> LockSupport.getBlocker(thread.join()) instanceof Idlers);
                    }
                })
                .build()) {
            ScriptedFlow inner = ScriptedFlow.named("inner")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .on(engine);
            CompletableFuture<Map<String, Object>> called = new CompletableFuture<>();
            Thread caller = new Thread(() -> called.complete(inner.run(RunOptions.id("i"))));
            caller.setDaemon(true);
            caller.start();
            await().until(() -> inner.find("i").isPresent());
            ScriptedFlow.named("outer")
                    .task("wait", List.of("in"), (values, task) -> {
                        thread.complete(Thread.currentThread());
                        return inner.start(RunOptions.id("i"), "in").result();
                    })
                    .on(engine)
                    .start();

            assertThat(called.get(20, TimeUnit.SECONDS)).isEqualTo(Map.of("one", 1));
        }
    }

    /** It is interrupted, and before it is out of the queue it is sent to work: then another has to come. */
    @Test
    void whatAThreadWasWokenForIsDoneThoughItGoes() throws Exception {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            FlowRun<?> inner = (FlowRun<?>) ScriptedFlow.named("inner")
                    .stage("ask", List.of(), task -> {}, (values, task) -> answer)
                    .on(engine)
                    .start(RunOptions.none(), "in");
            Run<Map<String, Object>> outer = ScriptedFlow.named("outer")
                    .task("wait", List.of(), (values, task) -> {
                        thread.complete(Thread.currentThread());
                        return inner.result();
                    })
                    .on(engine)
                    .start(RunOptions.none(), "in");
            Thread waits = thread.get(20, TimeUnit.SECONDS);
            await().until(() -> LockSupport.getBlocker(waits) instanceof Idlers);
            inner.lock.lock();
            try {
                outer.cancel();
                await().pollInterval(Duration.ofMillis(1)).until(inner.lock::hasQueuedThreads);
                answer.complete(1);
            } finally {
                inner.lock.unlock();
            }

            assertThat(inner.future().get(20, TimeUnit.SECONDS)).isEqualTo(Map.of("ask", 1));
        }
    }
}
