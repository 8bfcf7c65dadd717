package io.flowright.crash.drawn;

import io.flowright.crash.drawn.Step.End;
import io.flowright.crash.drawn.Step.Guard;
import io.flowright.crash.drawn.Step.Need;
import io.flowright.crash.drawn.Step.Taking;
import io.flowright.crash.drawn.Step.Trait;
import io.flowright.crash.drawn.Step.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A durable flow drawn by lot: guards, alternatives, lists and what runs for each element, with a quorum too, groups, retries, fallbacks,
 * compensations of what succeeded and of what has begun, idempotent, optional, pure and asynchronous tasks, and such that run once. The
 * same seed draws the same flow.
 *
 * <p>A task that runs once is drawn only where nothing else fails, and nothing is undone then: a person who resumes the run for it would
 * have the other failed tasks run again too, and a run that is undone when it is in doubt does not wait for a person.
 */
final class DrawnFlow {

    static final List<String> COLORS = List.of("RED", "GREEN", "BLUE");
    static final String INPUT = "input";

    /** How it ends. */
    enum Ending {
        SUCCEEDS,
        /** The last task fails: what was done is undone, if anything can be. */
        FAILS_LAST,
        /** A task, an element or a group in the middle fails: what was done is undone, and how much that is is chance. */
        FAILS_WITHIN,
        /** A task in the middle fails, and what does not need it goes on. */
        CONTINUES
    }

    private final Random random;
    private final long seed;
    private final Ending ending;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Type> keys = new LinkedHashMap<>();
    private final Set<String> always = new LinkedHashSet<>();
    /** What needs a task that fails. */
    private final Set<String> doomed = new LinkedHashSet<>();

    DrawnFlow(long seed) {
        this.seed = seed;
        random = new Random(seed * 7_919);
        ending = switch (random.nextInt(7)) {
            case 0, 1 -> Ending.SUCCEEDS;
            case 2 -> Ending.FAILS_LAST;
            case 3 -> Ending.CONTINUES;
            default -> Ending.FAILS_WITHIN;
        };
        keys.put(INPUT, Type.NUMBER);
        always.add(INPUT);
        addFirst(Type.FLAG);
        addFirst(Type.COLOR);
        int size = 4 + random.nextInt(6);
        int failing = switch (ending) {
            case CONTINUES -> 2 + random.nextInt(2);
            // Then it needs something, something needs it, and something runs beside it.
            case FAILS_WITHIN -> size / 2 + 1;
            default -> -1;
        };
        while (steps.size() < size || failing >= 0) {
            if (failing >= 0 && steps.size() >= failing) {
                addFailing();
                failing = -1;
            } else {
                addAny();
            }
        }
        addLast();
    }

    String name() {
        return Long.toString(seed);
    }

    Ending ending() {
        return ending;
    }

    List<Step> steps() {
        return steps;
    }

    Step last() {
        return steps.get(steps.size() - 1);
    }

    /** What makes a run of the flow fail. */
    Optional<Step> failing() {
        return steps.stream()
                .filter(step -> step.end() == End.FAILS && !step.is(Trait.OPTIONAL) && !step.is(Trait.FALLBACK))
                .findFirst();
    }

    /** Whether the run waits for a person when it has failed. */
    boolean isHeld() {
        return steps.stream().anyMatch(step -> step.is(Trait.ONCE));
    }

    /** Whether what was done is undone in the end. */
    boolean isUndone() {
        return (ending == Ending.FAILS_LAST || ending == Ending.FAILS_WITHIN)
                && steps.stream().anyMatch(step -> step.is(Trait.COMPENSATED) || step.is(Trait.GROUP));
    }

    int input() {
        return Math.floorMod((int) seed, 10);
    }

    /** By the names of tasks, and of compensations, those that have ended before they start. */
    Map<String, Set<String>> needs() {
        Map<String, Set<String>> providers = new LinkedHashMap<>();
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        for (Step step : steps) {
            Set<String> before = new LinkedHashSet<>();
            step.needs().forEach(need -> before.addAll(providers.getOrDefault(need.key(), Set.of())));
            step.guards().forEach(guard -> before.addAll(providers.getOrDefault(guard.key(), Set.of())));
            if (step.each() != null) {
                before.addAll(providers.getOrDefault(step.each(), Set.of()));
            }
            Set<String> after = providers.computeIfAbsent(step.key(), key -> new LinkedHashSet<>());
            after.addAll(before);
            if (step.is(Trait.GROUP)) {
                needs.put(step.name() + ".base", Set.copyOf(before));
                before.add(step.name() + ".base");
                needs.put(step.name() + ".part", before);
                after.addAll(List.of(step.name() + ".base", step.name() + ".part"));
            } else {
                needs.put(step.name(), before);
                after.add(step.name());
            }
        }
        Map<String, Set<String>> all = new LinkedHashMap<>(needs);
        for (String task : needs.keySet()) {
            Set<String> before = new LinkedHashSet<>(needs.keySet());
            needs.forEach((other, earlier) -> {
                if (earlier.contains(task)) {
                    before.add(other + ".compensation");
                }
            });
            all.put(task + ".compensation", before);
        }
        return all;
    }

    // ---- drawing ---------------------------------------------------------------------------------------------------

    private boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }

    /** More often where there will be something to undo. */
    private boolean isUndoable() {
        return random.nextInt(6) < (ending == Ending.FAILS_LAST || ending == Ending.FAILS_WITHIN ? 4 : 2);
    }

    private void addUndoing(Set<Trait> traits) {
        if (isUndoable()) {
            traits.add(Trait.COMPENSATED);
            if (oneIn(2)) {
                traits.add(Trait.STARTED);
            }
        }
    }

    /** Only that undoes what has no result. */
    private void addUndoingOfBegun(Set<Trait> traits) {
        if (isUndoable()) {
            traits.addAll(List.of(Trait.COMPENSATED, Trait.STARTED));
        }
    }

    private void addFirst(Type type) {
        add(type, List.of(), List.of(new Need(INPUT, Type.NUMBER, Taking.VALUE)), null, End.GIVES, 0, Set.of());
    }

    private void addAny() {
        switch (random.nextInt(11)) {
            case 0, 1 -> addAlternatives();
            case 2, 3 -> addElements();
            case 4 -> addGroup(End.GIVES);
            case 5, 6 -> addQuorum();
            default -> addPlain();
        }
    }

    private void addFailing() {
        switch (ending == Ending.FAILS_WITHIN ? random.nextInt(3) : 2) {
            case 0 -> {
                Set<Trait> traits = EnumSet.noneOf(Trait.class);
                addUndoing(traits);
                String list = list();
                doomed.add(add(Type.LIST, List.of(), needs(1, true), list, End.FAILS, random.nextInt(2), traits));
            }
            case 1 -> doomed.add(addGroup(End.FAILS));
            default -> {
                Set<Trait> traits = EnumSet.noneOf(Trait.class);
                if (ending == Ending.FAILS_WITHIN) {
                    addUndoingOfBegun(traits);
                }
                List<Need> needs = needs(1 + random.nextInt(2), true);
                doomed.add(add(Type.NUMBER, List.of(), needs, null, End.FAILS, random.nextInt(3), traits));
            }
        }
    }

    private void addPlain() {
        Type type = Type.values()[random.nextInt(3)];
        List<Guard> guards = oneIn(4) ? List.of(guard()) : List.of();
        List<Need> needs = needs(random.nextInt(3), !guards.isEmpty());
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        End end = End.GIVES;
        int failures = oneIn(4) ? 1 + random.nextInt(2) : 0;
        switch (random.nextInt(8)) {
            case 0 -> {
                type = Type.NUMBER;
                end = End.FAILS;
                traits.add(Trait.OPTIONAL);
                addUndoingOfBegun(traits);
            }
            case 1 -> {
                end = End.FAILS;
                traits.add(Trait.FALLBACK);
                addUndoingOfBegun(traits);
            }
            case 2 -> {
                type = Type.NUMBER;
                end = End.EMPTY;
            }
            case 3 -> {
                traits.add(Trait.PURE);
                failures = 0;
            }
            case 4 -> traits.add(Trait.ASYNC);
            case 5, 6 -> {
                if (ending == Ending.SUCCEEDS) {
                    traits.add(Trait.ONCE);
                    failures = 0;
                }
            }
            default -> {}
        }
        if (end == End.GIVES && !traits.contains(Trait.PURE)) {
            addUndoing(traits);
            if (oneIn(2) && !traits.contains(Trait.ONCE) && !needs.isEmpty() && isScalar(needs)) {
                traits.add(Trait.IDEMPOTENT);
            }
        }
        add(type, guards, needs, null, end, failures, traits);
    }

    /** Whether the first value that is taken can be part of an idempotency key. */
    private static boolean isScalar(List<Need> needs) {
        return needs.stream()
                .filter(need -> need.taking() != Taking.AFTER)
                .findFirst()
                .filter(need -> need.taking() == Taking.VALUE)
                .filter(need -> need.type().isScalar())
                .isPresent();
    }

    /** Two that give one key. */
    private void addAlternatives() {
        Guard guard = guard();
        Type type = Type.values()[random.nextInt(3)];
        List<Need> first = needs(random.nextInt(2), true, doomed);
        List<Need> second = needs(random.nextInt(2), true, doomed);
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        addUndoing(traits);
        String key = add(type, List.of(guard), first, null, End.GIVES, random.nextInt(2), traits);
        Guard other = new Guard(guard.key(), !guard.negated(), guard.constant());
        put(new Step(steps.size(), key, type, List.of(other), second, null, End.GIVES, 0, Set.of()));
        always.add(key);
    }

    /** Of which the elements are known before, so that it is certain that they are there. */
    private String list() {
        List<String> lists = keys.keySet().stream()
                .filter(key -> keys.get(key) == Type.LIST && always.contains(key))
                .toList();
        return lists.isEmpty() || oneIn(3)
                ? add(Type.LIST, List.of(), needs(random.nextInt(2), true), null, End.GIVES, 0, Set.of())
                : lists.get(random.nextInt(lists.size()));
    }

    private void addElements() {
        String list = list();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (oneIn(3)) {
            traits.add(Trait.COLLECTS);
        }
        addUndoing(traits);
        Type type = traits.contains(Trait.COLLECTS) ? Type.OUTCOMES : Type.LIST;
        List<Guard> guards = oneIn(5) ? List.of(guard()) : List.of();
        add(type, guards, needs(random.nextInt(2), true), list, End.GIVES, random.nextInt(2), traits);
    }

    private void addQuorum() {
        String list = list();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (oneIn(2)) {
            traits.add(Trait.LOSES);
        }
        addUndoing(traits);
        List<Guard> guards = oneIn(5) ? List.of(guard()) : List.of();
        add(Type.QUORUM, guards, needs(random.nextInt(2), true), list, End.GIVES, random.nextInt(2), traits);
    }

    private String addGroup(End end) {
        List<String> seeds = keys.keySet().stream()
                .filter(key -> keys.get(key) == Type.NUMBER && always.contains(key))
                .toList();
        Need seedOf = new Need(seeds.get(random.nextInt(seeds.size())), Type.NUMBER, Taking.VALUE);
        return add(Type.NUMBER, List.of(), List.of(seedOf), null, end, 0, EnumSet.of(Trait.GROUP));
    }

    private void addLast() {
        List<Need> needs = new ArrayList<>();
        keys.forEach(
                (key, type) -> needs.add(new Need(key, type, always.contains(key) ? Taking.VALUE : Taking.OPTIONAL)));
        End end = ending == Ending.FAILS_LAST ? End.FAILS : End.GIVES;
        put(new Step(steps.size(), "end", Type.NUMBER, List.of(), needs, null, end, 0, Set.of()));
    }

    private Guard guard() {
        List<String> deciding = always.stream()
                .filter(key -> keys.get(key) == Type.FLAG || keys.get(key) == Type.COLOR)
                .filter(key -> !doomed.contains(key))
                .toList();
        String key = deciding.get(random.nextInt(deciding.size()));
        String constant = keys.get(key) == Type.COLOR ? COLORS.get(random.nextInt(COLORS.size())) : null;
        return new Guard(key, random.nextBoolean(), constant);
    }

    private List<Need> needs(int count, boolean certain) {
        return needs(count, certain, Set.of());
    }

    /** Of keys that may be absent at most one is needed by a task, so that it is possible that it runs. */
    private List<Need> needs(int count, boolean certain, Set<String> without) {
        List<Need> needs = new ArrayList<>();
        boolean sure = certain;
        for (int i = 0; i < count; i++) {
            List<String> names =
                    keys.keySet().stream().filter(key -> !without.contains(key)).toList();
            String name = names.get(random.nextInt(names.size()));
            if (needs.stream().anyMatch(need -> need.key().equals(name))) {
                continue;
            }
            Taking taking = oneIn(6) && !name.equals(INPUT) ? Taking.AFTER : Taking.VALUE;
            if (!always.contains(name)) {
                taking = sure || random.nextBoolean() ? Taking.OPTIONAL : taking;
                sure |= taking != Taking.OPTIONAL;
            }
            needs.add(new Need(name, keys.get(name), taking));
        }
        return needs;
    }

    private String add(
            Type type,
            List<Guard> guards,
            List<Need> needs,
            @Nullable String each,
            End end,
            int failures,
            Set<Trait> traits) {
        String key = "k" + steps.size();
        Step step = new Step(steps.size(), key, type, guards, needs, each, end, failures, traits);
        put(step);
        boolean gives = end == End.GIVES || end == End.FAILS && !traits.contains(Trait.OPTIONAL);
        if (gives
                && guards.isEmpty()
                && needs.stream().allMatch(need -> need.taking() == Taking.OPTIONAL || always.contains(need.key()))) {
            always.add(key);
        }
        return key;
    }

    private void put(Step step) {
        if (step.each() != null && doomed.contains(step.each())
                || step.needs().stream().anyMatch(need -> doomed.contains(need.key()))) {
            doomed.add(step.key());
        }
        steps.add(step);
        keys.put(step.key(), step.type());
    }

    // ---- the source ------------------------------------------------------------------------------------------------

    String packageName() {
        return "drawn.f" + seed;
    }

    /** The sources by the names of their classes. */
    Map<String, String> sources() {
        List<Step> groups = steps.stream().filter(step -> step.is(Trait.GROUP)).toList();
        String head = """
                package %s;

                import io.flowright.annotations.*;
                import io.flowright.crash.EffectLog;
                import io.flowright.crash.drawn.Mix;
                import io.flowright.runtime.*;
                import java.util.*;
                import java.util.concurrent.CompletableFuture;

                """.formatted(packageName());
        String tasks = """
                %s@Flow(durable = true, input = DrawnInput.class%s)
                public class DrawnTasks {

                    private final EffectLog effects;

                    public DrawnTasks(EffectLog effects) {
                        this.effects = effects;
                    }

                %s}
                """.formatted(
                        groups.stream().map(Step::include).collect(Collectors.joining()),
                        ending == Ending.CONTINUES
                                ? ", onFailure = OnFailure.CONTINUE"
                                : isHeld() ? ", onFailure = OnFailure.HOLD" : "",
                        steps.stream()
                                .filter(step -> !step.is(Trait.GROUP))
                                .map(Step::source)
                                .collect(Collectors.joining()));
        String scenario = """
                public class DrawnScenario implements io.flowright.crash.matrix.MortalFlow {

                    private final DrawnFlow flow;
                    private final EffectLog effects;

                    public DrawnScenario(Engine engine, EffectLog effects) {
                        this.effects = effects;
                        flow = DrawnFlow.create(new DrawnTasks(effects), %sengine);
                    }

                    @Override
                    public String end(String run) {
                        return io.flowright.crash.matrix.MortalFlow.decided(
                                flow.start(RunOptions.id(run), %d), () -> effects.decided(run), result -> "" + result.end());
                    }
                }
                """.formatted(
                        groups.stream()
                                .map(group -> "new " + group.group() + "(effects), ")
                                .collect(Collectors.joining()),
                        input());
        return Map.of(
                "DrawnTasks", head + tasks,
                "PartTasks", head + PART,
                "BrokenTasks", head + BROKEN,
                "Color", head + "public enum Color { RED, GREEN, BLUE }",
                "DrawnInput", head + "public record DrawnInput(Integer input) {}",
                "DrawnScenario", head + scenario);
    }

    private static final String PART = group("PartTasks", """
                @Provides
                public Integer part(@Requires Integer base, @Requires Integer seed, TaskContext task) {
                    effects.add(task);
                    return Mix.number(-2, base, seed);
                }
            """);

    private static final String BROKEN = group("BrokenTasks", """
                @Provides
                public Integer part(@Requires Integer base, TaskContext task) {
                    effects.add(task);
                    throw new IllegalStateException("part fails");
                }

                @Compensates(value = "part", when = Compensates.Once.STARTED)
                public void undoPart(@Requires Optional<Integer> part, TaskContext task) {
                    effects.add(task);
                }
            """);

    /** Two tasks, of which the first is tried twice and can be undone. */
    private static String group(String type, String second) {
        return """
                public class %1$s {

                    private final EffectLog effects;

                    public %1$s(EffectLog effects) {
                        this.effects = effects;
                    }

                    @Provides
                    @Retry(maxAttempts = 2, delay = "20ms")
                    public Integer base(@Requires Integer seed, TaskContext task) {
                        effects.add(task);
                        Mix.fail(task, 1);
                        return Mix.number(-1, seed);
                    }

                    @Compensates("base")
                    public void undoBase(@Requires Integer base, TaskContext task) {
                        effects.add(task);
                    }

                %2$s
                }
                """.formatted(type, second);
    }
}
