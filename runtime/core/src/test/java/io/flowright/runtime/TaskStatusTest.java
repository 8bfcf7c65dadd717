package io.flowright.runtime;

import static io.flowright.runtime.TaskStatus.CANCELLED;
import static io.flowright.runtime.TaskStatus.COMPENSATED;
import static io.flowright.runtime.TaskStatus.COMPENSATING;
import static io.flowright.runtime.TaskStatus.COMPENSATION_FAILED;
import static io.flowright.runtime.TaskStatus.FAILED;
import static io.flowright.runtime.TaskStatus.PENDING;
import static io.flowright.runtime.TaskStatus.RETRYING;
import static io.flowright.runtime.TaskStatus.RUNNING;
import static io.flowright.runtime.TaskStatus.SKIPPED;
import static io.flowright.runtime.TaskStatus.SUCCEEDED;
import static io.flowright.runtime.TaskStatus.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskStatusTest {

    private static final Map<TaskStatus, Set<TaskStatus>> ALLOWED = Map.ofEntries(
            Map.entry(PENDING, Set.of(RUNNING, WAITING, SUCCEEDED, RETRYING, FAILED, SKIPPED, CANCELLED)),
            Map.entry(RUNNING, Set.of(SUCCEEDED, FAILED, RETRYING, WAITING, PENDING, CANCELLED)),
            Map.entry(RETRYING, Set.of(RUNNING, WAITING, PENDING, FAILED, CANCELLED)),
            Map.entry(WAITING, Set.of(RUNNING, SUCCEEDED, FAILED, RETRYING, PENDING, CANCELLED)),
            Map.entry(COMPENSATING, Set.of(COMPENSATED, COMPENSATION_FAILED)),
            Map.entry(FAILED, Set.of(PENDING, COMPENSATING)),
            Map.entry(COMPENSATION_FAILED, Set.of(COMPENSATING)),
            Map.entry(SUCCEEDED, Set.of(COMPENSATING)),
            Map.entry(CANCELLED, Set.of(COMPENSATING)),
            Map.entry(SKIPPED, Set.of()),
            Map.entry(COMPENSATED, Set.of()));

    @ParameterizedTest
    @EnumSource
    void becomesWhatItsTableSaysAndNothingElse(TaskStatus from) {
        Set<TaskStatus> possible =
                Arrays.stream(TaskStatus.values()).filter(from::canBecome).collect(Collectors.toSet());

        assertThat(possible).isEqualTo(ALLOWED.get(from));
    }

    @ParameterizedTest
    @EnumSource
    void belongsToOneGroup(TaskStatus status) {
        assertThat(new boolean[] {status.isActive(), status.isResumable(), status.isDone()})
                .containsOnlyOnce(true);
    }

    @Test
    void restsAfterFailuresOnly() {
        assertThat(TaskStatus.values())
                .filteredOn(TaskStatus::isResumable)
                .containsExactlyInAnyOrder(FAILED, COMPENSATION_FAILED);
        assertThat(TaskStatus.values())
                .filteredOn(TaskStatus::isDone)
                .containsExactlyInAnyOrder(SUCCEEDED, SKIPPED, CANCELLED, COMPENSATED);
    }

    @ParameterizedTest
    @EnumSource
    void leadsSomewhereUnlessItIsDone(TaskStatus status) {
        boolean leadsSomewhere = Arrays.stream(TaskStatus.values()).anyMatch(status::canBecome);

        assertThat(leadsSomewhere || status.isDone()).isTrue();
    }
}
