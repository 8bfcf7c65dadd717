package io.flowright.crash.drawn;

import io.flowright.crash.drawn.DrawnFlow.Ending;
import io.flowright.crash.drawn.Step.End;
import io.flowright.crash.drawn.Step.Taking;
import io.flowright.crash.drawn.Step.Trait;
import io.flowright.crash.drawn.Step.Type;
import io.flowright.crash.matrix.Expected;
import io.flowright.crash.matrix.Leeway;
import io.flowright.crash.matrix.Leeway.Choice;
import io.flowright.crash.matrix.Leeway.Undo;
import io.flowright.runtime.RunStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plays a drawn flow by the rules alone, one task after the other. */
final class Reference {

    /** How many attempts a task that runs once may have: one more for each process that dies in it. */
    private static final int ONCE = 3;

    private final DrawnFlow flow;
    private final Map<String, Set<String>> needs;

    /** What runs whatever else does; null: everything. The rest runs beside the task that fails, and may be too late. */
    private final @Nullable Set<String> sure;

    private final Map<String, Object> present = new HashMap<>();
    private final Set<String> blocked = new HashSet<>();
    private final Set<Step> played = new LinkedHashSet<>();
    private final Map<String, Long> effects = new TreeMap<>();
    private final Set<String> possible = new HashSet<>();
    private final List<Choice> choices = new ArrayList<>();
    private final Map<String, Undo> undone = new HashMap<>();
    private final Map<String, String> received = new HashMap<>();
    private final Set<String> once = new HashSet<>();
    private String failure = "";

    private Reference(DrawnFlow flow) {
        this.flow = flow;
        needs = flow.needs();
        sure = flow.ending() == Ending.FAILS_WITHIN ? sure(flow.failing().orElseThrow()) : null;
        present.put(DrawnFlow.INPUT, flow.input());
    }

    private Set<String> sure(Step failing) {
        String task = failing.is(Trait.GROUP) ? failing.name() + ".part" : failing.name();
        Set<String> sure = new HashSet<>(Objects.requireNonNull(needs.get(task)));
        sure.add(task);
        return sure;
    }

    static Expected of(DrawnFlow flow) {
        return new Reference(flow).play();
    }

    /** The steps that run, or may run, in their order. */
    static Set<Step> played(DrawnFlow flow) {
        Reference reference = new Reference(flow);
        reference.play();
        return reference.played;
    }

    private Expected play() {
        flow.steps().forEach(this::play);
        RunStatus status =
                failure.isEmpty() ? RunStatus.SUCCEEDED : flow.isUndone() ? RunStatus.COMPENSATED : RunStatus.FAILED;
        String outcome = failure.isEmpty() ? Mix.text(present.get(flow.last().key())) : failure;
        Leeway leeway = new Leeway(possible, choices, flow.isUndone() ? undone : Map.of(), received, once);
        return new Expected(status, outcome, effects, needs, leeway);
    }

    private void play(Step step) {
        if (isBlocked(step)) {
            blocked.add(step.key());
        } else if (runs(step)) {
            played.add(step);
            if (step.is(Trait.GROUP)) {
                group(step);
            } else if (step.each() != null) {
                elements(step, (List<?>) Objects.requireNonNull(present.get(step.each())));
            } else {
                single(step);
            }
        }
    }

    private boolean isBlocked(Step step) {
        return step.each() != null && blocked.contains(step.each())
                || step.needs().stream().anyMatch(need -> blocked.contains(need.key()));
    }

    private boolean runs(Step step) {
        return step.guards().stream().allMatch(guard -> guard.holds(present))
                && (step.each() == null || present.containsKey(step.each()))
                && step.needs().stream()
                        .allMatch(need -> need.taking() == Taking.OPTIONAL || present.containsKey(need.key()));
    }

    private boolean isSure(String task) {
        return sure == null || sure.contains(task);
    }

    private void fails(Step step, String why) {
        failure = why;
        blocked.add(step.key());
    }

    private void single(Step step) {
        if (step.is(Trait.ONCE)) {
            Set<String> attempts = new HashSet<>();
            IntStream.rangeClosed(1, ONCE).forEach(attempt -> attempts.add(step.name() + " " + attempt));
            possible.addAll(attempts);
            choices.add(new Choice(1, attempts));
            once.add(step.name());
        } else {
            attempts(step, step.name(), isSure(step.name()));
        }
        receives(step, step.name(), null);
        boolean fails = step.end() == End.FAILS && !step.is(Trait.FALLBACK);
        if (fails && !step.is(Trait.OPTIONAL)) {
            String why = step.failures() > 0 ? "attempt " + step.failures() : step.name() + " fails";
            fails(step, step.name() + ": " + why);
        }
        if (fails || step.end() == End.EMPTY) {
            undo(step, "", null);
            return;
        }
        Object value = value(step, null);
        present.put(step.key(), value);
        undo(step, "", step.is(Trait.FALLBACK) ? null : value);
    }

    private void elements(Step step, List<?> list) {
        List<Object> values = new ArrayList<>();
        Set<String> successes = new HashSet<>();
        boolean isQuorum = step.type() == Type.QUORUM;
        for (int i = 0; i < list.size(); i++) {
            int element = (Integer) list.get(i);
            boolean decides = i == Step.FAILING && step.end() == End.FAILS;
            String place = step.name() + "[" + i + "]";
            attempts(step, place, isSure(step.name()) && !isQuorum && (decides || step.end() != End.FAILS));
            receives(step, place, element);
            if (step.is(Trait.COLLECTS) && Mix.failsElement(element)) {
                values.add("element " + element);
                undo(step, "[" + i + "]", null);
            } else if (decides || step.is(Trait.LOSES) && i == Step.FAILING) {
                undo(step, "[" + i + "]", null);
            } else {
                Object value = isQuorum ? i : value(step, element);
                values.add(value);
                successes.add(place + " " + step.attempts());
                undo(step, "[" + i + "]", value);
            }
        }
        if (step.end() == End.FAILS) {
            fails(step, step.name() + ": " + step.name() + " fails");
            return;
        }
        if (isQuorum && isSure(step.name())) {
            choices.add(new Choice(Step.QUORUM, successes));
        }
        present.put(step.key(), isQuorum ? Step.QUORUM : values);
    }

    private void group(Step step) {
        Object seed = Objects.requireNonNull(present.get(step.needs().get(0).key()));
        String base = step.name() + ".base";
        String part = step.name() + ".part";
        effect(base + " 1", isSure(base));
        effect(base + " 2", isSure(base));
        effect(part + " 1", isSure(part));
        undone.put(base, new Undo(List.of(base + ".compensation 1"), false));
        if (step.end() == End.FAILS) {
            undone.put(part, new Undo(List.of(part + ".compensation 1"), true));
            fails(step, part + ": part fails");
        } else {
            present.put(step.key(), Mix.number(-2, Mix.number(-1, seed), seed));
        }
    }

    private void attempts(Step step, String place, boolean isSure) {
        if (!step.is(Trait.PURE)) {
            for (int attempt = 1; attempt <= step.attempts(); attempt++) {
                effect(place + " " + attempt, isSure);
            }
        }
    }

    private void effect(String attempt, boolean isSure) {
        if (isSure) {
            effects.merge(attempt, 1L, Long::sum);
        } else {
            possible.add(attempt);
        }
    }

    private void receives(Step step, String place, @Nullable Object element) {
        boolean isChance = step.needs().stream()
                .anyMatch(need ->
                        need.type() == Type.QUORUM && need.taking() != Taking.AFTER && present.containsKey(need.key()));
        if (!isChance) {
            received.put(place, Mix.seen(received(step, element).toArray()));
        }
    }

    /** @param value what is undone; null: there is no success that could be on record */
    private void undo(Step step, String element, @Nullable Object value) {
        if (!step.is(Trait.COMPENSATED) || value == null && !step.is(Trait.STARTED)) {
            return;
        }
        String compensation = step.name() + ".compensation" + element;
        undone.put(
                step.name() + element,
                new Undo(
                        IntStream.rangeClosed(1, step.number() % 3 == 0 ? 2 : 1)
                                .mapToObj(attempt -> compensation + " " + attempt)
                                .toList(),
                        step.is(Trait.STARTED)));
        if (!step.is(Trait.STARTED)) {
            received.put(compensation, Mix.seen(Objects.requireNonNull(value)));
        }
    }

    private List<@Nullable Object> received(Step step, @Nullable Object element) {
        List<@Nullable Object> received = new ArrayList<>();
        if (element != null) {
            received.add(element);
        }
        step.received().forEach(key -> received.add(present.get(key)));
        return received;
    }

    private Object value(Step step, @Nullable Object element) {
        int number = Mix.number(step.number(), received(step, element).toArray());
        if (step.type() == Type.LIST && step.each() == null) {
            return Mix.numbers(number);
        }
        return switch (step.type()) {
            case NUMBER, LIST, OUTCOMES, QUORUM -> number;
            case FLAG -> number % 2 == 0;
            case COLOR -> DrawnFlow.COLORS.get(number % 3);
        };
    }
}
