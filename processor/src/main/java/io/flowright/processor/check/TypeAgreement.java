package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;
import javax.lang.model.type.TypeKind;

/** Values that do not fit the parameters that take them. What an {@code Optional} will take is not decided yet. */
final class TypeAgreement implements Rule {

    private final Compilation compilation;

    TypeAgreement(Compilation compilation) {
        this.compilation = compilation;
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (Wiring.Use use : wiring.uses()) {
            Wiring.Taken taken = use.taken();
            if (taken == null || ReservedOptional.isOptional(taken.type())) {
                continue;
            }
            Wiring.Provision provision = wiring.provider(use.key().name());
            InputModel input = wiring.inputs().get(use.key().name());
            if (provision != null) {
                checkProvision(use, taken, provision, wiring, problems);
            } else if (input != null && !wiring.provisions().containsKey(input.name())) {
                checkInput(use, taken, input, wiring, problems);
            }
        }
    }

    private void checkProvision(
            Wiring.Use use, Wiring.Taken taken, Wiring.Provision provision, Wiring wiring, Problems problems) {
        if (compilation.fits(provision.key().type(), taken.type())) {
            return;
        }
        boolean noValue = provision.key().type().getKind() == TypeKind.VOID;
        String[] types = noValue
                ? new String[] {TypeNames.of(taken.type()), "void"}
                : TypeNames.distinct(taken.type(), provision.key().type());
        problems.add(
                noValue ? Message.NO_VALUE : Message.TYPE_MISMATCH,
                use.key().site(),
                wiring.task(use.task()).displayName(),
                use.key().name(),
                types[0],
                wiring.task(provision.task()).displayName(),
                types[1]);
    }

    private void checkInput(Wiring.Use use, Wiring.Taken taken, InputModel input, Wiring wiring, Problems problems) {
        if (compilation.fits(input.type(), taken.type())) {
            return;
        }
        String[] types = TypeNames.distinct(taken.type(), input.type());
        problems.add(
                Message.INPUT_MISMATCH,
                use.key().site(),
                wiring.task(use.task()).displayName(),
                use.key().name(),
                types[0],
                types[1]);
    }
}
