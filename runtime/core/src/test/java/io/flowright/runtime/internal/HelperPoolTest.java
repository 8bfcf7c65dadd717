package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.ScriptedFlow;
import io.flowright.runtime.generated.RetrySpec;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HelperPoolTest {

    /** What is ready comes just after the first look. */
    private static final class LateTasks implements ReadyTasks {

        private final ReadyTasks tasks;
        private final AtomicBoolean looked = new AtomicBoolean();

        LateTasks(ReadyTasks tasks) {
            this.tasks = tasks;
        }

        @Override
        public void push(int task) {
            tasks.push(task);
        }

        @Override
        public int pop() {
            return looked.compareAndSet(false, true) ? NONE : tasks.pop();
        }

        @Override
        public int peek() {
            return tasks.peek();
        }

        @Override
        public boolean isEmpty() {
            return tasks.isEmpty();
        }
    }

    private static void comeLate(Crew crew) throws ReflectiveOperationException {
        Field ready = Crew.class.getDeclaredField("ready");
        ready.setAccessible(true);
        ready.set(crew, new LateTasks((ReadyTasks) ready.get(crew)));
    }

    /** As long as one helper is on its way no other is sent for: one that works is no longer on its way. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHelperThatFoundNothingAtFirstKeepsNobodyWaiting(boolean isGivenUp) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch abandoned = new CountDownLatch(1);
        RetrySpec retry = new RetrySpec(
                2,
                Duration.ofMillis(500),
                1,
                Duration.ofSeconds(1),
                0,
                null,
                List.of(IllegalStateException.class),
                List.of(),
                false);
        try (Engine engine = Engine.builder()
                .parallelism(4)
                .abandonAfter(Duration.ofMillis(100))
                .closeTimeout(Duration.ofMillis(1))
                .listener(event -> {
                    if (event instanceof FlowEvent.TaskAbandoned) {
                        abandoned.countDown();
                    }
                })
                .build()) {
            FlowRun<?> run = (FlowRun<?>) ScriptedFlow.named("late")
                    .managed(
                            "work",
                            List.of("in"),
                            task -> (isGivenUp ? task.timeout(Duration.ofMillis(100)) : task).retry(retry),
                            (values, task) -> {
                                if (task.attempt() == 1) {
                                    throw new IllegalStateException("again");
                                }
                                inside.countDown();
                                awaitDeaf(over);
                                return 1;
                            })
                    .on(engine)
                    .start();
            await().until(() -> run.status() == RunStatus.WAITING);
            comeLate(run.crew());
            inside.await();
            if (isGivenUp) {
                abandoned.await();
            }

            assertThat(ScriptedFlow.named("other")
                            .task("one", List.of("in"), (values, task) -> 1)
                            .on(engine)
                            .runAsync()
                            .get(20, TimeUnit.SECONDS))
                    .isEqualTo(Map.of("one", 1));
            over.countDown();
        } finally {
            over.countDown();
        }
    }

    private static void awaitDeaf(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // Deaf.
            }
        }
    }
}
