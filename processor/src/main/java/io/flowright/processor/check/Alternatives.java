package io.flowright.processor.check;

import io.flowright.processor.model.Compilation;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys that several tasks provide: never two of them in one run, and with one type. */
final class Alternatives implements Rule {

    private final Compilation compilation;

    Alternatives(Compilation compilation) {
        this.compilation = compilation;
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        Presence presence = wiring.presence();
        wiring.provisions().forEach((key, provisions) -> {
            List<Integer> tasks =
                    provisions.stream().map(Wiring.Provision::task).distinct().toList();
            if (areNamesakes(key, tasks, wiring)) {
                return;
            }
            if (tasks.size() > 1 && (!wiring.branches() || allAlwaysRun(tasks, presence))) {
                reportAmbiguous(provisions, tasks, wiring, problems);
            } else if (tasks.size() > 1 && presence != null) {
                checkExclusive(provisions, presence, wiring, problems);
                checkTypes(provisions, wiring, problems);
            }
        });
    }

    /** Whether methods of one name are the cause, which is reported with the names of their tasks. */
    private static boolean areNamesakes(String key, List<Integer> tasks, Wiring wiring) {
        return tasks.stream().map(wiring::task).allMatch(task -> task.name().equals(key) && task.namesKeyByMethod());
    }

    private static boolean allAlwaysRun(List<Integer> tasks, @Nullable Presence presence) {
        return presence != null && tasks.stream().allMatch(task -> presence.runs(task) == Decisions.ALWAYS);
    }

    private static void reportAmbiguous(
            List<Wiring.Provision> provisions, List<Integer> tasks, Wiring wiring, Problems problems) {
        KeyModel last = provisions.get(provisions.size() - 1).key();
        String names = String.join(
                ", ", Wiring.displayNames(tasks.stream().map(wiring::task).toList()));
        problems.add(Message.AMBIGUOUS_PROVIDER, last.site(), last.shown(), tasks.size(), names);
    }

    /** Each is compared with all before it; the first two that can run together are reported. */
    private static void checkExclusive(
            List<Wiring.Provision> provisions, Presence presence, Wiring wiring, Problems problems) {
        int before = Decisions.NEVER;
        for (int later = 0; later < provisions.size(); later++) {
            int runs = presence.runs(provisions.get(later).task());
            if (presence.both(before, runs) != Decisions.NEVER) {
                Wiring.Provision clashing = firstClash(provisions, later, presence);
                if (clashing.task() != provisions.get(later).task()) {
                    int both = presence.both(presence.runs(clashing.task()), runs);
                    KeyModel key = provisions.get(later).key();
                    List<String> names = Wiring.displayNames(List.of(
                            wiring.task(clashing.task()),
                            wiring.task(provisions.get(later).task())));
                    problems.add(
                            Message.OVERLAPPING_PROVIDERS,
                            key.site(),
                            key.shown(),
                            names.get(0),
                            names.get(1),
                            presence.example(both));
                    return;
                }
            }
            before = presence.either(before, runs);
        }
    }

    private static Wiring.Provision firstClash(List<Wiring.Provision> provisions, int later, Presence presence) {
        int runs = presence.runs(provisions.get(later).task());
        return provisions.stream()
                .filter(earlier -> presence.both(presence.runs(earlier.task()), runs) != Decisions.NEVER)
                .findFirst()
                .orElseThrow();
    }

    private void checkTypes(List<Wiring.Provision> provisions, Wiring wiring, Problems problems) {
        Wiring.Provision first = provisions.get(0);
        for (Wiring.Provision other : provisions.subList(1, provisions.size())) {
            if (!compilation.isSame(first.key().type(), other.key().type())) {
                String[] types =
                        TypeNames.distinct(other.key().type(), first.key().type());
                problems.add(
                        Message.ALTERNATIVE_TYPES,
                        other.key().site(),
                        wiring.task(other.task()).displayName(),
                        other.key().shown(),
                        types[0],
                        wiring.task(first.task()).displayName(),
                        types[1]);
            }
        }
    }
}
