package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.NearName;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;

/** Declarations of one input that disagree with each other or with the input record. */
final class InputAgreement implements Rule {

    private final Compilation compilation;

    InputAgreement(Compilation compilation) {
        this.compilation = compilation;
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (TaskModel task : wiring.methods()) {
            for (ParameterModel parameter : task.parameters()) {
                if (parameter instanceof ParameterModel.Input input) {
                    check(input, task, wiring, problems);
                }
            }
        }
    }

    private void check(ParameterModel.Input declared, TaskModel task, Wiring wiring, Problems problems) {
        InputModel input = wiring.inputs().get(declared.name());
        String method = declared.name().equals(declared.inside()) ? task.displayName() : task.displayNameInGroup();
        if (input == null) {
            problems.add(
                    Message.NOT_A_COMPONENT,
                    declared.site(),
                    method,
                    declared.name(),
                    wiring.inputOwner(),
                    NearName.question(declared.name(), wiring.inputs().keySet()));
        } else if (!compilation.types().isSameType(input.type(), declared.type())) {
            String[] types = TypeNames.distinct(declared.type(), input.type());
            problems.add(
                    Message.INPUT_CONFLICT,
                    declared.site(),
                    method,
                    declared.name(),
                    types[0],
                    wiring.declarationOf(input),
                    types[1]);
        } else if (input.nullable()
                && !declared.nullable()
                && input.sites().stream().allMatch(site -> compilation.showsNullness(site.element()))) {
            problems.add(Message.NULLABLE_INPUT, declared.site(), declared.name(), method);
        }
    }
}
