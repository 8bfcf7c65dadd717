package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.Map;

/** Generated classes whose name is taken, by a class in source or by another flow. */
final class GeneratedClassName implements Rule {

    private final Compilation compilation;
    private final Map<String, String> owners;

    /** @param owners the flow class behind each class that is generated in this compilation; the rule adds to it */
    GeneratedClassName(Compilation compilation, Map<String, String> owners) {
        this.compilation = compilation;
        this.owners = owners;
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        FlowModel flow = wiring.flow();
        String name = flow.packageName().isEmpty() ? flow.className() : flow.packageName() + "." + flow.className();
        String owner = owners.putIfAbsent(name, flow.type().getQualifiedName().toString());
        if (owner != null) {
            problems.add(
                    Message.SAME_GENERATED_NAME,
                    flow.site(),
                    name,
                    owner,
                    flow.type().getQualifiedName());
        } else if (compilation.sources().contains(name)) {
            problems.add(Message.GENERATED_NAME_CLASH, flow.site(), name);
        }
    }
}
