package io.flowright.crash.matrix;

import io.flowright.crash.Effect;
import io.flowright.crash.EffectLog;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.TaskRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a run that was disturbed has ended as one that was not. */
final class CaseCheck {

    private static final String COMPENSATION = ".compensation";

    private final Expected expected;
    private final List<Remains> deaths;
    private final List<String> wrong = new ArrayList<>();

    /** What a process has left when it died: what is recorded of the run, and all effects until then. */
    record Remains(List<TaskRecord> tasks, List<Effect> effects) {

        static Remains of(CrashCase mine, RunStore store) {
            // In this order: what is recorded has had its effect, whatever other processes do meanwhile.
            List<TaskRecord> tasks = store.tasks(mine.run());
            return new Remains(tasks, EffectLog.read(mine.effects()));
        }
    }

    private CaseCheck(Expected expected, List<Remains> deaths) {
        this.expected = expected;
        this.deaths = deaths;
    }

    /**
     * What is wrong.
     *
     * @param outcomes what the processes said that came of it; all of them agree
     * @param kills how many processes died while they had the run
     * @param deaths what those left, and any others
     * @param atItsPoint whether it was at its point when the first died; else it had stopped before, or come to its end
     */
    static List<String> of(
            CrashCase mine,
            RunStore store,
            Expected expected,
            List<String> outcomes,
            int kills,
            List<Remains> deaths,
            boolean atItsPoint) {
        CaseCheck check = new CaseCheck(expected, deaths);
        check.end(store.find(mine.run()).orElse(null), outcomes, kills);
        List<Effect> effects = EffectLog.read(mine.effects());
        check.effects(effects, kills);
        check.order(effects);
        check.records(store.tasks(mine.run()), effects);
        if (atItsPoint && mine.point() != null && mine.point().after()) {
            check.told(mine.point().moment());
        }
        return check.wrong;
    }

    private void end(@Nullable RunRecord run, List<String> outcomes, int kills) {
        hold(!outcomes.isEmpty(), "it has not ended");
        for (String outcome : outcomes) {
            hold(outcome.equals(expected.outcome()), "its end is " + outcome + ", not " + expected.outcome());
        }
        if (run == null) {
            wrong.add("it is not in the store");
            return;
        }
        hold(run.status() == expected.status(), "it is " + run.status() + ", not " + expected.status());
        hold(run.owner() == null, "it still belongs to " + run.owner());
        hold(run.epoch() <= 1 + kills, "it has had " + run.epoch() + " owners after " + kills + " kills");
    }

    private void effects(List<Effect> effects, int kills) {
        Map<String, Long> counts = Expected.counts(effects);
        Set<String> attempts = new HashSet<>(counts.keySet());
        attempts.addAll(expected.effects().keySet());
        for (String attempt : attempts) {
            long count = counts.getOrDefault(attempt, 0L);
            long calm = expected.effects().getOrDefault(attempt, 0L);
            long most = calm == 0 ? 0 : calm + kills;
            hold(
                    count >= calm && count <= most,
                    attempt + " has had " + count + " effects instead of " + calm + " after " + kills + " kills");
        }
        keys(effects).forEach((place, keys) -> hold(keys.size() == 1, place + " has had several keys: " + keys));
        Set<String> seen = new HashSet<>();
        for (Effect effect : effects) {
            seen.add(effect.place());
            hold(
                    !effect.task().endsWith(COMPENSATION)
                            || seen.contains(effect.place().replace(COMPENSATION, "")),
                    effect.place() + " has undone what had not been done");
        }
    }

    /** What a task needs was on record before it began, and so does not run any more. */
    private void order(List<Effect> effects) {
        Map<String, String> over = new HashMap<>();
        for (Effect effect : effects) {
            String since = over.get(effect.task());
            hold(since == null, effect.place() + " has had an effect after " + since + ", which needs it");
            expected.needs().getOrDefault(effect.task(), Set.of()).forEach(task -> over.put(task, effect.place()));
        }
    }

    /** The store has said that it has done that. */
    private void told(String moment) {
        String[] words = moment.split(" ", 2);
        if (Set.of("task", "element", "retry", "compensation").contains(words[0])) {
            String place =
                    words[0].equals("compensation") ? words[1].replaceFirst("(?=\\[|$)", COMPENSATION) : words[1];
            hold(
                    deaths.get(0).tasks().stream().anyMatch(task -> place(task).equals(place)),
                    "the store has taken, and has not, " + moment);
        }
    }

    private void records(List<TaskRecord> tasks, List<Effect> effects) {
        Map<String, Long> counts = places(effects);
        Set<String> ends = new HashSet<>();
        for (TaskRecord task : tasks) {
            hold(!isEnd(task) || ends.add(place(task)), place(task) + " is recorded twice");
        }
        List<String> texts = tasks.stream().map(TaskRecord::toString).toList();
        for (Remains remains : deaths) {
            Map<String, Long> before = places(remains.effects());
            for (TaskRecord task : remains.tasks()) {
                hold(texts.contains(task.toString()), "the record is gone or another: " + task);
                String place = place(task);
                hold(
                        !isEnd(task) || counts.getOrDefault(place, 0L).equals(before.getOrDefault(place, 0L)),
                        place + " was recorded, and has had effects since");
            }
        }
    }

    private void hold(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    private static Map<String, Set<String>> keys(List<Effect> effects) {
        return effects.stream()
                .collect(Collectors.groupingBy(
                        Effect::place, TreeMap::new, Collectors.mapping(Effect::key, Collectors.toSet())));
    }

    private static Map<String, Long> places(List<Effect> effects) {
        return effects.stream().collect(Collectors.groupingBy(Effect::place, Collectors.counting()));
    }

    private static boolean isEnd(TaskRecord task) {
        return task.kind() != TaskRecord.Kind.START && task.status() != TaskRecord.Status.RETRYING;
    }

    /** As {@link Effect#place} says it. */
    private static String place(TaskRecord task) {
        String name = task.kind() == TaskRecord.Kind.COMPENSATION ? task.task() + COMPENSATION : task.task();
        return task.element().isEmpty() ? name : name + "[" + task.element() + "]";
    }
}
