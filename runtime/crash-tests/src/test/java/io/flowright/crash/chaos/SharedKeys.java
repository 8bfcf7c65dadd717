package io.flowright.crash.chaos;

import io.flowright.crash.chaos.Place.Leaves;
import io.flowright.crash.chaos.Violation.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether runs that share a key have the result of one execution, and no others share one. */
final class SharedKeys {

    private final Consumer<Violation> violations;

    SharedKeys(Consumer<Violation> violations) {
        this.violations = violations;
    }

    /** Checks all runs, given what was done in the order in which it was. */
    void check(Set<String> runs, List<Deed> deeds, Function<String, Records> records) {
        Map<String, List<Deed>> byKey = deeds.stream().collect(Collectors.groupingBy(Deed::key));
        byKey.forEach((key, those) -> {
            Deed first = those.get(0);
            if (!isShared(first) && those.stream().anyMatch(deed -> !deed.run().equals(first.run()))) {
                add(Rule.WRONG_KEY, first.run(), "other runs have the key of " + first);
            }
        });
        Map<String, Set<String>> keys = deeds.stream()
                .filter(SharedKeys::isShared)
                .collect(Collectors.groupingBy(
                        deed -> account(deed.run()), Collectors.mapping(Deed::key, Collectors.toSet())));
        Map<String, List<String>> byAccount = runs.stream()
                .filter(run -> ChaosFlow.of(run) == ChaosFlow.POOLED)
                .collect(Collectors.groupingBy(SharedKeys::account));
        byAccount.forEach((account, those) -> {
            Set<String> used = keys.getOrDefault(account, Set.of());
            if (used.size() > 1) {
                add(Rule.WRONG_KEY, those.get(0), "runs that share a key have the keys " + used);
            }
            Set<String> stamps = those.stream()
                    .flatMap(run -> Stream.ofNullable(records.apply(run).steps().get("charge")))
                    .map(Step::stamp)
                    .collect(Collectors.toSet());
            if (stamps.size() > 1) {
                add(Rule.DONE_AGAIN, those.get(0), "runs that share a key have the results of " + stamps);
            }
        });
    }

    private static String account(String run) {
        return new PooledId(run).account();
    }

    private static boolean isShared(Deed deed) {
        Place place = ChaosFlow.of(deed.run()).places().get(deed.place());
        return place != null && place.leaves() == Leaves.SHARED_STEP;
    }

    private void add(Rule rule, String run, String what) {
        violations.accept(new Violation(rule, run, what));
    }
}
