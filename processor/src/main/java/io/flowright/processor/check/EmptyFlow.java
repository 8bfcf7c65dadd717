package io.flowright.processor.check;

import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;

/** Flows without a task; silent where a reported mistake may be the reason. */
final class EmptyFlow implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        if (wiring.tasks().isEmpty() && !problems.anyError()) {
            problems.add(
                    Message.EMPTY_FLOW,
                    wiring.flow().site(),
                    wiring.flow().type().getSimpleName());
        }
    }
}
