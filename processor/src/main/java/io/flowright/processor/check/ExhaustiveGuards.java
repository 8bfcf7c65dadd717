package io.flowright.processor.check;

import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.GuardTypes;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Alternatives that leave out a constant of the enum that decides between them. Only where the user asks for this rule. */
final class ExhaustiveGuards implements Rule {

    private final boolean wanted;

    ExhaustiveGuards(boolean wanted) {
        this.wanted = wanted;
    }

    @Override
    public void check(Wiring wiring, Problems problems) {
        Presence presence = wiring.presence();
        if (!wanted || presence == null) {
            return;
        }
        wiring.provisions().forEach((key, provisions) -> {
            if (wiring.providers(key).size() > 1 && !presence.isAlwaysPresent(key)) {
                check(key, provisions, presence, wiring, problems);
            }
        });
    }

    private static void check(
            String key, List<Wiring.Provision> provisions, Presence presence, Wiring wiring, Problems problems) {
        int covered = Decisions.NEVER;
        Set<String> deciding = new LinkedHashSet<>();
        for (Wiring.Provision provision : provisions) {
            covered = presence.either(covered, presence.runs(provision.task()));
            wiring.task(provision.task()).control().guards().stream()
                    .map(ControlModel.Guard::key)
                    .forEach(guard -> deciding.add(guard.name()));
        }
        for (String guard : deciding) {
            List<String> values = GuardTypes.valuesOf(Objects.requireNonNull(wiring.typeOf(guard)));
            List<String> missing = new ArrayList<>();
            for (int value = 0; value < values.size(); value++) {
                int decided = presence.both(presence.present(guard), presence.hasValue(guard, value));
                if (decided != Decisions.NEVER && presence.both(decided, covered) == Decisions.NEVER) {
                    missing.add(values.get(value));
                }
            }
            if (!missing.isEmpty()) {
                problems.add(
                        Message.UNCOVERED_CASE,
                        provisions.get(provisions.size() - 1).key().site(),
                        key,
                        guard,
                        String.join(", ", missing));
            }
        }
    }
}
