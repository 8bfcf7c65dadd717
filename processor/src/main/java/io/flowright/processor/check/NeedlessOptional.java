package io.flowright.processor.check;

import io.flowright.processor.model.GroupPath;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.List;

/** Parameters that take an {@code Optional} of what is there whenever their task runs; several keys, if all of them are. */
final class NeedlessOptional implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        Presence presence = wiring.presence();
        for (int task = 0; presence != null && task < wiring.tasks().size(); task++) {
            for (ParameterModel parameter : wiring.task(task).parameters()) {
                if (parameter instanceof ParameterModel.Key key && key.optional()) {
                    check(task, List.of(key.key()), presence, wiring, problems);
                } else if (parameter instanceof ParameterModel.Keys keys && keys.optional()) {
                    check(task, keys.keys(), presence, wiring, problems);
                }
            }
        }
    }

    private static void check(int task, List<KeyUse> keys, Presence presence, Wiring wiring, Problems problems) {
        // What a group takes from around it may be absent where the class is used elsewhere.
        String group = wiring.task(task).taskClass().group();
        boolean certain = keys.stream()
                .map(KeyUse::name)
                .allMatch(key -> GroupPath.group(key).equals(group)
                        && wiring.typeOf(key) != null
                        && presence.isPresentFor(task, key));
        if (certain) {
            KeyUse first = keys.get(0);
            problems.add(
                    Message.NEEDLESS_OPTIONAL, first.site(), wiring.task(task).displayName(), first.shown());
        }
    }
}
