package io.flowright.processor.check;

import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.HashSet;
import java.util.Set;

/** Tasks whose policies or compensation contradict what a durable run is to record of them. */
final class Recordings implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        Set<String> pure = new HashSet<>();
        for (TaskModel task : wiring.tasks()) {
            PolicyModel.Retry retry = task.policies().retry();
            PolicyModel.Idempotent idempotent = task.policies().idempotent();
            ControlModel.Recorded recorded = task.control().recorded();
            if (recorded.isPure()) {
                pure.add(task.name());
                if (idempotent != null) {
                    problems.add(Message.PURE_IDEMPOTENT, idempotent.site(), task.displayName());
                }
            } else if (recorded == ControlModel.Recorded.START && retry != null && retry.maxAttempts() > 1) {
                problems.add(Message.ONCE_RETRIED, retry.site().attribute("maxAttempts"), task.displayName());
            }
        }
        for (CompensationModel compensation : wiring.flow().compensations()) {
            if (pure.contains(compensation.of())) {
                problems.add(
                        Message.PURE_COMPENSATED,
                        compensation.site(),
                        compensation.task().displayName(),
                        compensation.shownOf());
            }
        }
    }
}
