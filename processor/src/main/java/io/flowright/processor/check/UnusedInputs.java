package io.flowright.processor.check;

import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.Set;
import java.util.stream.Collectors;

/** Components of the input record that no task takes; silent where a reported mistake may be the reason. */
final class UnusedInputs implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        if (wiring.flow().inputRecord() == null || problems.anyError()) {
            return;
        }
        Set<String> declared = wiring.methods().stream()
                .flatMap(task -> task.parameters().stream())
                .filter(ParameterModel.Input.class::isInstance)
                .map(parameter -> ((ParameterModel.Input) parameter).name())
                .collect(Collectors.toSet());
        for (InputModel input : wiring.flow().inputs()) {
            if (!declared.contains(input.name()) && !wiring.isUsed(input.name())) {
                problems.add(Message.UNUSED_INPUT, input.sites().get(0), input.name(), wiring.inputOwner());
            }
        }
    }
}
