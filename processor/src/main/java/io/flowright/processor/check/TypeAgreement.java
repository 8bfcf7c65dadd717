package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.ElementTypes;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Values that do not fit the parameters that take them. */
final class TypeAgreement implements Rule {

    private final Compilation compilation;

    TypeAgreement(Compilation compilation) {
        this.compilation = compilation;
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (Wiring.Use use : wiring.allUses()) {
            Wiring.Taken taken = use.taken();
            if (taken == null || wiring.takesForeignElement(use)) {
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
        boolean noValue = provision.key().type().getKind() == TypeKind.VOID;
        if (taken.each() && !noValue) {
            checkElements(use, taken, provision.key().type(), wiring, problems);
            return;
        }
        TypeMirror given = wiring.typeOf(provision, use);
        if (compilation.fits(given, taken.type())) {
            return;
        }
        Message mismatch = wiring.takesElementResult(use) ? Message.ELEMENT_RESULT_MISMATCH : Message.TYPE_MISMATCH;
        String[] types =
                noValue ? new String[] {TypeNames.of(taken.type()), "void"} : TypeNames.distinct(taken.type(), given);
        problems.add(
                noValue ? Message.NO_VALUE : mismatch,
                use.key().site(),
                wiring.consumer(use),
                use.key().shown(),
                types[0],
                wiring.task(provision.task()).displayName(),
                types[1]);
    }

    private void checkInput(Wiring.Use use, Wiring.Taken taken, InputModel input, Wiring wiring, Problems problems) {
        if (taken.each()) {
            checkElements(use, taken, input.type(), wiring, problems);
            return;
        }
        if (compilation.fits(input.type(), taken.type())) {
            return;
        }
        String[] types = TypeNames.distinct(taken.type(), input.type());
        problems.add(
                Message.INPUT_MISMATCH,
                use.key().site(),
                wiring.consumer(use),
                use.key().shown(),
                types[0],
                types[1]);
    }

    /** What cannot be read at all fits anything; the mistake is reported where it is. */
    private void checkElements(
            Wiring.Use use, Wiring.Taken taken, TypeMirror source, Wiring wiring, Problems problems) {
        if (source.getKind() == TypeKind.NONE || source.getKind() == TypeKind.ERROR) {
            return;
        }
        ElementTypes elements = ElementTypes.of(source, compilation.types());
        String task = wiring.consumer(use);
        String key = use.key().shown();
        if (elements.type() == null) {
            Message message = elements.raw() ? Message.RAW_ELEMENTS : Message.NO_ELEMENTS;
            problems.add(message, use.key().site(), task, key, TypeNames.of(source));
        } else if (!compilation.fits(elements.type(), taken.type())) {
            String[] types = TypeNames.distinct(taken.type(), elements.type());
            problems.add(Message.ELEMENT_MISMATCH, use.key().site(), task, key, types[0], types[1]);
        }
    }
}
