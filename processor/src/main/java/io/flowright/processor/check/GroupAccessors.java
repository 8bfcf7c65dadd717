package io.flowright.processor.check;

import io.flowright.processor.model.GroupPath;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.HashSet;
import java.util.Set;

/** Groups with keys of their own that have the name of a key beside them: the result has a method for each. */
final class GroupAccessors implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        Set<String> groups = new HashSet<>();
        wiring.provisions().keySet().forEach(key -> groups.add(GroupPath.group(key)));
        groups.remove("");
        for (TaskClass taskClass : wiring.flow().taskClasses()) {
            String group = taskClass.group();
            if (groups.remove(group) && wiring.provisions().containsKey(group)) {
                int provider = wiring.provisions().get(group).get(0).task();
                problems.add(
                        Message.GROUP_IS_KEY,
                        taskClass.site().attribute("as"),
                        GroupPath.last(group),
                        wiring.task(provider).displayName());
            }
        }
    }
}
