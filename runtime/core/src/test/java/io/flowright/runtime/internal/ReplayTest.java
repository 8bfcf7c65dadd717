package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.spi.TaskRecord;
import io.flowright.runtime.spi.TaskRecord.Kind;
import io.flowright.runtime.spi.TaskRecord.Status;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the records of a run say to whoever finds it. */
class ReplayTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    private static final FlowGraph GRAPH = FlowGraph.builder("flow", "")
            .input("in", "Object")
            .task("one", "Flow.one")
            .requires("in")
            .provides("one")
            .task("each", "Flow.each")
            .requires("one")
            .provides("each")
            .forEach("one")
            .compensation("one", "Flow.undo")
            .requires("one")
            .build();

    private static final int ONE = 0;
    private static final int EACH = 1;
    private static final int UNDO = 2;

    private static TaskRecord record(
            String task, String element, int attempt, Kind kind, Status status, @Nullable Instant due) {
        return new TaskRecord(task, element, 0, attempt, kind, status, null, null, null, NOW, due);
    }

    private static TaskRecord one(int attempt, Kind kind, Status status) {
        return record("one", "", attempt, kind, status, null);
    }

    private static TaskRecord retrying(int attempt, @Nullable Instant due) {
        return record("one", "", attempt, Kind.END, Status.RETRYING, due);
    }

    private static TaskRecord each(int element, int attempt, Status status) {
        return record("each", String.valueOf(element), attempt, Kind.END, status, null);
    }

    private static Replay replay(TaskRecord... records) {
        return new Replay(GRAPH, List.of(records));
    }

    private static Replay.Known known(TaskRecord... records) {
        return Objects.requireNonNull(replay(records).of(ONE));
    }

    @Test
    void ofWhatIsNotOnRecordNothingIsKnown() {
        Replay replay = replay(one(1, Kind.END, Status.SUCCEEDED));

        assertThat(replay.of(EACH)).isNull();
        assertThat(replay.of(EACH, 0)).isNull();
        assertThat(replay.of(ONE, 0)).isNull();
        assertThat(replay.of(UNDO)).isNull();
        assertThat(Replay.hasFailed(replay.of(UNDO))).isFalse();
    }

    @Test
    void whatHasBegunAndNotEndedIsInDoubt() {
        Replay.Known known = known(retrying(1, null), one(2, Kind.START, Status.STARTED));

        assertThat(known.isInDoubt()).isTrue();
        assertThat(known.attempts()).isEqualTo(2);
        assertThat(known.countedAttempts()).isEqualTo(1);
        assertThat(known.end()).isNull();
    }

    @Test
    void anEndLeavesNoDoubtInWhateverOrderTheRecordsCome() {
        TaskRecord end = one(2, Kind.END, Status.SUCCEEDED);
        Replay.Known known =
                known(end, one(2, Kind.START, Status.STARTED), retrying(1, LATER), one(1, Kind.START, Status.STARTED));

        assertThat(known.isInDoubt()).isFalse();
        assertThat(known.attempts()).isEqualTo(2);
        assertThat(known.end()).isEqualTo(end);
        assertThat(known.last()).isEqualTo(end);
        assertThat(known.success()).isEqualTo(end);
        assertThat(known.due()).isNull();
        assertThat(known.isTakenBack()).isFalse();
    }

    @Test
    void anAttemptThatFollowsIsDueWhenThatWasSaid() {
        assertThat(known(retrying(1, LATER)).due()).isEqualTo(LATER);
        assertThat(known(retrying(1, null)).due()).isNull();
        assertThat(known(one(1, Kind.START, Status.STARTED)).due()).isNull();
        assertThat(known(record("one", "", 1, Kind.END, Status.FAILED, LATER)).due())
                .isNull();
        assertThat(known(retrying(1, LATER)).end()).isNull();
        assertThat(known(retrying(1, LATER)).success()).isNull();
    }

    /** A store says so of what had failed: due when it ended. */
    @Test
    void aRunThatIsResumedHasAllItsAttemptsAgain() {
        Replay.Known resumed = known(retrying(1, LATER), retrying(2, NOW));

        assertThat(resumed.isTakenBack()).isTrue();
        assertThat(resumed.attempts()).isEqualTo(2);
        assertThat(resumed.countedAttempts()).isZero();

        Replay.Known tried = known(retrying(1, LATER), retrying(2, NOW), retrying(3, LATER));
        assertThat(tried.isTakenBack()).isFalse();
        assertThat(tried.attempts()).isEqualTo(3);
        assertThat(tried.countedAttempts()).isEqualTo(1);

        assertThat(known(retrying(1, LATER)).isTakenBack()).isFalse();
        assertThat(known(one(1, Kind.START, Status.STARTED)).isTakenBack()).isFalse();
        assertThat(known(record("one", "", 1, Kind.END, Status.FAILED, NOW)).isTakenBack())
                .isFalse();
    }

    @Test
    void aSuccessIsKnownWhateverCameAfterIt() {
        TaskRecord success = one(1, Kind.END, Status.SUCCEEDED);
        TaskRecord failure = one(2, Kind.END, Status.FAILED);
        Replay.Known known = known(failure, success);

        assertThat(known.success()).isEqualTo(success);
        assertThat(known.end()).isEqualTo(failure);
    }

    @Test
    void elementsAreKnownByTheirIndexes() {
        Replay replay = replay(each(0, 1, Status.SUCCEEDED), each(11, 1, Status.RETRYING));
        Replay.Known whole = Objects.requireNonNull(replay.of(EACH));

        assertThat(whole.attempts()).isZero();
        assertThat(whole.end()).isNull();
        assertThat(whole.elements()).containsOnlyKeys(0, 11);
        assertThat(replay.of(EACH, 0)).isNotNull().extracting(Replay.Known::end).isNotNull();
        assertThat(replay.of(EACH, 11))
                .isNotNull()
                .extracting(Replay.Known::end)
                .isNull();
        assertThat(replay.of(EACH, 1)).isNull();
    }

    @Test
    void whatIsUndoneIsKnownByItsOwnNumber() {
        Replay replay = replay(one(1, Kind.END, Status.SUCCEEDED), one(1, Kind.COMPENSATION, Status.FAILED));

        assertThat(Replay.hasFailed(replay.of(UNDO))).isTrue();
        assertThat(Replay.hasFailed(replay.of(ONE))).isFalse();
    }

    @Test
    void aTaskOrAnElementThatFailedForGoodIsAFailureAndACompensationIsNot() {
        assertThat(replay(one(1, Kind.END, Status.FAILED)).anyFailed(GRAPH)).isTrue();
        assertThat(replay(each(0, 1, Status.SUCCEEDED), each(1, 1, Status.FAILED))
                        .anyFailed(GRAPH))
                .isTrue();
        assertThat(replay(one(1, Kind.END, Status.SUCCEEDED), one(1, Kind.COMPENSATION, Status.FAILED))
                        .anyFailed(GRAPH))
                .isFalse();
        assertThat(replay(retrying(1, LATER)).anyFailed(GRAPH)).isFalse();
        assertThat(replay(one(1, Kind.END, Status.TOLERATED)).anyFailed(GRAPH)).isFalse();
        assertThat(replay(each(0, 1, Status.TOLERATED)).anyFailed(GRAPH)).isFalse();
        assertThat(replay().anyFailed(GRAPH)).isFalse();
    }

    @Test
    void anInterruptIsNoAttemptAndTheLastOfThemIsKnown() {
        Replay replay = replay(
                one(3, Kind.INTERRUPT, Status.INTERRUPTED),
                one(2, Kind.INTERRUPT, Status.INTERRUPTED),
                record("each", "7", 4, Kind.INTERRUPT, Status.INTERRUPTED, null));

        assertThat(replay.of(ONE)).isNull();
        assertThat(replay.of(EACH)).isNull();
        assertThat(replay.interrupted(Place.of(ONE, Place.NO_ELEMENT))).isEqualTo(3);
        assertThat(replay.interrupted(Place.of(EACH, 7))).isEqualTo(4);
        assertThat(replay.interrupted(Place.of(EACH, 6))).isZero();
    }

    @Test
    void aRecordOfATaskThatTheFlowDoesNotHaveIsNotPassedOver() {
        assertThatThrownBy(() -> replay(record("other", "", 1, Kind.END, Status.SUCCEEDED, null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("flow flow has no task other");
    }
}
