package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/** Values that may be null, taken by parameters that may not. */
final class NullAgreement implements Rule {

    private final Compilation compilation;

    NullAgreement(Compilation compilation) {
        this.compilation = compilation;
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (Wiring.Use use : wiring.allUses()) {
            if (use.taken() == null || use.taken().nullable() || wiring.takesForeignElement(use)) {
                continue;
            }
            String consumer = wiring.consumer(use);
            String key = use.key().name();
            List<Wiring.Provision> provisions = wiring.providers(key);
            InputModel input = wiring.inputs().get(key);
            provisions.stream()
                    .filter(provision -> mayBeNull(provision, use, wiring) && isKnown(wiring.task(provision.task())))
                    .findFirst()
                    .ifPresent(provision -> report(
                            use,
                            consumer,
                            problems,
                            Message.NULLNESS,
                            wiring.task(provision.task()).displayName(),
                            use.key().shown(),
                            consumer));
            if (provisions.isEmpty()
                    && input != null
                    && input.nullable()
                    && isKnown(input, wiring.flow().inputRecord())) {
                report(use, consumer, problems, Message.NULLABLE_INPUT, key, consumer);
            }
        }
    }

    private static boolean mayBeNull(Wiring.Provision provision, Wiring.Use use, Wiring wiring) {
        return wiring.takesElementResult(use)
                ? !use.optional() && wiring.task(provision.task()).nullable()
                : provision.key().nullable();
    }

    private static void report(
            Wiring.Use use, String consumer, Problems problems, Message ofValue, Object... arguments) {
        if (use.taken() != null && use.taken().each()) {
            problems.add(Message.NULLABLE_ELEMENTS, use.key().site(), use.key().shown(), consumer);
        } else {
            problems.add(ofValue, use.key().site(), arguments);
        }
    }

    /** Where the compiler hides annotations, a key counts as nullable but nobody is told off. */
    private boolean isKnown(TaskModel provider) {
        if (provider.result() == TaskModel.Result.COMPONENTS) {
            return provider.resultType() instanceof DeclaredType record
                    && compilation.showsNullness(record.asElement());
        }
        return provider.nullnessKnown();
    }

    private boolean isKnown(InputModel input, @Nullable TypeElement record) {
        return record != null
                ? compilation.showsNullness(record)
                : input.sites().stream().allMatch(site -> compilation.showsNullness(site.element()));
    }
}
