package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.generated.RetrySpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random graphs with tasks of every kind, many runs at once, failures, pauses and resumptions at random moments. Each value is
 * compared with what one plain loop computes; the seed is in the message of a failure.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SchedulerStressTest {

    private static final Duration TIME = Duration.ofSeconds(3);
    private static final int RUNS_AT_ONCE = 8;

    /** One flow, what each of its tasks needs, and how often each succeeded in the run whose input is the place. */
    private static final class Plan {
        final List<List<Integer>> needs = new ArrayList<>();
        final List<AtomicIntegerArray> successes = new ArrayList<>();
        final ScriptedFlow flow;

        Plan(Engine engine, Random random) {
            int size = 1 + random.nextInt(random.nextInt(10) == 0 ? 300 : 40);
            int fan = 1 + random.nextInt(6);
            boolean managed = random.nextInt(4) > 0;
            boolean priorities = random.nextInt(4) == 0;
            for (int run = 0; run < RUNS_AT_ONCE; run++) {
                successes.add(new AtomicIntegerArray(size));
            }
            ScriptedFlow.Builder builder = ScriptedFlow.named("random");
            BulkheadSpec bulkhead = new BulkheadSpec("room" + System.identityHashCode(this), 3, Duration.ofMinutes(1));
            for (int task = 0; task < size; task++) {
                needs.add(
                        task == 0
                                ? List.of()
                                : random.ints(random.nextInt(fan + 1), 0, task)
                                        .boxed()
                                        .distinct()
                                        .sorted()
                                        .toList());
                List<String> keys =
                        needs.get(task).stream().map(need -> "t" + need).toList();
                String name = "t" + task;
                int number = task;
                boolean flaky = random.nextInt(15) == 0;
                int priority = priorities ? random.nextInt(3) : 0;
                ScriptedFlow.Body body = (values, context) -> compute(number, flaky, values);
                switch (managed ? random.nextInt(6) : 5) {
                    case 0 -> builder.managed(name, keys, spec -> spec.priority(priority), body);
                    case 1 ->
                        builder.managed(
                                name,
                                keys,
                                spec -> spec.priority(priority)
                                        .retry(RetrySpec.attempts(2).delay(Duration.ofNanos(10_000))),
                                body);
                    case 2 ->
                        builder.managed(
                                name, keys, spec -> spec.bulkhead(bulkhead).timeout(Duration.ofMinutes(1)), body);
                    case 3 ->
                        builder.stage(name, keys, spec -> spec.priority(priority), (values, context) -> {
                            Object value = body.run(values, context);
                            return CompletableFuture.supplyAsync(() -> value);
                        });
                    default -> builder.task(name, keys, body);
                }
            }
            flow = builder.on(engine);
        }

        private Object compute(int task, boolean flaky, ScriptedFlow.Values values) throws IOException {
            int run = values.get("in");
            long value = task + 31L * run;
            for (int need : needs.get(task)) {
                value = value * 31 + values.<Long>get("t" + need);
            }
            // A flaky task fails the first time; its second call is its first success.
            if (flaky && successes.get(run).compareAndSet(task, 0, -1)) {
                throw new IOException("flaky");
            }
            successes.get(run).updateAndGet(task, count -> Math.max(count, 0) + 1);
            return value;
        }

        Map<String, Object> expected(int run) {
            Map<String, Object> expected = new HashMap<>();
            for (int task = 0; task < needs.size(); task++) {
                long value = task + 31L * run;
                for (int need : needs.get(task)) {
                    value = value * 31 + (Long) expected.get("t" + need);
                }
                expected.put("t" + task, value);
            }
            return expected;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyValueIsRightAndEveryTaskSucceedsOnce(Engines engines) {
        long end = System.nanoTime() + TIME.toNanos();
        try (Engine engine = engines.open()) {
            for (long seed = 1; System.nanoTime() < end; seed++) {
                round(engine, seed);
            }
        }
    }

    private static void round(Engine engine, long seed) {
        Random random = new Random(seed);
        Plan plan = new Plan(engine, random);
        List<CompletableFuture<Map<String, Object>>> results = new ArrayList<>();
        for (int run = 0; run < RUNS_AT_ONCE; run++) {
            int input = run;
            long own = random.nextLong();
            results.add(Background.call(() -> toTheEnd(plan, input, new Random(own))));
        }
        for (int run = 0; run < RUNS_AT_ONCE; run++) {
            assertThat(results.get(run)
                            .orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                            .join())
                    .as("seed %s, run %s", seed, run)
                    .isEqualTo(plan.expected(run));
            for (int task = 0; task < plan.needs.size(); task++) {
                assertThat(plan.successes.get(run).get(task))
                        .as("seed %s, run %s, successes of task %s", seed, run, task)
                        .isEqualTo(1);
            }
        }
    }

    /** Resumes the run whenever it fails, and pauses it now and then. */
    private static Map<String, Object> toTheEnd(Plan plan, int input, Random random) throws Exception {
        Run<Map<String, Object>> run = plan.flow.start(RunOptions.none(), input);
        int pauses = random.nextInt(3);
        while (true) {
            if (pauses-- > 0) {
                LockSupport.parkNanos(random.nextInt(200_000));
                run.pause();
            }
            try {
                return run.result();
            } catch (RunPausedException paused) {
                assertThat(run.resume()).isTrue();
            } catch (FlowFailedException failed) {
                assertThat(failed).hasRootCauseMessage("flaky");
                assertThat(run.resume()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "DEFAULT"})
    void cancelledRunsEndAndLeaveTheEngineWhole(Engines engines) {
        long end = System.nanoTime() + TIME.toNanos();
        try (Engine engine = engines.open()) {
            for (long seed = 1; System.nanoTime() < end; seed++) {
                Random random = new Random(seed);
                Plan plan = new Plan(engine, random);
                List<Run<Map<String, Object>>> runs = new ArrayList<>();
                for (int run = 0; run < RUNS_AT_ONCE; run++) {
                    runs.add(plan.flow.start(RunOptions.none(), run));
                }
                for (Run<Map<String, Object>> run : runs) {
                    LockSupport.parkNanos(random.nextInt(50_000));
                    run.cancel();
                }
                Background.until(
                        () -> runs.stream().noneMatch(run -> run.status().isActive()));
            }
            ScriptedFlow after = ScriptedFlow.named("after")
                    .task(
                            "one",
                            List.of(),
                            (values, task) -> Thread.currentThread().isInterrupted())
                    .on(engine);
            for (int i = 0; i < 100; i++) {
                assertThat(after.start().result()).containsEntry("one", false);
            }
        }
    }
}
