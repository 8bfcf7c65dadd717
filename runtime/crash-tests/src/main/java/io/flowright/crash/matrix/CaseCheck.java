package io.flowright.crash.matrix;

import io.flowright.crash.Effect;
import io.flowright.crash.EffectLog;
import io.flowright.crash.matrix.Leeway.Undo;
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
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
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
     * @param world what its tasks have acted on
     * @param outcomes what the processes said that came of it; all of them agree
     * @param kills how many processes died while they had the run
     * @param losses how often a process that lives has lost the run, because its engine could not renew its lease in time
     * @param deaths what those left, and any others
     * @param atItsPoint whether it was at its point when the first died; else it had stopped before, or come to its end
     */
    static List<String> of(
            CrashCase mine,
            RunStore store,
            World world,
            Expected expected,
            List<String> outcomes,
            int kills,
            int losses,
            List<Remains> deaths,
            boolean atItsPoint) {
        int disturbances = kills + losses;
        CaseCheck check = new CaseCheck(expected, deaths);
        List<Effect> effects = EffectLog.read(mine.effects());
        List<TaskRecord> tasks = store.tasks(mine.run());
        check.end(store.find(mine.run()).orElse(null), outcomes, disturbances, check.once(effects));
        check.world(world, effects, disturbances);
        check.undone(tasks, effects, disturbances);
        if (losses == 0) {
            // What runs where a run was lost may have its effect late.
            check.order(effects);
        }
        check.records(tasks, effects);
        if (atItsPoint && mine.point() != null && mine.point().after()) {
            check.told(mine.point().moment());
        }
        return check.wrong;
    }

    private void end(@Nullable RunRecord run, List<String> outcomes, int kills, int decisions) {
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
        hold(
                run.epoch() <= 1 + kills + decisions,
                "it has had " + run.epoch() + " owners after " + kills + " kills and " + decisions + " decisions");
        hold(decisions <= kills, "it was in doubt " + decisions + " times after " + kills + " kills");
    }

    /** Between two effects of what is to run once a person has decided that; returns how often one did. */
    private int once(List<Effect> effects) {
        int decisions = 0;
        Set<String> run = new HashSet<>();
        for (Effect effect : effects) {
            if (effect.task().equals(Effect.PERSON)) {
                decisions++;
                run.clear();
            } else if (expected.leeway().once().contains(effect.place())) {
                hold(run.add(effect.place()), effect.place() + " has run again, and nobody said so");
            }
        }
        return decisions;
    }

    private void world(World world, List<Effect> effects, int kills) {
        try {
            List<String> traces = world.traces();
            hold(traces.equals(expected.traces()), "there is " + traces + ", not " + expected.traces());
            effects(Expected.all(effects, world), kills);
        } catch (Exception e) {
            // As of a run that has not come to its end.
            wrong.add("its world is not complete: " + e);
        }
    }

    private void effects(List<Effect> effects, int kills) {
        Leeway leeway = expected.leeway();
        Map<String, Long> counts = Expected.counts(effects);
        Set<String> attempts = new HashSet<>(counts.keySet());
        attempts.addAll(expected.effects().keySet());
        leeway.undone().values().forEach(undo -> undo.attempts().forEach(attempts::remove));
        for (String attempt : attempts) {
            long count = counts.getOrDefault(attempt, 0L);
            long calm = expected.effects().getOrDefault(attempt, 0L);
            long most = calm > 0 ? calm : leeway.possible().contains(attempt) ? 1 : 0;
            // A request does not say of which attempt it is, and each attempt may be made again.
            hold(
                    count >= calm && count <= most * (1 + kills),
                    attempt + " has had " + count + " effects instead of " + calm + " after " + kills + " kills");
        }
        for (Leeway.Choice choice : leeway.choices()) {
            long found = choice.attempts().stream().filter(counts::containsKey).count();
            hold(
                    found >= choice.least(),
                    found + " instead of " + choice.least() + " have had an effect of " + choice.attempts());
        }
        each(effects, Effect::key)
                .forEach((place, keys) -> hold(keys.size() == 1, place + " has had several keys: " + keys));
        each(effects, Effect::received).forEach((place, all) -> {
            String right = leeway.received().get(place);
            hold(
                    all.size() == 1 && (right == null || all.contains(right)),
                    place + " has received " + all + (right == null ? "" : ", not " + right));
        });
        Set<String> seen = new HashSet<>();
        for (Effect effect : effects) {
            seen.add(effect.place());
            String done = effect.place().replace(COMPENSATION, "");
            Undo undo = leeway.undone().get(done);
            // Where a process has died, one that has perhaps begun is undone as well.
            boolean mayHaveBegun = undo != null && undo.started() && kills > 0;
            hold(
                    !effect.task().endsWith(COMPENSATION) || seen.contains(done) || mayHaveBegun,
                    effect.place() + " has undone what had not been done");
        }
    }

    /** What there was to undo has been undone, and that is on record. */
    private void undone(List<TaskRecord> tasks, List<Effect> effects, int kills) {
        Map<String, Long> counts = Expected.counts(effects);
        Set<String> begun = places(effects).keySet();
        Set<String> succeeded = places(tasks, task -> task.kind() == TaskRecord.Kind.END && isSuccess(task));
        Set<String> over = places(tasks, task -> task.kind() == TaskRecord.Kind.COMPENSATION && isSuccess(task));
        expected.leeway().undone().forEach((place, undo) -> {
            boolean due = succeeded.contains(place) || undo.started() && begun.contains(place);
            boolean may = due || undo.started() && kills > 0;
            for (String attempt : undo.attempts()) {
                long count = counts.getOrDefault(attempt, 0L);
                hold(
                        count >= (due ? 1 : 0) && count <= (may ? 1 + kills : 0),
                        attempt + " has had " + count + " effects after " + kills + " kills, and " + place
                                + (due ? " is" : may ? " may be" : " is not") + " to be undone");
            }
            hold(
                    !due || over.contains(compensationOf(place)),
                    place + " is to be undone, and is not on record as undone");
        });
    }

    /** Also where it came too late to count. */
    private static boolean isSuccess(TaskRecord task) {
        return task.status() == TaskRecord.Status.SUCCEEDED
                || task.status() == TaskRecord.Status.TOLERATED && task.error() == null;
    }

    /** What a task needs was on record before it began, and so does not run any more. */
    private void order(List<Effect> effects) {
        Map<String, String> over = new HashMap<>();
        Set<String> spread = effects.stream()
                .filter(effect -> effect.element() >= 0)
                .map(Effect::task)
                .collect(Collectors.toSet());
        for (Effect effect : effects) {
            String since = over.get(effect.task());
            // What runs for each element begins as a whole in each process that puts its results together.
            boolean isWhole = effect.element() < 0 && spread.contains(effect.task());
            hold(isWhole || since == null, effect.place() + " has had an effect after " + since + ", which needs it");
            expected.needs().getOrDefault(effect.task(), Set.of()).forEach(task -> over.put(task, effect.place()));
        }
    }

    /** The store has said that it has done that. */
    private void told(String moment) {
        String[] words = moment.split(" ", 2);
        if (Set.of("task", "element", "retry", "compensation").contains(words[0])) {
            String place = words[0].equals("compensation") ? compensationOf(words[1]) : words[1];
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
                if (isInDoubt(task)) {
                    continue;
                }
                hold(texts.contains(task.toString()), "the record is gone or another: " + task);
                String place = place(task);
                hold(
                        !isEnd(task) || counts.getOrDefault(place, 0L).equals(before.getOrDefault(place, 0L)),
                        place + " was recorded, and has had effects since");
            }
        }
    }

    /** A person decides what becomes of that. */
    private boolean isInDoubt(TaskRecord task) {
        return task.status() == TaskRecord.Status.FAILED
                && expected.leeway().once().contains(place(task));
    }

    private void hold(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    private static Map<String, Set<String>> each(List<Effect> effects, Function<Effect, String> what) {
        return effects.stream()
                .collect(Collectors.groupingBy(
                        Effect::place, TreeMap::new, Collectors.mapping(what, Collectors.toCollection(TreeSet::new))));
    }

    private static Set<String> places(List<TaskRecord> tasks, Predicate<TaskRecord> which) {
        return tasks.stream().filter(which).map(CaseCheck::place).collect(Collectors.toSet());
    }

    private static String compensationOf(String place) {
        return place.replaceFirst("(?=\\[|$)", COMPENSATION);
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
