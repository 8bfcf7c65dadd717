package io.flowright.processor.check;

import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import javax.lang.model.type.TypeKind;

/** Tasks that are to run for each element in a way in which they cannot. */
final class FanOuts implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (TaskModel task : wiring.tasks()) {
            ControlModel.ForEach forEach = task.control().forEach();
            if (forEach != null) {
                check(task, forEach, problems);
            }
        }
        for (CompensationModel compensation : wiring.flow().compensations()) {
            ControlModel.ForEach forEach = compensation.task().control().forEach();
            if (forEach != null) {
                notNegative(forEach, "maxConcurrency", forEach.maxConcurrency(), problems);
            }
        }
    }

    private static void check(TaskModel task, ControlModel.ForEach forEach, Problems problems) {
        notNegative(forEach, "maxConcurrency", forEach.maxConcurrency(), problems);
        notNegative(forEach, "quorum", forEach.quorum(), problems);
        if (!forEach.collect()) {
            return;
        }
        if (forEach.quorum() > 0) {
            problems.add(Message.COLLECT_WITH_QUORUM, forEach.site().attribute("quorum"), task.displayName());
        }
        if (task.resultType().getKind() == TypeKind.VOID) {
            problems.add(Message.COLLECT_NOTHING, forEach.site().attribute("onFailure"), task.displayName());
        }
    }

    private static void notNegative(ControlModel.ForEach forEach, String attribute, int value, Problems problems) {
        if (value < 0) {
            problems.add(Message.BAD_FOR_EACH, forEach.site().attribute(attribute), attribute, value);
        }
    }
}
