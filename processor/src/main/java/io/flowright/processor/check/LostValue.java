package io.flowright.processor.check;

import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;
import javax.lang.model.type.TypeKind;

/** Tasks that return a value which nothing can ever see. */
final class LostValue implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (TaskModel task : wiring.tasks()) {
            if (task.result() == TaskModel.Result.NOTHING && task.resultType().getKind() != TypeKind.VOID) {
                problems.add(
                        task.stage() ? Message.LOST_STAGE_VALUE : Message.LOST_VALUE,
                        task.site(),
                        task.displayName(),
                        TypeNames.of(task.resultType()),
                        TypeNames.of(task.method().getReturnType()));
            }
        }
    }
}
