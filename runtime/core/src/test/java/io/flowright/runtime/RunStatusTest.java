package io.flowright.runtime;

import static io.flowright.runtime.RunStatus.CANCELLED;
import static io.flowright.runtime.RunStatus.COMPENSATED;
import static io.flowright.runtime.RunStatus.COMPENSATING;
import static io.flowright.runtime.RunStatus.COMPENSATION_FAILED;
import static io.flowright.runtime.RunStatus.FAILED;
import static io.flowright.runtime.RunStatus.PAUSED;
import static io.flowright.runtime.RunStatus.PENDING;
import static io.flowright.runtime.RunStatus.RUNNING;
import static io.flowright.runtime.RunStatus.SUCCEEDED;
import static io.flowright.runtime.RunStatus.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStatusTest {

    private static final Map<RunStatus, Set<RunStatus>> ALLOWED = Map.of(
            PENDING, Set.of(RUNNING, CANCELLED),
            RUNNING, Set.of(WAITING, PAUSED, SUCCEEDED, FAILED, COMPENSATING, CANCELLED),
            WAITING, Set.of(RUNNING, PAUSED, COMPENSATING, CANCELLED, FAILED),
            COMPENSATING, Set.of(COMPENSATED, COMPENSATION_FAILED, PAUSED),
            PAUSED, Set.of(RUNNING, COMPENSATING, CANCELLED),
            FAILED, Set.of(RUNNING, COMPENSATING, CANCELLED),
            COMPENSATION_FAILED, Set.of(COMPENSATING, CANCELLED),
            SUCCEEDED, Set.of(),
            COMPENSATED, Set.of(),
            CANCELLED, Set.of());

    @ParameterizedTest
    @EnumSource
    void becomesWhatTheDesignSaysAndNothingElse(RunStatus from) {
        Set<RunStatus> possible =
                Arrays.stream(RunStatus.values()).filter(from::canBecome).collect(Collectors.toSet());

        assertThat(possible).isEqualTo(ALLOWED.get(from));
    }

    @Test
    void belongsToTheGroupThatTheDesignSays() {
        assertThat(RunStatus.values())
                .filteredOn(RunStatus::isActive)
                .containsExactlyInAnyOrder(PENDING, RUNNING, WAITING, COMPENSATING);
        assertThat(RunStatus.values())
                .filteredOn(RunStatus::isResumable)
                .containsExactlyInAnyOrder(PAUSED, FAILED, COMPENSATION_FAILED);
        assertThat(RunStatus.values())
                .filteredOn(RunStatus::isDone)
                .containsExactlyInAnyOrder(SUCCEEDED, COMPENSATED, CANCELLED);
    }
}
