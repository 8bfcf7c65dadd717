package io.flowright.processor.check;

import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.PolicyModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;

/** Tasks whose effect a retry may repeat, because nothing tells the outside that it is the same call again. */
final class RetryWithoutIdempotency implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (int number = 0; number < wiring.methods().size(); number++) {
            TaskModel task = wiring.task(number);
            PolicyModel.Retry retry = task.policies().retry();
            if (retry != null
                    && retry.maxAttempts() > 1
                    && task.policies().idempotent() == null
                    && task.parameters().stream().noneMatch(ParameterModel.Context.class::isInstance)) {
                Message message = number < wiring.tasks().size()
                        ? Message.RETRY_WITHOUT_IDEMPOTENCY
                        : Message.RETRIED_COMPENSATION;
                problems.add(message, retry.site(), task.displayName());
            }
        }
    }
}
