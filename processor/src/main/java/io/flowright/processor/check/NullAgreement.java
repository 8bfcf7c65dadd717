package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
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
        for (Wiring.Use use : wiring.uses()) {
            if (use.taken() == null || use.taken().nullable()) {
                continue;
            }
            String consumer = wiring.task(use.task()).displayName();
            String key = use.key().name();
            Wiring.Provision provision = wiring.provider(key);
            InputModel input = wiring.inputs().get(key);
            if (provision != null) {
                TaskModel provider = wiring.task(provision.task());
                if (provision.key().nullable() && isKnown(provider)) {
                    problems.add(Message.NULLNESS, use.key().site(), provider.displayName(), key, consumer);
                }
            } else if (input != null
                    && input.nullable()
                    && isKnown(input, wiring.flow().inputRecord())) {
                problems.add(Message.NULLABLE_INPUT, use.key().site(), key, consumer);
            }
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
