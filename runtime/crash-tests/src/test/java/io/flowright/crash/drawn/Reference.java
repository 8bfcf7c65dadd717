package io.flowright.crash.drawn;

import io.flowright.crash.drawn.DrawnFlow.Ending;
import io.flowright.crash.drawn.Step.End;
import io.flowright.crash.drawn.Step.Taking;
import io.flowright.crash.drawn.Step.Trait;
import io.flowright.crash.drawn.Step.Type;
import io.flowright.crash.matrix.Expected;
import io.flowright.runtime.RunStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plays a drawn flow by the rules alone, one task after the other. */
final class Reference {

    private final DrawnFlow flow;
    private final Map<String, Object> present = new HashMap<>();
    private final Set<String> blocked = new HashSet<>();
    private final Map<String, Long> effects = new TreeMap<>();
    private final Map<String, Long> undone = new TreeMap<>();
    private String failure = "";

    private Reference(DrawnFlow flow) {
        this.flow = flow;
        present.put(DrawnFlow.INPUT, flow.input());
    }

    static Expected of(DrawnFlow flow) {
        return new Reference(flow).play();
    }

    private Expected play() {
        flow.steps().forEach(this::play);
        if (failure.isEmpty()) {
            return new Expected(
                    RunStatus.SUCCEEDED, Mix.text(present.get(flow.last().key())), effects, flow.needs());
        }
        boolean isUndone = flow.ending() == Ending.FAILS_LAST && flow.hasCompensation();
        if (isUndone) {
            effects.putAll(undone);
        }
        return new Expected(isUndone ? RunStatus.COMPENSATED : RunStatus.FAILED, failure, effects, flow.needs());
    }

    private void play(Step step) {
        if (isBlocked(step)) {
            blocked.add(step.key());
        } else if (runs(step)) {
            if (step.is(Trait.GROUP)) {
                group(step);
            } else if (step.each() != null) {
                elements(step, (List<?>) Objects.requireNonNull(present.get(step.each())));
            } else {
                once(step);
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

    private void once(Step step) {
        attempts(step, step.name());
        boolean fails = step.end() == End.FAILS && !step.is(Trait.FALLBACK);
        if (fails && !step.is(Trait.OPTIONAL)) {
            String why = step.failures() > 0 ? "attempt " + step.failures() : step.name() + " fails";
            failure = step.name() + ": " + why;
            blocked.add(step.key());
        }
        if (fails || step.end() == End.EMPTY) {
            return;
        }
        present.put(step.key(), value(step, null));
        undo(step, "");
    }

    private void elements(Step step, List<?> list) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            int element = (Integer) list.get(i);
            attempts(step, step.name() + "[" + i + "]");
            if (step.is(Trait.COLLECTS) && Mix.failsElement(element)) {
                values.add("element " + element);
            } else {
                values.add(value(step, element));
                undo(step, "[" + i + "]");
            }
        }
        present.put(step.key(), values);
    }

    private void group(Step step) {
        Object seed = Objects.requireNonNull(present.get(step.needs().get(0).key()));
        int base = Mix.number(-1, seed);
        present.put(step.key(), Mix.number(-2, base, seed));
        effect(step.name() + ".base 1");
        effect(step.name() + ".base 2");
        effect(step.name() + ".part 1");
        undone.put(step.name() + ".base.compensation 1", 1L);
    }

    private void attempts(Step step, String place) {
        if (!step.is(Trait.PURE)) {
            for (int attempt = 1; attempt <= step.attempts(); attempt++) {
                effect(place + " " + attempt);
            }
        }
    }

    private void effect(String attempt) {
        effects.merge(attempt, 1L, Long::sum);
    }

    private void undo(Step step, String element) {
        if (step.is(Trait.COMPENSATED)) {
            for (int attempt = 1; attempt <= (step.number() % 3 == 0 ? 2 : 1); attempt++) {
                undone.put(step.name() + ".compensation" + element + " " + attempt, 1L);
            }
        }
    }

    private Object value(Step step, @Nullable Object element) {
        List<@Nullable Object> received = new ArrayList<>();
        if (element != null) {
            received.add(element);
        }
        step.received().forEach(key -> received.add(present.get(key)));
        int number = Mix.number(step.number(), received.toArray());
        if (step.type() == Type.LIST && step.each() == null) {
            return Mix.numbers(number);
        }
        return switch (step.type()) {
            case NUMBER, LIST, OUTCOMES -> number;
            case FLAG -> number % 2 == 0;
            case COLOR -> DrawnFlow.COLORS.get(number % 3);
        };
    }
}
