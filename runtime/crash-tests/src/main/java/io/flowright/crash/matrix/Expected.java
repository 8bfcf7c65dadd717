package io.flowright.crash.matrix;

import io.flowright.crash.Effect;
import io.flowright.runtime.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an undisturbed run ends.
 *
 * @param status the final status
 * @param outcome what {@link MortalFlow#end} answers
 * @param effects how often there is an effect, by {@linkplain #of the attempt} that has it
 * @param traces what there is in its {@link World}
 * @param needs by the names of tasks those whose results are there before they start; of a task that is missing it is not known
 * @param leeway what of it is not the same each time
 */
public record Expected(
        RunStatus status,
        String outcome,
        List<String> traces,
        Map<String, Long> effects,
        Map<String, Set<String>> needs,
        Leeway leeway) {

    /** Keeps what it is given, in order. */
    public Expected(
            RunStatus status,
            String outcome,
            List<String> traces,
            Map<String, Long> effects,
            Map<String, Set<String>> needs,
            Leeway leeway) {
        this.status = status;
        this.outcome = outcome;
        this.traces = List.copyOf(traces);
        this.effects = new TreeMap<>(effects);
        this.needs = Map.copyOf(needs);
        this.leeway = leeway;
    }

    /** A flow without a world. */
    public Expected(
            RunStatus status,
            String outcome,
            Map<String, Long> effects,
            Map<String, Set<String>> needs,
            Leeway leeway) {
        this(status, outcome, List.of(), effects, needs, leeway);
    }

    /** What an attempt is called: {@code charge 2}, {@code resize[3] 1}. */
    public static String of(Effect effect) {
        return effect.place() + " " + effect.attempt();
    }

    /** What the tasks did, and what the services of their world were asked for. */
    static List<Effect> all(List<Effect> effects, World world) throws Exception {
        return Stream.concat(effects.stream(), world.requests().stream()).toList();
    }

    static Map<String, Long> counts(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !effect.task().equals(Effect.PERSON))
                .collect(Collectors.groupingBy(Expected::of, TreeMap::new, Collectors.counting()));
    }
}
