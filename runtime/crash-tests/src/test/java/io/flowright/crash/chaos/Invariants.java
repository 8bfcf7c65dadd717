package io.flowright.crash.chaos;

import io.flowright.crash.chaos.Place.Leaves;
import io.flowright.crash.chaos.Violation.Rule;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Judges by the store and by what was done outside of it, when all is over and quiet. Nothing in it depends on what the disturbances were:
 * what it asks for must hold whatever happened.
 */
final class Invariants {

    private final RunStore store;
    private final Told told;
    private final Map<String, List<Deed>> deeds;
    private final Map<String, Deed> byStamp = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    private Invariants(RunStore store, Told told, List<Deed> deeds) {
        this.store = store;
        this.told = told;
        this.deeds = deeds.stream().collect(Collectors.groupingBy(Deed::run));
        deeds.forEach(deed -> byStamp.put(deed.stamp(), deed));
    }

    /**
     * All that is wrong.
     *
     * @param deeds in the order in which they were done
     */
    static List<Violation> violations(RunStore store, Told told, List<Deed> deeds) {
        Invariants invariants = new Invariants(store, told, deeds);
        Set<String> runs = new TreeSet<>(told.tried());
        runs.addAll(invariants.deeds.keySet());
        runs.forEach(invariants::check);
        new SharedKeys(invariants.violations::add).check(runs, deeds, invariants::records);
        return invariants.violations;
    }

    private Records records(String run) {
        return Records.of(store.tasks(run));
    }

    private void check(String run) {
        RunRecord found = store.find(run).orElse(null);
        List<Deed> done = deeds.getOrDefault(run, List.of());
        if (found == null) {
            // Who was not told that it has begun may have failed to start it.
            if (told.started().contains(run) || !done.isEmpty()) {
                add(Rule.LOST, run, "it was started, and is not there; done: " + done);
            }
            return;
        }
        ChaosFlow flow = ChaosFlow.of(run);
        if (found.status().isActive() || found.owner() != null) {
            add(Rule.STUCK, run, "it is " + found);
        } else if (found.status() != flow.status()) {
            add(Rule.WRONG_RESULT, run, "it is " + found.status());
        }
        new Owners(run, flow, violations::add).check(found.epoch(), done);
        Records records = records(run);
        records.twice().forEach(place -> add(Rule.DONE_AGAIN, run, place + " is on record twice"));
        if (found.status() == flow.status()) {
            checkEnd(run, flow, records);
        }
        checkOrder(run, records);
        done.forEach(deed -> check(flow, deed, records));
        checkKeys(run, flow, done);
    }

    private void checkEnd(String run, ChaosFlow flow, Records records) {
        for (Place place : flow.places().values()) {
            Leaves what = place.leaves() == Leaves.SHARED_STEP ? Leaves.STEP : place.leaves();
            if (!records.left().getOrDefault(place.name(), Set.of()).contains(what)) {
                add(Rule.WRONG_RESULT, run, "there is no record of " + place.name());
            }
        }
        records.steps().forEach((place, step) -> {
            if (!flow.places().containsKey(place) || !step.text().equals(flow.text(place))) {
                add(Rule.WRONG_RESULT, run, place + " has given " + step);
            }
        });
        String outcome = told.ended().get(run);
        String last = List.copyOf(flow.places().keySet()).get(flow.places().size() - 1);
        String expected = records.steps().containsKey(last)
                ? flow.text(last)
                : flow.status().name();
        if (outcome != null && !outcome.equals(expected)) {
            add(Rule.WRONG_RESULT, run, "its caller was told " + outcome);
        }
    }

    /** Nothing of an old epoch is recorded after something of a newer one. */
    private void checkOrder(String run, Records records) {
        long epoch = 0;
        for (Map.Entry<String, Step> entry : records.steps().entrySet()) {
            Deed deed = byStamp.get(entry.getValue().stamp());
            if (deed == null) {
                add(Rule.WRONG_RESULT, run, entry + " was recorded, and never done");
            } else if (deed.run().equals(run)) {
                if (deed.epoch() < epoch) {
                    add(Rule.DOUBLE_OWNED, run, "recorded after something of epoch " + epoch + ": " + deed);
                }
                epoch = Math.max(epoch, deed.epoch());
            }
        }
    }

    private void check(ChaosFlow flow, Deed deed, Records records) {
        Place place = flow.places().get(deed.place());
        if (place == null) {
            add(Rule.WRONG_RESULT, deed.run(), "nobody asked for " + deed);
            return;
        }
        List<String> taken = new ArrayList<>();
        for (String from : place.takes()) {
            Step step = records.steps().get(from);
            taken.add(step == null ? "nothing" : step.stamp());
        }
        if (!taken.equals(deed.taken())) {
            add(Rule.NOT_ON_RECORD, deed.run(), deed + " took " + deed.taken() + "; on record are " + taken);
        }
        Step own = records.steps().get(deed.place());
        Deed recorded = own == null ? null : byStamp.get(own.stamp());
        if (recorded != null && recorded.run().equals(deed.run()) && deed.epoch() > recorded.epoch()) {
            add(Rule.DONE_AGAIN, deed.run(), deed + ", though " + recorded + " is on record");
        }
    }

    private void checkKeys(String run, ChaosFlow flow, List<Deed> done) {
        Map<String, Set<String>> keys = done.stream()
                .collect(Collectors.groupingBy(Deed::place, Collectors.mapping(Deed::key, Collectors.toSet())));
        keys.forEach((place, those) -> {
            if (those.size() > 1) {
                add(Rule.WRONG_KEY, run, place + " had the keys " + those);
            }
        });
        Set<String> all = new HashSet<>();
        keys.forEach((place, those) -> those.forEach(key -> {
            if (!all.add(key)) {
                add(Rule.WRONG_KEY, run, "several tasks had the key of " + place + " of " + flow);
            }
        }));
    }

    private void add(Rule rule, String run, String what) {
        violations.add(new Violation(rule, run, what));
    }
}
