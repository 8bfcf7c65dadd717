package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.flowright.annotations.OnFailure;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import io.flowright.runtime.spi.TaskRecord.Kind;
import io.flowright.runtime.spi.TaskRecord.Status;
import io.flowright.runtime.spi.VirtualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an engine makes of the records of a run that it finds: what it takes from there, what it runs again and when, what it undoes. No
 * process dies for that: the records are written by hand.
 */
@Timeout(20)
class RecordedRunTest {

    private static final Consumer<FlowGraph.Builder> PLAIN = task -> {};
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String ID = "r";
    private static final String DEAD = "dead";

    private final MemoryStore store = new MemoryStore();
    private final VirtualClock clock = FlowClock.virtual();
    private final Codec codec = new SerializingCodec();
    private final Engine engine = Engine.builder()
            .parallelism(2)
            .clock(clock)
            .store(store)
            .codec(codec)
            .closeTimeout(Duration.ofMillis(200))
            .build();

    private final List<TaskRecord> records = new ArrayList<>();
    private final Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
    private @Nullable ScriptedFlow here;
    private boolean alive;

    /** How often each has been done, other than never. */
    private Map<String, Integer> effects() {
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        effects.forEach((name, count) -> counts.put(name, count.get()));
        return counts;
    }

    private Object effect(String name, Object value) {
        effects.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
        return value;
    }

    private Object failing(String name) {
        effect(name, "");
        throw new IllegalStateException(name + " fails");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    // ---- the records -----------------------------------------------------------------------------------------------

    /** What is recorded in one attempt of a task, or of an element: {@code task#3}. */
    private record Row(
            String place,
            int attempt,
            Kind kind,
            Status status,
            @Nullable Object result,
            @Nullable Throwable error,
            @Nullable Instant due,
            @Nullable ProgressReport progress) {}

    private RecordedRunTest on(Row row) {
        String[] place = row.place().split("#", 2);
        records.add(new TaskRecord(
                place[0],
                place.length == 1 ? "" : place[1],
                0,
                row.attempt(),
                row.kind(),
                row.status(),
                row.result() == null ? null : codec.encode(row.result(), Object.class),
                row.error() == null ? null : encoded(row.error()),
                null,
                clock.now(),
                row.due(),
                null,
                null,
                row.progress() == null ? null : codec.encode(row.progress(), ProgressReport.class)));
        return this;
    }

    private byte[] encoded(Throwable error) {
        return codec.encode(FailureInfo.of(error), FailureInfo.class);
    }

    private RecordedRunTest end(String place, Status status, @Nullable Object result, @Nullable Throwable error) {
        return on(new Row(place, 1, Kind.END, status, result, error, null, null));
    }

    private RecordedRunTest succeeded(String place, Object result) {
        return end(place, Status.SUCCEEDED, result, null);
    }

    private RecordedRunTest failed(String place, String message) {
        return end(place, Status.FAILED, null, new IllegalStateException(message));
    }

    private RecordedRunTest started(String place) {
        return on(new Row(place, 1, Kind.START, Status.STARTED, null, null, null, null));
    }

    private RecordedRunTest retrying(String place, int attempt, @Nullable Instant due) {
        Exception error = new IllegalStateException("attempt " + attempt);
        return on(new Row(place, attempt, Kind.END, Status.RETRYING, null, error, due, null));
    }

    /** It had failed for good, and the run was resumed. */
    private RecordedRunTest takenBack(String place, int attempt) {
        return retrying(place, attempt, clock.now());
    }

    private RecordedRunTest undoing(String place, int attempt, Status status, @Nullable Instant due) {
        Exception error = status == Status.SUCCEEDED ? null : new IllegalStateException("stuck");
        return on(new Row(place, attempt, Kind.COMPENSATION, status, null, error, due, null));
    }

    // ---- the run ---------------------------------------------------------------------------------------------------

    private Run<Map<String, Object>> found(ScriptedFlow.Builder flow, Object input) {
        return found(flow, input, RunStatus.RUNNING, null, null);
    }

    /** The run as the engine has it that finds it with these records. */
    private Run<Map<String, Object>> found(
            ScriptedFlow.Builder builder,
            Object input,
            RunStatus status,
            @Nullable Throwable error,
            TaskSnapshot @Nullable [] activity) {
        byte[] encoded = codec.encode(input, Object.class);
        byte[] inputs = ByteBuffer.allocate(Integer.BYTES + encoded.length)
                .putInt(encoded.length)
                .put(encoded)
                .array();
        Instant now = clock.now();
        NewRun begin = new NewRun(DEAD, builder.version(), "", inputs, List.of(), null, now, 0, Map.of());
        RunWrite.Change change = status == RunStatus.RUNNING
                ? null
                : new RunWrite.Change(status, error == null ? null : encoded(error), !status.isActive(), now);
        store.enter(DEAD, DEAD, MINUTE);
        store.write(List.of(new RunWrite(ID, 1, begin, records, List.of(), change)));
        if (activity != null) {
            byte[] said = codec.encode(activity, TaskSnapshot[].class);
            store.renew(DEAD, MINUTE, List.of(new RunActivity(ID, 1, said)));
        }
        if (!alive) {
            store.leave(DEAD);
        }
        here = builder.on(engine);
        return here.find(ID).orElseThrow();
    }

    // ---- what is taken from there ----------------------------------------------------------------------------------

    private ScriptedFlow.Builder chain() {
        return ScriptedFlow.named("chain")
                .task("one", List.of("in"), (values, task) -> effect("one", 1))
                .task("two", List.of("one"), (values, task) -> effect("two", values.<Integer>get("one") + 1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"SUCCEEDED", "TAKEN"})
    void whatHasSucceededIsTakenFromTheRecord(Status status) {
        end("one", status, 41, null);

        assertThat(found(chain(), "in").result()).containsEntry("two", 42);
        assertThat(effects()).isEqualTo(Map.of("two", 1));
        assertThat(store.tasks(ID)).hasSize(2);
    }

    @Test
    void whatHasEndedAsAWholeIsAtItsEnd() {
        succeeded("one", 41).succeeded("two", 42);

        Run<Map<String, Object>> run = found(chain(), "in");

        assertThat(run.result()).containsEntry("one", 41).containsEntry("two", 42);
        assertThat(effects).isEmpty();
        assertThat(store.find(ID).orElseThrow().owner()).isNull();
    }

    @Test
    void theRunGoesOnWithoutWhatWasTolerated() {
        ScriptedFlow.Builder flow = ScriptedFlow.named("optional")
                .managed("may", List.of("in"), FlowGraph.Builder::optional, (values, task) -> effect("may", ""))
                .task("end", List.of("may"), (values, task) -> effect("end", "without"));
        end("may", Status.TOLERATED, null, new IllegalStateException("it may"));

        Run<Map<String, Object>> run = found(flow, "in");

        assertThat(run.result()).containsEntry("end", "without");
        assertThat(effects()).isEqualTo(Map.of("end", 1));
        assertThat(run.snapshot().task("may").status()).isEqualTo(TaskStatus.FAILED);
        assertThat(run.snapshot().task("may").failure()).hasToString("java.lang.IllegalStateException: it may");
    }

    private ScriptedFlow.Builder besides(OnFailure onFailure) {
        return ScriptedFlow.named("besides")
                .onFailure(onFailure)
                .task("bad", List.of("in"), (values, task) -> effect("bad", ""))
                .managed("once", List.of("in"), FlowGraph.Builder::once, (values, task) -> effect("once", ""))
                .task("beside", List.of("in"), (values, task) -> effect("beside", ""));
    }

    /** Its process had no time to say that the run had failed. */
    @Test
    void aFailureForGoodEndsTheRunAndNothingElseBegins() {
        failed("bad", "no room").started("once");

        Run<Map<String, Object>> run = found(besides(OnFailure.HOLD), "in");

        FlowFailedException failure = catchThrowableOfType(FlowFailedException.class, run::result);
        assertThat(failure).hasMessageContaining("no room").hasNoSuppressedExceptions();
        assertThat(failure.task()).isEqualTo("bad");
        assertThat(failure.getCause()).isInstanceOf(RecordedException.class);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(effects).isEmpty();
        // That a task is in doubt is no failure of a run that had failed before.
        assertThat(store.tasks(ID)).hasSize(2);
    }

    @Test
    void aFailureForGoodThatHoldsNothingUpLetsTheOthersEnd() {
        failed("bad", "no room");

        Run<Map<String, Object>> run = found(besides(OnFailure.CONTINUE), "in");

        assertThatThrownBy(run::result).hasMessageContaining("task bad").hasMessageContaining("no room");
        assertThat(effects()).isEqualTo(Map.of("beside", 1, "once", 1));
    }

    @Test
    void aFailureWithoutItsReasonIsAFailure() {
        end("one", Status.FAILED, null, null);

        assertThatThrownBy(found(chain(), "in")::result)
                .hasMessageContaining("the record of task 'one' has no failure");
        assertThat(effects).isEmpty();
    }

    @Test
    void aCancellationComesBackAsOne() {
        end("one", Status.FAILED, null, new CancellationException("by hand"));

        assertThatThrownBy(found(chain(), "in")::result)
                .hasCauseInstanceOf(CancellationException.class)
                .hasRootCauseMessage("by hand");
    }

    // ---- what runs again, and when ---------------------------------------------------------------------------------

    private ScriptedFlow.Builder once() {
        return ScriptedFlow.named("once")
                .managed(
                        "pay",
                        List.of("in"),
                        task -> task.once().retry(RetrySpec.attempts(3)),
                        (values, task) -> effect("pay", task.attempt()));
    }

    @Test
    void whatIsToStartOnceAndHasBegunIsInDoubt() {
        retrying("pay", 1, null).on(new Row("pay", 2, Kind.START, Status.STARTED, null, null, null, null));

        Run<Map<String, Object>> run = found(once(), "in");

        assertThatThrownBy(run::result).hasCauseInstanceOf(InDoubtException.class);
        assertThat(effects).isEmpty();
        assertThat(run.snapshot().task("pay").attempts()).isEqualTo(2);
        assertThat(store.tasks(ID)).last().matches(entry -> entry.attempt() == 2 && entry.status() == Status.FAILED);
    }

    @Test
    void whatIsToStartOnceAndHasEndedStartsAgainAndSaysSo() {
        started("pay").retrying("pay", 1, null);

        assertThat(found(once(), "in").result()).containsEntry("pay", 2);
        assertThat(store.tasks(ID))
                .extracting(TaskRecord::attempt, TaskRecord::kind)
                .contains(tuple(2, Kind.START), tuple(2, Kind.END));
    }

    private ScriptedFlow.Builder retried(int succeeding) {
        return ScriptedFlow.named("retried")
                .managed(
                        "one",
                        List.of("in"),
                        task -> task.retry(RetrySpec.attempts(3)),
                        (values, task) -> task.attempt() < succeeding ? failing("one") : effect("one", task.attempt()));
    }

    @Test
    void attemptsGoOnWhereTheyWere() {
        retrying("one", 1, null).retrying("one", 2, null);

        assertThat(found(retried(3), "in").result()).containsEntry("one", 3);
        assertThat(effects()).isEqualTo(Map.of("one", 1));
    }

    @Test
    void noneIsLeftWhenTheyAreUsedUp() {
        retrying("one", 1, null).retrying("one", 2, null);

        Run<Map<String, Object>> run = found(retried(4), "in");

        assertThatThrownBy(run::result).hasMessageContaining("one fails");
        assertThat(effects()).isEqualTo(Map.of("one", 1));
        assertThat(store.tasks(ID)).last().matches(entry -> entry.attempt() == 3 && entry.status() == Status.FAILED);
    }

    @Test
    void aRunThatWasResumedHasAllOfThemAgain() {
        retrying("one", 1, null).retrying("one", 2, null).takenBack("one", 3);

        assertThat(found(retried(6), "in").result()).containsEntry("one", 6);
        assertThat(effects()).isEqualTo(Map.of("one", 3));
    }

    /** Due a minute after it was said. */
    @ParameterizedTest
    @CsvSource({
        "PT0S, 60, the same clock",
        "PT40S, 20, the clock has gone on",
        "PT-1H, 60, this clock is behind",
    })
    void aTaskWaitsForWhatIsLeftOfItsDelay(Duration passed, int seconds, String clocks) {
        retrying("one", 1, clock.now().plusSeconds(60));
        TaskRecord said = records.remove(0);
        records.add(shifted(said, passed));

        Run<Map<String, Object>> run = found(retried(2), "in");

        Background.awaitPending(clock, 1);
        clock.advance(Duration.ofSeconds(seconds - 1));
        assertThat(clock.pending()).as(clocks).isEqualTo(1);
        assertThat(effects).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(run.result()).containsEntry("one", 2);
    }

    /** As if the record had been written so much earlier. */
    private static TaskRecord shifted(TaskRecord said, Duration earlier) {
        return new TaskRecord(
                said.task(),
                said.element(),
                0,
                said.attempt(),
                said.kind(),
                said.status(),
                said.result(),
                said.error(),
                said.startedAt(),
                said.endedAt().minus(earlier),
                Objects.requireNonNull(said.dueAt()).minus(earlier));
    }

    @Test
    void aDelayThatIsOverHoldsNothingUp() {
        retrying("one", 1, clock.now().minusSeconds(1));

        assertThat(found(retried(2), "in").result()).containsEntry("one", 2);
    }

    // ---- elements --------------------------------------------------------------------------------------------------

    private ScriptedFlow.Builder each(Consumer<FlowGraph.Builder> settings) {
        return ScriptedFlow.named("each")
                .managedEach(
                        "each",
                        "in",
                        settings,
                        (Integer element, TaskContext task) -> effect("e" + element, 100 * element + task.attempt()));
    }

    @Test
    void ofElementsThoseRunThatHaveNotEnded() {
        succeeded("each#0", 7).succeeded("each#2", 9).retrying("each#3", 1, null);

        assertThat(found(each(PLAIN), List.of(1, 2, 3, 4)).result()).containsEntry("each", List.of(7, 201, 9, 402));
        assertThat(effects()).isEqualTo(Map.of("e2", 1, "e4", 1));
    }

    private RecordedRunTest late(String place, Object result) {
        return end(place, Status.TOLERATED, result, null);
    }

    @Test
    void elementsThatCameAfterTheQuorumAreNotAmongTheResults() {
        succeeded("each#1", 8).late("each#3", 10).succeeded("each#0", 7);

        assertThat(found(each(task -> task.quorum(2)), List.of(1, 2, 3, 4)).result())
                .containsEntry("each", List.of(7, 8));
        assertThat(effects).isEmpty();
    }

    /** Nobody has used what was given by those that came before them. */
    @Test
    void elementsThatCameAfterTheQuorumCountWhereItIsNotOnRecord() {
        late("each#3", 10).late("each#1", 8).succeeded("each#0", 7);

        assertThat(found(each(task -> task.quorum(2)), List.of(1, 2, 3, 4)).result())
                .containsEntry("each", List.of(7, 10));
        assertThat(effects).isEmpty();
    }

    @Test
    void anElementWaitsForItsDelay() {
        succeeded("each#0", 7).retrying("each#1", 1, clock.now().plus(MINUTE));

        Run<Map<String, Object>> run = found(each(PLAIN), List.of(1, 2));

        Background.awaitPending(clock, 1);
        clock.advance(Duration.ofSeconds(59));
        assertThat(clock.pending()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(run.result()).containsEntry("each", List.of(7, 202));
    }

    @Test
    void anElementThatFailedForGoodEndsTheRun() {
        succeeded("each#0", 7).failed("each#1", "not two");

        Run<Map<String, Object>> run = found(each(task -> task.maxConcurrency(1)), List.of(1, 2, 3));

        assertThatThrownBy(run::result).hasMessageContaining("element 1").hasMessageContaining("not two");
        assertThat(effects).isEmpty();
    }

    @Test
    void anElementThatIsToStartOnceAndHasBegunIsInDoubt() {
        succeeded("each#0", 7).started("each#1");

        Run<Map<String, Object>> run = found(each(FlowGraph.Builder::once), List.of(1, 2));

        assertThatThrownBy(run::result).hasMessageContaining("element 1").hasCauseInstanceOf(InDoubtException.class);
        assertThat(effects).isEmpty();
    }

    // ---- what is undone --------------------------------------------------------------------------------------------

    private ScriptedFlow.Builder saga(Consumer<FlowGraph.Builder> policies) {
        return ScriptedFlow.named("saga")
                .task("book", List.of("in"), (values, task) -> effect("book", ""))
                .task("charge", List.of("book"), (values, task) -> effect("charge", ""))
                .task("fail", List.of("charge"), (values, task) -> effect("fail", ""))
                .compensation(
                        "book",
                        policies,
                        (values, failure, task) ->
                                effect("undo " + values.get("book") + ", attempt " + task.attempt(), ""))
                .compensation(
                        "charge",
                        policies,
                        (values, failure, task) -> effect(
                                "undo " + (values.has("charge") ? values.get("charge") : "what began") + ", attempt "
                                        + task.attempt(),
                                ""));
    }

    private Run<Map<String, Object>> undone(ScriptedFlow.Builder flow, Object input) {
        return found(flow, input, RunStatus.COMPENSATING, null, null);
    }

    private RecordedRunTest sagaThatFailed() {
        return succeeded("book", "booking").succeeded("charge", "receipt").failed("fail", "no room");
    }

    @Test
    void whatSucceededIsUndoneAndNothingRunsForThat() {
        Run<Map<String, Object>> run = sagaThatFailed().undone(saga(PLAIN), "in");

        FlowFailedException failure = catchThrowableOfType(FlowFailedException.class, run::result);
        assertThat(failure.task()).isEqualTo("fail");
        assertThat(failure).hasMessageContaining("no room");
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(effects()).isEqualTo(Map.of("undo booking, attempt 1", 1, "undo receipt, attempt 1", 1));
    }

    @Test
    void whatHasBeenUndoneIsNotUndoneAgain() {
        undoingOf("charge", Status.SUCCEEDED);

        Run<Map<String, Object>> run = undone(saga(PLAIN), "in");

        assertThatThrownBy(run::result).hasMessageContaining("no room");
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(effects()).isEqualTo(Map.of("undo booking, attempt 1", 1));
    }

    private void undoingOf(String task, Status status) {
        sagaThatFailed().undoing(task, 1, status, null);
    }

    @Test
    void whatCouldNotBeUndoneIsNotTriedAgainByWhoFindsIt() {
        undoingOf("charge", Status.FAILED);

        Run<Map<String, Object>> run = undone(saga(PLAIN), "in");

        assertThatThrownBy(run::result)
                .hasMessageContaining("task fail")
                .hasMessageContaining("; charge.compensation failed")
                .hasMessageContaining("stuck");
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATION_FAILED);
        assertThat(effects()).isEqualTo(Map.of("undo booking, attempt 1", 1));
    }

    @Test
    void anAttemptToUndoWaitsForItsDelayAndIsTheNext() {
        sagaThatFailed().undoing("charge", 1, Status.RETRYING, clock.now().plus(MINUTE));

        Run<Map<String, Object>> run = undone(saga(task -> task.retry(RetrySpec.attempts(3))), "in");

        Background.awaitPending(clock, 1);
        clock.advance(Duration.ofSeconds(59));
        assertThat(clock.pending()).isEqualTo(1);
        assertThat(seen().task("charge").status()).isEqualTo(TaskStatus.COMPENSATING);
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(run::result).hasMessageContaining("no room");
        assertThat(effects()).isEqualTo(Map.of("undo booking, attempt 1", 1, "undo receipt, attempt 2", 1));
    }

    /** {@code pay} may have done something before its process died, or has not begun. */
    private ScriptedFlow.Builder unknownOutcome(boolean started) {
        return ScriptedFlow.named("unknown")
                .managed("pay", List.of("in"), PLAIN, (values, task) -> effect("pay", ""))
                .task("bad", List.of("in"), (values, task) -> effect("bad", ""))
                .compensation(
                        "pay",
                        started ? FlowGraph.Builder::started : PLAIN,
                        (values, failure, task) -> effect(values.has("pay") ? "undo" : "undo what began", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, COMPENSATING, true",
        "true, false, COMPENSATING, false",
        "false, true, COMPENSATING, false",
        // It may have begun just before its process died, which had no time to say so.
        "true, false, RUNNING, true",
        "true, true, RUNNING, true",
        "false, true, RUNNING, false",
    })
    void anUnknownOutcomeIsUndoneWhereThatIsAskedFor(boolean asked, boolean known, RunStatus status, boolean undone) {
        failed("bad", "no room");
        if (known) {
            started("pay");
        }

        Run<Map<String, Object>> run = found(unknownOutcome(asked), "in", status, null, null);

        assertThatThrownBy(run::result).hasMessageContaining("no room");
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(effects()).isEqualTo(undone ? Map.of("undo what began", 1) : Map.of());
    }

    private ScriptedFlow.Builder elementSaga(Consumer<FlowGraph.Builder> policies) {
        return ScriptedFlow.named("elements")
                .each("each", "in", PLAIN, (Integer element, TaskContext task) -> effect("e" + element, element))
                .task("fail", List.of("each"), (values, task) -> effect("fail", ""))
                .compensationEach(
                        "each",
                        policies,
                        (undone, failure, task) -> effect(
                                "undo " + undone.element() + " of " + undone.result() + ", attempt " + task.attempt(),
                                ""));
    }

    private RecordedRunTest elementSagaThatFailed() {
        return succeeded("each#0", "a")
                .succeeded("each#1", "b")
                .succeeded("each#2", "c")
                .failed("fail", "no room");
    }

    @Test
    void ofElementsThoseAreUndoneThatHaveNotBeen() {
        elementSagaThatFailed()
                .undoing("each#1", 1, Status.SUCCEEDED, null)
                .undoing("each#2", 1, Status.RETRYING, null);

        Run<Map<String, Object>> run = undone(elementSaga(task -> task.retry(RetrySpec.attempts(3))), List.of(1, 2, 3));

        assertThatThrownBy(run::result).hasMessageContaining("no room");
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        assertThat(effects()).isEqualTo(Map.of("undo 1 of a, attempt 1", 1, "undo 3 of c, attempt 2", 1));
    }

    @Test
    void anElementThatCouldNotBeUndoneIsNamed() {
        elementSagaThatFailed().undoing("each#1", 1, Status.FAILED, null).undoing("each#2", 1, Status.SUCCEEDED, null);

        Run<Map<String, Object>> run =
                found(elementSaga(PLAIN), List.of(1, 2, 3), RunStatus.COMPENSATION_FAILED, null, null);

        assertThatThrownBy(run::result)
                .hasMessageContaining("no room")
                .hasMessageContaining("; each.compensation, element 1, failed")
                .hasMessageContaining("stuck");
        assertThat(effects).isEmpty();
    }

    // ---- why it is undone ------------------------------------------------------------------------------------------

    private ScriptedFlow.Builder telling() {
        return ScriptedFlow.named("telling")
                .task("book", List.of("in"), (values, task) -> effect("book", ""))
                .task("other", List.of("in"), (values, task) -> effect("other", ""))
                .compensation("book", PLAIN, (values, failure, task) -> effect(failure.toString(), ""));
    }

    private static final String ATTEMPT = "java.lang.IllegalStateException: attempt 1";

    /** The run was resumed, so that no task stands as failed, and then cancelled or not. */
    @ParameterizedTest
    @CsvSource({
        "attempt 1, task other: " + ATTEMPT,
        "another, java.lang.IllegalStateException: another",
        ", task other: " + ATTEMPT,
    })
    void whoUndoesIsToldOfTheFailureThatWasMeant(@Nullable String error, String told) {
        succeeded("book", "booking").takenBack("other", 1);
        Throwable recorded = error == null ? null : new IllegalStateException(error);

        Run<Map<String, Object>> run = found(telling(), "in", RunStatus.COMPENSATING, recorded, null);

        assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        assertThat(effects()).isEqualTo(Map.of(told, 1));
    }

    @Test
    void anErrorOfAnotherTypeIsAnother() {
        succeeded("book", "booking").takenBack("other", 1);

        Run<Map<String, Object>> run =
                found(telling(), "in", RunStatus.COMPENSATING, new IllegalArgumentException("attempt 1"), null);

        assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        assertThat(effects()).isEqualTo(Map.of("java.lang.IllegalArgumentException: attempt 1", 1));
    }

    @Test
    void whatIsToBeRetriedIsNoReason() {
        succeeded("book", "booking").retrying("other", 1, null);

        Run<Map<String, Object>> run = undone(telling(), "in");

        assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        assertThat(effects().keySet())
                .singleElement()
                .asString()
                .contains(CancellationException.class.getName(), "was cancelled");
    }

    @Test
    void anElementMayBeTheReason() {
        ScriptedFlow.Builder flow = ScriptedFlow.named("elements")
                .task("book", List.of("in"), (values, task) -> effect("book", ""))
                .each("each", "in", PLAIN, (Integer element, TaskContext task) -> effect("e" + element, ""))
                .compensation("book", PLAIN, (values, failure, task) -> effect(failure.toString(), ""));
        succeeded("book", "booking").succeeded("each#0", "a").takenBack("each#1", 1);

        Run<Map<String, Object>> run = undone(flow, List.of(1, 2));

        assertThatThrownBy(run::result).hasMessageContaining("task each, element 1,");
        assertThat(effects()).isEqualTo(Map.of("task each: " + ATTEMPT, 1));
    }

    // ---- what is only looked at ------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"FAILED", "COMPENSATION_FAILED", "CANCELLED"})
    void toLookAtARunChangesNothing(RunStatus status) {
        undoingOf("charge", Status.FAILED);
        Run<Map<String, Object>> run = found(saga(PLAIN), "in", status, null, null);

        assertThatThrownBy(run::result).isNotNull();
        assertThat(run.snapshot().task("fail").failure()).hasToString("java.lang.IllegalStateException: no room");

        assertThat(effects).isEmpty();
        assertThat(store.tasks(ID)).hasSize(records.size());
        assertThat(store.find(ID).orElseThrow().status()).isEqualTo(status);
        assertThat(store.find(ID).orElseThrow().epoch()).isEqualTo(1);
    }

    private ScriptedFlow.Builder alive(ScriptedFlow.Builder flow) {
        alive = true;
        return flow;
    }

    @Test
    void whatWasUndoneIsSeenSo() {
        sagaThatFailed()
                .undoing("charge", 1, Status.RETRYING, null)
                .undoing("charge", 2, Status.SUCCEEDED, null)
                .undoing("book", 1, Status.SUCCEEDED, null);

        Run<Map<String, Object>> run = found(saga(PLAIN), "in", RunStatus.COMPENSATED, null, null);

        assertThat(run.snapshot().tasks())
                .extracting(TaskSnapshot::status)
                .containsExactly(TaskStatus.COMPENSATED, TaskStatus.COMPENSATED, TaskStatus.FAILED);
        assertThat(run.snapshot().compensations())
                .extracting(TaskSnapshot::name, TaskSnapshot::status, TaskSnapshot::attempts)
                .containsExactly(
                        tuple("book.compensation", TaskStatus.COMPENSATED, 1),
                        tuple("charge.compensation", TaskStatus.COMPENSATED, 2));
        FlowFailedException failure = catchThrowableOfType(FlowFailedException.class, run::result);
        assertThat(failure.snapshot().task("book").status()).isEqualTo(TaskStatus.COMPENSATED);
        assertThat(effects).isEmpty();
    }

    @Test
    void whatIsBeingUndoneElsewhereIsSeenSo() {
        undoingOf("charge", Status.SUCCEEDED);

        Run<Map<String, Object>> run = undone(alive(saga(PLAIN)), "in");

        assertThat(run.snapshot().tasks())
                .extracting(TaskSnapshot::status)
                .containsExactly(TaskStatus.COMPENSATING, TaskStatus.COMPENSATED, TaskStatus.FAILED);
        assertThat(effects).isEmpty();
    }

    @Test
    void whatCouldNotBeUndoneIsSeenWithItsFailure() {
        undoingOf("charge", Status.FAILED);

        Run<Map<String, Object>> run = found(saga(PLAIN), "in", RunStatus.COMPENSATION_FAILED, null, null);

        assertThat(run.snapshot().tasks())
                .extracting(TaskSnapshot::status)
                .containsExactly(TaskStatus.COMPENSATING, TaskStatus.COMPENSATION_FAILED, TaskStatus.FAILED);
        assertThat(run.snapshot().compensations())
                .last()
                .extracting(TaskSnapshot::failure)
                .hasToString("java.lang.IllegalStateException: stuck");
    }

    /** It was paused: nothing says so but its records and the reason. */
    @Test
    void whatWasUndoneBeforeAPauseIsSeenSo() {
        undoingOf("charge", Status.SUCCEEDED);

        Run<Map<String, Object>> run =
                found(saga(PLAIN), "in", RunStatus.PAUSED, new IllegalStateException("no room"), null);

        assertThat(run.snapshot().task("charge").status()).isEqualTo(TaskStatus.COMPENSATED);
        assertThat(run.snapshot().task("book").status()).isEqualTo(TaskStatus.COMPENSATING);
    }

    /** What had begun was on record before anything was undone. */
    @ParameterizedTest
    @CsvSource({"true, COMPENSATED", "false, CANCELLED"})
    void whatHadNotBegunIsNotSeenAsUndone(boolean begun, TaskStatus status) {
        failed("bad", "no room");
        if (begun) {
            started("pay").undoing("pay", 1, Status.SUCCEEDED, null);
        }

        Run<Map<String, Object>> run = found(unknownOutcome(true), "in", RunStatus.COMPENSATED, null, null);

        assertThat(run.snapshot().task("pay").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"COMPENSATED", "COMPENSATION_FAILED"})
    void ofElementsItIsSeenHowManyWereUndone(RunStatus status) {
        boolean all = status == RunStatus.COMPENSATED;
        elementSagaThatFailed()
                .undoing("each#0", 1, Status.SUCCEEDED, null)
                .undoing("each#1", 1, all ? Status.SUCCEEDED : Status.FAILED, null)
                .undoing("each#2", 1, Status.SUCCEEDED, null);

        TaskSnapshot each = found(elementSaga(PLAIN), List.of(1, 2, 3), status, null, null)
                .snapshot()
                .task("each");

        assertThat(each.status()).isEqualTo(all ? TaskStatus.COMPENSATED : TaskStatus.COMPENSATION_FAILED);
        assertThat(each.progress()).isEqualTo(ProgressReport.of(all ? 3 : 2, 3));
    }

    // ---- how far it was --------------------------------------------------------------------------------------------

    private ProgressReport report(int done, Duration after) {
        return new ProgressReport((long) done, 10L, null, null, clock.now().plus(after));
    }

    private RecordedRunTest spoken(String place, @Nullable Integer recorded) {
        ProgressReport report = recorded == null ? null : report(recorded, Duration.ZERO);
        Exception error = new IllegalStateException("attempt 1");
        return on(new Row(
                place, 1, Kind.END, Status.RETRYING, null, error, clock.now().plus(MINUTE), report));
    }

    /** What the record says and, if it is later, what the engine had said. */
    @ParameterizedTest
    @CsvSource({
        "3, , 3",
        "3, 4, 4",
        "3, -4, 3",
        ", 4, 4",
        ", -4, 4",
    })
    void howFarATaskWasIsKnownFromTheLaterWord(@Nullable Integer recorded, @Nullable Integer said, long known) {
        spoken("one", recorded);

        Run<Map<String, Object>> run =
                found(retried(2), "in", RunStatus.RUNNING, null, said == null ? null : said(said, false));
        Background.awaitPending(clock, 1);

        assertThat(seen().task("one").done()).isEqualTo(known);
        clock.advance(MINUTE);
        assertThat(run.result()).containsEntry("one", 2);
    }

    /** The run as its engine has it, which found it a moment later than the test did. */
    private RunSnapshot seen() {
        return Objects.requireNonNull(here).find(ID).orElseThrow().snapshot();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void howFarElementsWereIsKnownToo(boolean said) {
        spoken("each#1", 3);

        found(each(PLAIN), List.of(1, 2, 3), RunStatus.RUNNING, null, said ? said(4, true) : null);
        Background.awaitPending(clock, 1);

        assertThat(seen().task("each").elements().get(1))
                .extracting(ProgressReport::done)
                .isEqualTo(said ? 4L : 3L);
    }

    private TaskSnapshot[] said(int done, boolean element) {
        ProgressReport report = report(Math.abs(done), Duration.ofSeconds(Integer.signum(done)));
        return new TaskSnapshot[] {
            element
                    ? new TaskSnapshot("each", TaskStatus.RUNNING, 1, null, null, null, Map.of(1, report))
                    : new TaskSnapshot("one", TaskStatus.RUNNING, 1, null, null, report, Map.of())
        };
    }
}
