package io.flowright.processor.generate;

import io.flowright.processor.compile.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A flow drawn by lot whose tasks are guarded, give an {@code Optional}, or may fail. What is decided at run time is an input, so
 * that every case can be tried; the reference plays each case by the rules alone, with neither conditions nor diagrams.
 */
final class RandomBranches {

    /** Beyond so many cases no further decision is drawn. */
    private static final int MOST_CASES = 300;

    private static final List<String> COLORS = List.of("RED", "GREEN", "BLUE");

    private enum Kind {
        FLAG,
        COLOR,
        NUMBER
    }

    /** How a task takes a key. */
    private enum Taking {
        VALUE,
        OPTIONAL,
        AFTER
    }

    private record Guard(String key, boolean negated, Set<String> constants) {

        boolean holds(Map<String, Object> present) {
            Object value = present.get(key);
            boolean named =
                    constants.isEmpty() ? Boolean.TRUE.equals(value) : constants.contains(String.valueOf(value));
            return value != null && named != negated;
        }

        String source() {
            String name = negated ? "@Unless" : "@When";
            return constants.isEmpty()
                    ? "%s(\"%s\")".formatted(name, key)
                    : "%s(value = \"%s\", is = {%s})".formatted(name, key, quoted(constants));
        }
    }

    private record Needed(String key, Kind kind, Taking taking) {}

    /** A task; the places of its decisions among the inputs are -1 where it has none. */
    private record Task(
            int number,
            String key,
            Kind kind,
            List<Guard> guards,
            List<Needed> needed,
            int value,
            int empty,
            int fails) {

        boolean runs(Map<String, Object> present) {
            return guards.stream().allMatch(guard -> guard.holds(present))
                    && needed.stream()
                            .allMatch(key -> key.taking() == Taking.OPTIONAL || present.containsKey(key.key()));
        }

        Object give(Map<String, Object> present, int[] choices) {
            if (fails >= 0 && choices[fails] == 1 || empty >= 0 && choices[empty] == 1) {
                return null;
            }
            return switch (kind) {
                case FLAG -> choices[value] == 0;
                case COLOR -> COLORS.get(choices[value]);
                case NUMBER ->
                    Objects.hash(
                            number,
                            needed.stream()
                                    .filter(key -> key.taking() != Taking.AFTER)
                                    .map(key -> String.valueOf(present.get(key.key())))
                                    .toList());
            };
        }
    }

    private final Random random;
    private final List<Task> tasks = new ArrayList<>();
    private final Map<String, Kind> keys = new LinkedHashMap<>();
    private final List<Integer> domains = new ArrayList<>();
    private int cases = 1;

    RandomBranches(long seed, int size) {
        random = new Random(seed);
        addTask("first", Kind.FLAG, List.of(), false);
        addTask("second", Kind.COLOR, List.of(), false);
        while (tasks.size() < size) {
            Kind kind = Kind.values()[random.nextInt(3)];
            if (kind != Kind.NUMBER && cases * COLORS.size() > MOST_CASES) {
                kind = Kind.NUMBER;
            }
            String key = "key" + tasks.size();
            if (random.nextInt(3) == 0) {
                addAlternatives(key, kind);
            } else {
                addTask(key, kind, random.nextInt(3) == 0 ? List.of(guard(any(Kind.FLAG))) : List.of(), true);
            }
        }
    }

    /** Mostly exclusive, sometimes complete, now and then neither. */
    private void addAlternatives(String key, Kind kind) {
        if (random.nextBoolean()) {
            String flag = any(Kind.FLAG);
            Map<String, Kind> before = new LinkedHashMap<>(keys);
            addTask(key, kind, List.of(new Guard(flag, false, Set.of())), true);
            boolean wrong = random.nextInt(5) == 0;
            addAlternative(key, kind, new Guard(flag, !wrong, Set.of()), before);
            return;
        }
        String color = any(Kind.COLOR);
        List<String> constants = new ArrayList<>(COLORS);
        Collections.shuffle(constants, random);
        Map<String, Kind> before = new LinkedHashMap<>(keys);
        addTask(key, kind, List.of(new Guard(color, false, Set.of(constants.get(0)))), true);
        Set<String> rest = new LinkedHashSet<>(constants.subList(1, 2 + random.nextInt(2)));
        if (random.nextInt(5) == 0) {
            rest.add(constants.get(0));
        }
        addAlternative(key, kind, new Guard(color, false, rest), before);
    }

    private void addAlternative(String key, Kind kind, Guard guard, Map<String, Kind> before) {
        Map<String, Kind> after = new LinkedHashMap<>(keys);
        keys.clear();
        keys.putAll(before);
        addTask(key, kind, List.of(guard), true);
        keys.putAll(after);
    }

    private void addTask(String key, Kind kind, List<Guard> guards, boolean needs) {
        List<Needed> needed = new ArrayList<>();
        for (int i = needs ? random.nextInt(3) : 0; i > 0; i--) {
            List<String> names = List.copyOf(keys.keySet());
            String name = names.get(random.nextInt(names.size()));
            if (needed.stream().noneMatch(other -> other.key().equals(name))) {
                Taking taking = Taking.values()[random.nextInt(8) == 0 ? 2 : random.nextInt(2)];
                needed.add(new Needed(name, keys.get(name), taking));
            }
        }
        int value = kind == Kind.NUMBER ? -1 : decision(kind == Kind.FLAG ? 2 : COLORS.size());
        int empty = needs && random.nextInt(6) == 0 && cases * 2 <= MOST_CASES ? decision(2) : -1;
        int fails = needs && random.nextInt(8) == 0 && cases * 2 <= MOST_CASES ? decision(2) : -1;
        tasks.add(new Task(tasks.size(), key, kind, guards, List.copyOf(needed), value, empty, fails));
        keys.put(key, kind);
    }

    private int decision(int values) {
        domains.add(values);
        cases *= values;
        return domains.size() - 1;
    }

    private Guard guard(String flag) {
        return new Guard(flag, random.nextBoolean(), Set.of());
    }

    private String any(Kind kind) {
        List<String> names =
                keys.keySet().stream().filter(key -> keys.get(key) == kind).toList();
        return names.get(random.nextInt(names.size()));
    }

    // ---- the reference ---------------------------------------------------------------------------------------------

    /** Every combination of decisions. */
    List<int[]> cases() {
        List<int[]> all = new ArrayList<>();
        for (int number = 0; number < cases; number++) {
            int[] choices = new int[domains.size()];
            int rest = number;
            for (int i = 0; i < choices.length; i++) {
                choices[i] = rest % domains.get(i);
                rest /= domains.get(i);
            }
            all.add(choices);
        }
        return all;
    }

    /** What is present at the end of a run, by key; constants of the enum as text. */
    Map<String, Object> play(int[] choices) {
        Map<String, Object> present = new TreeMap<>();
        for (Task task : tasks) {
            if (task.runs(present)) {
                Object given = task.give(present, choices);
                if (given != null) {
                    present.put(task.key(), given);
                }
            }
        }
        return present;
    }

    /** The keys that are absent in some case. */
    Set<String> sometimesAbsent() {
        Set<String> absent = new HashSet<>();
        cases().forEach(choices -> keys.keySet().stream()
                .filter(key -> !play(choices).containsKey(key))
                .forEach(absent::add));
        return absent;
    }

    /** Whether two tasks that provide one key run in one case. */
    boolean overlaps() {
        return cases().stream().anyMatch(choices -> {
            List<String> provided = ran(choices).stream().map(Task::key).toList();
            return provided.size() != Set.copyOf(provided).size();
        });
    }

    /** Whether there is a task that runs in no case. */
    boolean hasIdleTask() {
        Set<Task> idle = new HashSet<>(tasks);
        cases().forEach(choices -> ran(choices).forEach(idle::remove));
        return !idle.isEmpty();
    }

    private List<Task> ran(int[] choices) {
        Map<String, Object> present = play(choices);
        // A key that two tasks provide is not needed before both have had their turn.
        return tasks.stream().filter(task -> task.runs(present)).toList();
    }

    // ---- the source ------------------------------------------------------------------------------------------------

    List<Source> sources() {
        return List.of(
                Source.of(
                        """
                package drawn;

                import io.flowright.annotations.*;
                import java.util.*;

                @Flow(input = Choices.class)
                public class BranchTasks {

                %s}
                """.formatted(tasks.stream().map(RandomBranches::source).collect(Collectors.joining("\n")))),
                Source.of("""
                package drawn;

                public record Choices(int[] choices) {}
                """),
                Source.of("""
                package drawn;

                public enum Color {
                    RED,
                    GREEN,
                    BLUE
                }
                """));
    }

    private static String source(Task task) {
        List<String> parameters = new ArrayList<>(List.of("@Requires int[] choices"));
        List<String> received = new ArrayList<>();
        Set<String> after = new LinkedHashSet<>();
        for (Needed needed : task.needed()) {
            String type = type(needed.kind());
            switch (needed.taking()) {
                case VALUE -> {
                    parameters.add("@Requires %s %s".formatted(type, needed.key()));
                    received.add("String.valueOf(%s)".formatted(needed.key()));
                }
                case OPTIONAL -> {
                    parameters.add("@Requires Optional<%s> %s".formatted(type, needed.key()));
                    received.add("String.valueOf(%s.orElse(null))".formatted(needed.key()));
                }
                case AFTER -> after.add(needed.key());
            }
        }
        String value = switch (task.kind()) {
            case FLAG -> "choices[%d] == 0".formatted(task.value());
            case COLOR -> "Color.values()[choices[%d]]".formatted(task.value());
            case NUMBER -> "Objects.hash(%d, List.of(%s))".formatted(task.number(), String.join(", ", received));
        };
        StringBuilder text = new StringBuilder();
        text.append("    @Task(name = \"task%d\"%s)\n"
                .formatted(task.number(), task.fails() < 0 ? "" : ", optional = true"));
        text.append("    @Provides(\"%s\")\n".formatted(task.key()));
        task.guards()
                .forEach(guard -> text.append("    ").append(guard.source()).append('\n'));
        if (!after.isEmpty()) {
            text.append("    @Requires({%s})\n".formatted(quoted(after)));
        }
        String returned = task.empty() < 0 ? type(task.kind()) : "Optional<" + type(task.kind()) + ">";
        text.append("    public %s method%d(%s) {\n".formatted(returned, task.number(), String.join(", ", parameters)));
        if (task.fails() >= 0) {
            text.append("        if (choices[%d] == 1) throw new IllegalStateException();\n".formatted(task.fails()));
        }
        if (task.empty() >= 0) {
            text.append("        if (choices[%d] == 1) return Optional.empty();\n".formatted(task.empty()));
        }
        text.append((task.empty() < 0 ? "        return %s;\n" : "        return Optional.of(%s);\n").formatted(value));
        return text.append("    }\n").toString();
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case FLAG -> "Boolean";
            case COLOR -> "Color";
            case NUMBER -> "Integer";
        };
    }

    private static String quoted(Set<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    }

    /** The value behind an accessor's answer, as {@link #play} has it; empty where the key is absent. */
    static Optional<Object> value(Object answer) {
        Object value = answer instanceof Optional<?> optional ? optional.orElse(null) : answer;
        return Optional.ofNullable(value instanceof Enum<?> constant ? constant.name() : value);
    }
}
