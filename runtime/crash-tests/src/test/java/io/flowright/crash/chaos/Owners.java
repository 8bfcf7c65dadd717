package io.flowright.crash.chaos;

import io.flowright.crash.chaos.Violation.Rule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether a run had one owner at a time. Effects are not fenced: a process that was stopped in the middle of a task may carry it out when
 * it wakes up. But nothing of it is recorded any more, so it goes no further: what an owner does after a later one has shown itself is
 * of one level, that of the tasks which it was in the middle of.
 */
final class Owners {

    private final String run;
    private final ChaosFlow flow;
    private final Consumer<Violation> violations;

    Owners(String run, ChaosFlow flow, Consumer<Violation> violations) {
        this.run = run;
        this.flow = flow;
        this.violations = violations;
    }

    /**
     * Checks a run.
     *
     * @param last its epoch in the end
     * @param deeds in the order in which they were done
     */
    void check(long last, List<Deed> deeds) {
        long newest = 0;
        Map<Long, String> owners = new HashMap<>();
        Map<Long, Integer> lateLevels = new HashMap<>();
        Set<List<Object>> executions = new HashSet<>();
        for (Deed deed : deeds) {
            String owner = owners.putIfAbsent(deed.epoch(), deed.process());
            if (owner != null && !owner.equals(deed.process())) {
                add(Rule.DOUBLE_OWNED, deed + " is of an epoch of " + owner);
            }
            if (deed.epoch() > last) {
                add(Rule.DOUBLE_OWNED, deed + ", and the run has never had more than " + last + " owners");
            }
            if (!executions.add(List.of(deed.place(), deed.attempt(), deed.epoch()))) {
                add(Rule.DONE_AGAIN, deed + ", twice");
            }
            if (deed.epoch() < newest && flow.places().containsKey(deed.place())) {
                int level =
                        Objects.requireNonNull(flow.places().get(deed.place())).level();
                Integer before = lateLevels.putIfAbsent(deed.epoch(), level);
                if (before != null && before != level) {
                    add(Rule.DOUBLE_OWNED, "an owner went on after another had begun: " + deed);
                }
            }
            newest = Math.max(newest, deed.epoch());
        }
    }

    private void add(Rule rule, String what) {
        violations.accept(new Violation(rule, run, what));
    }
}
