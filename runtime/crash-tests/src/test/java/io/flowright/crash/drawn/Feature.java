package io.flowright.crash.drawn;

import io.flowright.crash.drawn.DrawnFlow.Ending;
import io.flowright.crash.drawn.Step.End;
import io.flowright.crash.drawn.Step.Taking;
import io.flowright.crash.drawn.Step.Trait;
import io.flowright.crash.drawn.Step.Type;
import java.util.Set;
import java.util.function.BiPredicate;

/** What a drawn flow may have of, and its runs come by. */
enum Feature {
    GUARD((flow, step) -> !step.guards().isEmpty()),
    ALTERNATIVES((flow, step) -> flow.steps().stream()
                    .filter(other -> other.key().equals(step.key()))
                    .count()
            == 2),
    OPTIONAL_VALUE((flow, step) -> takes(step, Taking.OPTIONAL)),
    ORDER_ALONE((flow, step) -> takes(step, Taking.AFTER)),
    RETRY((flow, step) -> step.failures() > 0 && step.each() == null),
    RETRY_OF_AN_ELEMENT((flow, step) -> step.failures() > 0 && step.each() != null),
    FALLBACK((flow, step) -> step.is(Trait.FALLBACK)),
    OPTIONAL_TASK((flow, step) -> step.is(Trait.OPTIONAL)),
    ABSENT((flow, step) -> step.end() == End.EMPTY),
    IDEMPOTENT((flow, step) -> step.is(Trait.IDEMPOTENT)),
    PURE((flow, step) -> step.is(Trait.PURE)),
    ASYNC((flow, step) -> step.is(Trait.ASYNC)),
    ONCE((flow, step) -> step.is(Trait.ONCE)),
    GROUP((flow, step) -> step.is(Trait.GROUP) && step.end() == End.GIVES),
    ELEMENTS((flow, step) -> step.each() != null && step.type() == Type.LIST),
    COLLECTED_ELEMENTS((flow, step) -> step.is(Trait.COLLECTS)),
    QUORUM((flow, step) -> step.type() == Type.QUORUM),
    SUCCESS((flow, step) -> flow.ending() == Ending.SUCCEEDS),
    FAILURE_WITHIN((flow, step) -> flow.ending() == Ending.FAILS_WITHIN),
    UNDONE((flow, step) -> isUndone(flow, step, false) && step.each() == null),
    UNDONE_ELEMENT((flow, step) -> isUndone(flow, step, false) && step.each() != null),
    UNDONE_WHEN_STARTED((flow, step) -> isUndone(flow, step, true) && step.each() == null),
    UNDONE_ELEMENT_WHEN_STARTED((flow, step) -> isUndone(flow, step, true) && step.each() != null),
    UNDONE_QUORUM((flow, step) -> QUORUM.isOf(flow, step) && step.is(Trait.COMPENSATED) && flow.isUndone());

    private final BiPredicate<DrawnFlow, Step> is;

    Feature(BiPredicate<DrawnFlow, Step> is) {
        this.is = is;
    }

    /** Whether a run of the flow comes by it. */
    boolean isOf(DrawnFlow flow, Set<Step> played) {
        return played.stream().anyMatch(step -> isOf(flow, step));
    }

    private boolean isOf(DrawnFlow flow, Step step) {
        return is.test(flow, step);
    }

    private static boolean takes(Step step, Taking taking) {
        // The last one takes all there is.
        return !step.key().equals("end") && step.needs().stream().anyMatch(need -> need.taking() == taking);
    }

    private static boolean isUndone(DrawnFlow flow, Step step, boolean started) {
        return flow.isUndone() && step.is(Trait.COMPENSATED) && step.is(Trait.STARTED) == started;
    }
}
