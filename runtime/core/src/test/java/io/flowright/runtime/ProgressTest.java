package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tasks say of themselves, in memory. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgressTest {

    record Offset(long line) {}

    record Phase(String name) {}

    /** Its text is code of the user's. */
    record Grumpy(int any) {
        @Override
        public String toString() {
            throw new IllegalStateException("no text today");
        }
    }

    private static final Consumer<FlowGraph.Builder> PLAIN = task -> {};

    private final CapturingListener events = new CapturingListener();
    private final VirtualClock clock = FlowClock.virtual();

    private Engine open(Engines engines) {
        return engines.open(builder -> builder.listener(events).clock(clock));
    }

    /** A run of one task. */
    private Run<Map<String, Object>> run(Engine engine, ScriptedFlow.Body body) {
        return ScriptedFlow.named("progress")
                .managed("a", List.of(), PLAIN, body)
                .on(engine)
                .start();
    }

    /** What a run of one task shows when that has said something. */
    private TaskSnapshot after(Consumer<Progress> body) {
        try (Engine engine = open(Engines.SEQUENTIAL)) {
            Run<Map<String, Object>> run = run(engine, (values, task) -> {
                body.accept(task.progress());
                return 1;
            });
            run.result();
            return run.snapshot().task("a");
        }
    }

    private List<FlowEvent.TaskProgressed> told() {
        return events.events(FlowEvent.TaskProgressed.class);
    }

    // ---- reports ---------------------------------------------------------------------------------------------------

    @Test
    void withoutAWordThereIsNoProgress() {
        assertThat(after(progress -> {}).progress()).isNull();
        assertThat(told()).isEmpty();
    }

    @Test
    void ofAnUnknownTotalOnlyWhatIsDoneIsKnown() {
        TaskSnapshot task = after(progress -> {
            progress.update(1);
            clock.advance(Duration.ofSeconds(5));
            progress.update(12);
        });

        assertThat(task.done()).isEqualTo(12);
        assertThat(task.total()).isNull();
        assertThat(task.remaining()).isNull();
        assertThat(task.progress().fraction()).isNull();
        assertThat(task).hasToString("a SUCCEEDED (12 done)");
        assertThat(told()).last().satisfies(event -> assertThat(event.total()).isNull());
    }

    @Test
    void fractionsAreKeptAsMillionthsWithinTheirBounds() {
        List<Double> fractions = new ArrayList<>();
        for (double fraction : new double[] {-0.5, 0, 0.25, 1, 1.000_000_1, Double.POSITIVE_INFINITY}) {
            fractions.add(after(progress -> progress.updateFraction(fraction))
                    .progress()
                    .fraction());
        }

        assertThat(fractions).containsExactly(0.0, 0.0, 0.25, 1.0, 1.0, 1.0);
    }

    @Test
    void impossibleReportsAreRefused() {
        after(progress -> {
            for (Runnable impossible : List.<Runnable>of(
                    () -> progress.update(-1),
                    () -> progress.update(-1, 3),
                    () -> progress.update(4, 3),
                    () -> progress.updateFraction(Double.NaN),
                    () -> progress.over(List.of(), -1))) {
                assertThatThrownBy(impossible::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("Progress of task 'a': ");
            }
            assertThatThrownBy(() -> progress.detail(null)).isInstanceOf(NullPointerException.class);
        });
        assertThat(told()).isEmpty();
    }

    @Test
    void whatWasOvertakenIsDropped() {
        TaskSnapshot task = after(progress -> {
            progress.update(5, 10);
            progress.update(3, 10);
            progress.update(2, 4);
            progress.update(1);
        });

        assertThat(task.done()).isEqualTo(5);
        assertThat(task.total()).isEqualTo(10);
        assertThat(told()).extracting(FlowEvent.TaskProgressed::done).containsExactly(5L);
    }

    @Test
    void aDetailStaysUntilAnotherIsReported() {
        TaskSnapshot task = after(progress -> {
            progress.detail(new Phase("reading"));
            progress.update(1, 3);
            progress.update(2, 3, new Phase("writing"));
            progress.update(3, 3);
        });

        assertThat(task.detail()).isEqualTo("Phase[name=writing]");
        assertThat(told())
                .extracting(FlowEvent.TaskProgressed::detail)
                .containsExactly(
                        new Phase("reading"), new Phase("reading"), new Phase("writing"), new Phase("writing"));
        assertThat(told()).first().satisfies(event -> assertThat(event.done()).isNull());
    }

    @Test
    void aDetailWithoutATextIsShownToNobodyAndHarmsNoRun() {
        TaskSnapshot task = after(progress -> progress.update(1, 2, new Grumpy(1)));

        assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(task.done()).isEqualTo(1);
        assertThat(task.detail()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whoLooksSeesTheMomentOfTheLastWord(Engines engines) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Engine engine = open(engines)) {
            AtomicReference<TaskSnapshot> seen = new AtomicReference<>();
            ScriptedFlow flow = ScriptedFlow.named("progress")
                    .managed("a", List.of(), PLAIN, (values, task) -> {
                        for (int i = 0; i <= 20; i++) {
                            task.progress().update(10 * i, 1_000);
                            clock.advance(Duration.ofSeconds(2));
                        }
                        inside.countDown();
                        release.await();
                        return 1;
                    })
                    .on(engine);
            var result =
                    Background.call(() -> flow.start(RunOptions.id("r"), "in").result());
            inside.await();
            seen.set(flow.find("r").orElseThrow().snapshot().task("a"));
            release.countDown();
            result.get();

            ProgressReport report = seen.get().progress();
            // 800 are left, at 5 a second.
            assertThat(report.remaining().toNanos() / 1e9).isCloseTo(160, Percentage.withPercentage(1));
            assertThat(report.at()).isEqualTo(clock.now().minusSeconds(2));
        }
    }

    // ---- loops -----------------------------------------------------------------------------------------------------

    @Test
    void aLoopIsCountedAndItsEndIsTold() {
        TaskSnapshot task = after(progress -> {
            for (int i : progress.over(List.of(1, 2, 3))) {
                assertThat(i).isPositive();
            }
        });

        assertThat(task.progress().fraction()).isEqualTo(1);
        assertThat(task.total()).isEqualTo(3);
        assertThat(told())
                .singleElement()
                .satisfies(event -> assertThat(event.done()).isEqualTo(3));
    }

    @Test
    void ofALoopThatIsLeftWhatIsThroughIsKnown() {
        TaskSnapshot task = after(progress -> {
            for (int i : progress.over(IntStream.range(0, 1_000).boxed().toList())) {
                if (i == 700) {
                    break;
                }
            }
        });

        assertThat(task).hasToString("a SUCCEEDED (700 of 1000 done)");
    }

    @Test
    void aLoopOverNothingIsThrough() {
        TaskSnapshot task = after(progress -> progress.over(List.of()).forEach(none -> {}));

        assertThat(task).hasToString("a SUCCEEDED (0 of 0 done)");
        assertThat(task.progress().fraction()).isEqualTo(1);
    }

    @Test
    void aLoopOfUnknownLengthHasItsTotalAtTheEnd() {
        List<Long> totals = new ArrayList<>();
        Iterator<Integer> three = List.of(1, 2, 3).iterator();
        TaskSnapshot task = after(progress -> {
            for (int i : progress.over((Iterable<Integer>) () -> three)) {
                clock.advance(Duration.ofSeconds(i));
            }
        });
        told().forEach(event -> totals.add(event.total()));

        assertThat(totals).startsWith((Long) null).endsWith(3L);
        assertThat(task).hasToString("a SUCCEEDED (3 of 3 done)");
    }

    @Test
    void moreElementsThanTheCallerKnewOfMakeTheTotalUnknown() {
        List<Long> totals = new ArrayList<>();
        after(progress -> {
            for (int i : progress.over(List.of(1, 2, 3, 4, 5), 2)) {
                clock.advance(Duration.ofSeconds(1));
            }
        });
        told().forEach(event -> totals.add(event.total()));

        assertThat(totals).containsExactly(2L, null, null, 5L);
    }

    @Test
    void eachIterationCountsAnew() {
        List<Integer> ten = IntStream.range(0, 10).boxed().toList();
        TaskSnapshot task = after(progress -> {
            progress.over(ten).forEach(one -> {});
            for (int i : progress.over(ten)) {
                if (i == 4) {
                    break;
                }
            }
        });

        assertThat(task).hasToString("a SUCCEEDED (4 of 10 done)");
    }

    @Test
    void listenersHearOfALoopOnceASecondAtMost() {
        after(progress -> {
            for (int i : progress.over(IntStream.range(0, 100_000).boxed().toList())) {
                // Ten seconds in all.
                clock.advance(Duration.ofNanos(100_000));
            }
        });

        assertThat(told()).hasSizeBetween(9, 11);
        assertThat(told()).extracting(FlowEvent.TaskProgressed::done).isSorted().endsWith(100_000L);
    }

    @Test
    void howLongALoopWillTakeIsKnown() {
        AtomicReference<Run<Map<String, Object>>> run = new AtomicReference<>();
        List<Double> seconds = new ArrayList<>();
        CountDownLatch known = new CountDownLatch(1);
        try (Engine engine = open(Engines.PARALLEL)) {
            run.set(run(engine, (values, task) -> {
                known.await();
                for (int i :
                        task.progress().over(IntStream.range(0, 1_000).boxed().toList())) {
                    if (i % 100 == 50) {
                        Duration rest = run.get().snapshot().task("a").remaining();
                        seconds.add(rest == null ? null : rest.toNanos() / 1e9);
                    }
                    clock.advance(Duration.ofMillis(100));
                }
                return 1;
            }));
            known.countDown();
            run.get().result();
        }

        for (int i = 0; i < seconds.size(); i++) {
            assertThat(seconds.get(i)).isCloseTo(95 - 10 * i, Percentage.withPercentage(1));
        }
        assertThat(seconds).hasSize(10);
    }

    @Test
    void aLoopOfAnAttemptThatIsOverCountsNoLonger() throws Exception {
        AtomicReference<Iterator<Integer>> left = new AtomicReference<>();
        Run<Map<String, Object>> run;
        try (Engine engine = open(Engines.SEQUENTIAL)) {
            run = run(engine, (values, task) -> {
                left.set(task.progress().over(List.of(1, 2, 3)).iterator());
                left.get().next();
                left.get().next();
                return 1;
            });
            run.result();
            left.get().next();
            assertThat(left.get().hasNext()).isFalse();

            assertThat(run.snapshot().task("a").done()).isEqualTo(1);
        }
        assertThat(told()).isEmpty();
    }

    // ---- earlier attempts ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLaterAttemptGoesOnWhereTheEarlierOneWas(boolean silentBetween) {
        List<Optional<Offset>> found = new ArrayList<>();
        try (Engine engine = open(Engines.SEQUENTIAL)) {
            Run<Map<String, Object>> run = ScriptedFlow.named("progress")
                    .managed("a", List.of(), task -> task.retry(RetrySpec.attempts(4)), (values, task) -> {
                        found.add(task.progress().last(Offset.class));
                        if (task.attempt() == 1 || !silentBetween) {
                            task.progress().detail(new Offset(100L * task.attempt()));
                        }
                        // Its own is not an earlier one's.
                        assertThat(task.progress().last(Offset.class)).isEqualTo(found.get(found.size() - 1));
                        if (task.attempt() < 3) {
                            throw new IOException("gone");
                        }
                        return 1;
                    })
                    .on(engine)
                    .start();
            run.result();
        }

        long second = silentBetween ? 100 : 200;
        assertThat(found)
                .containsExactly(Optional.empty(), Optional.of(new Offset(100)), Optional.of(new Offset(second)));
    }

    @Test
    void whatIsOfAnotherTypeIsNotFound() {
        List<Optional<Phase>> found = new ArrayList<>();
        try (Engine engine = open(Engines.SEQUENTIAL)) {
            ScriptedFlow.named("progress")
                    .managed("a", List.of(), task -> task.retry(RetrySpec.attempts(2)), (values, task) -> {
                        found.add(task.progress().last(Phase.class));
                        task.progress().detail(new Offset(1));
                        if (task.attempt() == 1) {
                            throw new IOException("gone");
                        }
                        return 1;
                    })
                    .on(engine)
                    .run();
        }
        assertThat(found).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void eachElementHasItsOwn() {
        Map<Integer, List<Optional<Offset>>> found = new ConcurrentHashMap<>();
        try (Engine engine = open(Engines.PARALLEL)) {
            ScriptedFlow.named("progress")
                    .task("shards", List.of(), (values, task) -> List.of(1, 2, 3))
                    .managedEach(
                            "a",
                            "shards",
                            task -> task.retry(RetrySpec.attempts(2)),
                            (Integer shard, TaskContext task) -> {
                                found.computeIfAbsent(shard, key -> new ArrayList<>())
                                        .add(task.progress().last(Offset.class));
                                task.progress().detail(new Offset(shard));
                                if (task.attempt() == 1) {
                                    throw new IOException("gone");
                                }
                                return shard;
                            })
                    .on(engine)
                    .run();
        }
        assertThat(found)
                .hasSize(3)
                .allSatisfy((shard, offsets) ->
                        assertThat(offsets).containsExactly(Optional.empty(), Optional.of(new Offset(shard))));
    }

    @Test
    void elementsInFlightAreSeenAndThoseOfAStoppedRunGoOn() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        Map<Integer, Optional<Offset>> found = new ConcurrentHashMap<>();
        try (Engine engine = open(Engines.PARALLEL)) {
            Run<Map<String, Object>> run = ScriptedFlow.named("progress")
                    .task("shards", List.of(), (values, task) -> List.of(1, 2))
                    .managedEach("a", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        Optional<Offset> before = task.progress().last(Offset.class);
                        found.put(shard, before);
                        if (before.isEmpty()) {
                            task.progress().update(shard, 10, new Offset(shard));
                            inside.countDown();
                            never.await();
                        }
                        return shard;
                    })
                    .on(engine)
                    .start();
            inside.await();
            assertThat(run.snapshot().task("a").elements())
                    .hasSize(2)
                    .allSatisfy((index, said) -> assertThat(said.done()).isEqualTo(index + 1));
            run.pause(PauseMode.INTERRUPT);
            assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
            assertThat(run.snapshot().task("a").elements()).hasSize(2);
            run.resume();
            run.result();
            assertThat(run.snapshot().task("a").elements()).isEmpty();
        }
        assertThat(found)
                .hasSize(2)
                .allSatisfy((shard, offset) -> assertThat(offset).contains(new Offset(shard)));
    }

    // ---- tests of tasks --------------------------------------------------------------------------------------------

    @Test
    void aTestOfATaskCanPretendThatAnAttemptCameBefore() {
        assertThat(Progress.forTest().last(Offset.class)).isEmpty();
        assertThat(Progress.forTest(new Offset(5)).last(Offset.class)).contains(new Offset(5));
        assertThat(Progress.forTest(new Offset(5)).last(Phase.class)).isEmpty();
        assertThat(Progress.forTest().over(List.of(1, 2))).containsExactly(1, 2);
    }
}
