package io.flowright.processor.check;

import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.NearName;
import io.flowright.processor.report.Problems;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compensations of no task, of a task that has one, and such as take what may not be there when they run. */
final class Compensations implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        List<CompensationModel> compensations = wiring.flow().compensations();
        if (compensations.isEmpty()) {
            if (wiring.flow().onFailure().equals("COMPENSATE")) {
                String flow = wiring.flow().type().getSimpleName().toString();
                problems.add(Message.NOTHING_TO_COMPENSATE, wiring.flow().site(), flow);
            }
            return;
        }
        Map<String, Integer> tasks = new HashMap<>();
        for (int task = 0; task < wiring.tasks().size(); task++) {
            tasks.putIfAbsent(wiring.task(task).name(), task);
        }
        Map<String, CompensationModel> compensated = new HashMap<>();
        for (int i = 0; i < compensations.size(); i++) {
            CompensationModel compensation = compensations.get(i);
            checkName(compensation, tasks, wiring, problems);
            Integer task = tasks.get(compensation.of());
            CompensationModel other = compensated.putIfAbsent(compensation.of(), compensation);
            if (task == null) {
                problems.add(
                        Message.UNKNOWN_COMPENSATED,
                        compensation.site(),
                        compensation.task().displayName(),
                        compensation.shownOf(),
                        NearName.question(compensation.shownOf(), namesAround(compensation, wiring)));
            } else if (other != null) {
                problems.add(
                        Message.COMPENSATED_TWICE,
                        compensation.site(),
                        compensation.task().displayName(),
                        compensation.shownOf(),
                        other.task().displayName());
            } else {
                checkElement(compensation, wiring.task(task), wiring, problems);
                new Available(wiring, compensation, task)
                        .check(wiring.usesOf(wiring.tasks().size() + i), problems);
            }
        }
    }

    /** The tasks of the same group, as they are called there. */
    private static List<String> namesAround(CompensationModel compensation, Wiring wiring) {
        String group = compensation.task().taskClass().group();
        return wiring.tasks().stream()
                .filter(task -> task.taskClass().group().equals(group))
                .map(TaskModel::shownName)
                .toList();
    }

    private static void checkName(
            CompensationModel compensation, Map<String, Integer> tasks, Wiring wiring, Problems problems) {
        TaskModel method = compensation.task();
        Integer namesake = tasks.get(method.name());
        if (namesake != null) {
            problems.add(
                    Message.COMPENSATION_NAME,
                    compensation.site(),
                    method.displayName(),
                    compensation.shownOf() + CompensationModel.SUFFIX,
                    wiring.task(namesake).displayName());
        }
    }

    /** What it takes one at a time must be what its task runs for. */
    private static void checkElement(
            CompensationModel compensation, TaskModel undone, Wiring wiring, Problems problems) {
        KeyUse source = compensation.task().elementSource();
        // What nobody provides is reported as such.
        if (source != null && !undone.runsForEach(source.name()) && wiring.typeOf(source.name()) != null) {
            problems.add(
                    Message.COMPENSATION_ELEMENT,
                    source.site(),
                    compensation.task().displayName(),
                    source.shown(),
                    compensation.shownOf());
        }
        for (ParameterModel parameter : compensation.task().parameters()) {
            if (parameter instanceof ParameterModel.Keys keys
                    && undone.control().forEach() != null) {
                keys.keys().stream()
                        .filter(key -> undone.keys().stream()
                                .anyMatch(own -> own.name().equals(key.name())))
                        .forEach(key -> problems.add(
                                Message.COMPENSATION_COLLECTS_ELEMENT,
                                key.site(),
                                compensation.task().displayName(),
                                key.shown(),
                                compensation.shownOf()));
            }
        }
    }

    /** What is there for one compensation. */
    private static final class Available {

        private final Wiring wiring;
        private final CompensationModel compensation;
        private final int undone;

        Available(Wiring wiring, CompensationModel compensation, int undone) {
            this.wiring = wiring;
            this.compensation = compensation;
            this.undone = undone;
        }

        void check(List<Wiring.Use> taken, Problems problems) {
            for (Wiring.Use use : taken) {
                boolean element = use.taken() != null && use.taken().each();
                if (!element && !wiring.inputs().containsKey(use.key().name())) {
                    checkKey(use, problems);
                }
            }
        }

        private void checkKey(Wiring.Use use, Problems problems) {
            Presence presence = wiring.presence();
            String key = use.key().name();
            List<Wiring.Provision> providers = wiring.providers(key);
            if (presence == null || providers.isEmpty()) {
                // A cycle, or a missing provider.
                return;
            }
            for (Wiring.Provision provision : providers) {
                if (provision.task() == undone) {
                    checkOwn(use, provision.key(), problems);
                    return;
                }
            }
            for (Wiring.Provision provision : providers) {
                if (!precedes(provision.task())) {
                    String provider = wiring.task(provision.task()).displayName();
                    report(Message.COMPENSATION_KEY, use, provider, problems);
                    return;
                }
            }
            if (!use.optional() && !presence.isPresentFor(undone, key)) {
                report(Message.COMPENSATION_ABSENT, use, "", problems);
            }
        }

        private void checkOwn(Wiring.Use use, KeyModel key, Problems problems) {
            if (use.optional()) {
                return;
            }
            if (compensation.started()) {
                report(Message.COMPENSATION_UNKNOWN_OUTCOME, use, "", problems);
            } else if (key.optional() || isOptionalForElement()) {
                report(Message.COMPENSATION_ABSENT, use, "", problems);
            }
        }

        private boolean isOptionalForElement() {
            ControlModel.ForEach forEach = wiring.task(undone).control().forEach();
            return forEach != null && forEach.optional();
        }

        private void report(Message message, Wiring.Use use, String provider, Problems problems) {
            problems.add(
                    message,
                    use.key().site(),
                    compensation.task().displayName(),
                    use.key().shown(),
                    compensation.shownOf(),
                    provider);
        }

        /** Whether the undone task waits for that one. Most compensations take what the task itself takes. */
        private boolean precedes(int task) {
            Set<Integer> seen = new HashSet<>();
            Deque<Integer> open = new ArrayDeque<>(List.of(undone));
            while (!open.isEmpty()) {
                for (Wiring.Use use : wiring.usesOf(open.remove())) {
                    for (Wiring.Provision provision : wiring.providers(use.key().name())) {
                        if (provision.task() == task) {
                            return true;
                        }
                        if (seen.add(provision.task())) {
                            open.add(provision.task());
                        }
                    }
                }
            }
            return false;
        }
    }
}
