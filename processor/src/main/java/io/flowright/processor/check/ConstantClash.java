package io.flowright.processor.check;

import io.flowright.processor.model.ConstantName;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.SourceVersion;

/** Names that become the same constant of the generated {@code Keys} or {@code Tasks}. A key that is no name is reported as such. */
final class ConstantClash implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        Map<String, String> keys = new HashMap<>();
        Map<String, String> tasks = new HashMap<>();
        for (TaskModel task : wiring.tasks()) {
            check(task.name(), task.site(), tasks, problems);
            for (KeyModel key : task.keys()) {
                if (SourceVersion.isName(key.name())) {
                    check(key.name(), key.site(), keys, problems);
                }
            }
        }
    }

    private static void check(String name, Site site, Map<String, String> names, Problems problems) {
        String constant = ConstantName.of(name);
        String other = names.putIfAbsent(constant, name);
        if (other != null && !other.equals(name)) {
            problems.add(Message.CONSTANT_CLASH, site, other, name, constant);
        }
    }
}
