package io.flowright.crash.drawn;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A task of a drawn flow.
 *
 * @param number of the step
 * @param key what it provides
 * @param type of what it provides
 * @param guards that must hold
 * @param needs the keys that it takes
 * @param each the list whose elements it runs for; null: it runs once
 * @param end how it ends
 * @param failures how many attempts fail before that
 * @param traits what else is particular
 */
record Step(
        int number,
        String key,
        Type type,
        List<Guard> guards,
        List<Need> needs,
        @Nullable String each,
        End end,
        int failures,
        Set<Trait> traits) {

    enum Type {
        NUMBER("Integer"),
        FLAG("Boolean"),
        COLOR("Color"),
        LIST("List<Integer>"),
        OUTCOMES("List<Outcome<Integer>>"),
        /** The places of the elements that were first. */
        QUORUM("List<Integer>");

        private final String source;

        Type(String source) {
            this.source = source;
        }

        String source() {
            return source;
        }

        boolean isScalar() {
            return this == NUMBER || this == FLAG || this == COLOR;
        }
    }

    /** How many elements of a quorum must succeed. */
    static final int QUORUM = 2;

    /** The element that fails where one does. */
    static final int FAILING = 1;

    enum End {
        GIVES,
        /** Of a task that runs for each element: one of them does. */
        FAILS,
        EMPTY
    }

    enum Trait {
        OPTIONAL,
        FALLBACK,
        IDEMPOTENT,
        PURE,
        ASYNC,
        COMPENSATED,
        /** It is undone too if nobody knows how it ended. */
        STARTED,
        COLLECTS,
        /** One element fails, and its quorum is reached without it. */
        LOSES,
        ONCE,
        /** It is a class of two tasks that is used as a group. */
        GROUP
    }

    /** How a task takes a key. */
    enum Taking {
        VALUE,
        OPTIONAL,
        AFTER
    }

    record Need(String key, Type type, Taking taking) {}

    record Guard(String key, boolean negated, @Nullable String constant) {

        boolean holds(Map<String, Object> present) {
            Object value = present.get(key);
            boolean named = constant == null ? Boolean.TRUE.equals(value) : constant.equals(value);
            return value != null && named != negated;
        }

        String source() {
            String name = negated ? "@Unless" : "@When";
            return constant == null
                    ? "%s(\"%s\")".formatted(name, key)
                    : "%s(value = \"%s\", is = \"%s\")".formatted(name, key, constant);
        }
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    String name() {
        return "t" + number;
    }

    /** How many attempts there may be. */
    int attempts() {
        return end == End.FAILS && failures > 0 && each == null ? failures : failures + 1;
    }

    // ---- the source ------------------------------------------------------------------------------------------------

    /** The use of the group. */
    String include() {
        return "@Include(value = %s.class, as = \"%s\", rebind = {\"seed=%s\", \"part=%s\"})%n"
                .formatted(group(), name(), needs.get(0).key(), key);
    }

    /** The class that is used as a group. */
    String group() {
        return end == End.FAILS ? "BrokenTasks" : "PartTasks";
    }

    /** The method, and those that belong to it. */
    String source() {
        StringBuilder text = new StringBuilder();
        annotations().forEach(line -> text.append("    ").append(line).append('\n'));
        String item = each == null ? type.source() : "Integer";
        String returned = end == End.EMPTY
                ? "Optional<" + item + ">"
                : is(Trait.ASYNC) ? "CompletableFuture<" + item + ">" : item;
        text.append("    public %s %s(%s) {\n".formatted(returned, name(), String.join(", ", parameters())));
        if (!is(Trait.PURE)) {
            text.append("        effects.add(task, Mix.seen(%s));\n".formatted(String.join(", ", arguments())));
        }
        if (failures > 0) {
            text.append("        Mix.fail(task, %d);\n".formatted(failures));
        }
        if (is(Trait.COLLECTS)) {
            text.append("        Mix.failElement(element);\n");
        }
        if (is(Trait.LOSES) || each != null && end == End.FAILS) {
            text.append("        Mix.failAt(task, %d);\n".formatted(FAILING));
        }
        text.append(
                        switch (each == null ? end : End.GIVES) {
                            case GIVES ->
                                "        return %s;\n"
                                        .formatted(is(Trait.ASYNC) ? "Mix.later(" + value() + ")" : value());
                            case EMPTY -> "        return Optional.empty();\n";
                            case FAILS -> "        throw new IllegalStateException(\"%s fails\");\n".formatted(name());
                        })
                .append("    }\n\n");
        if (is(Trait.FALLBACK)) {
            text.append(fallback());
        }
        if (is(Trait.COMPENSATED)) {
            text.append(compensation(item));
        }
        return text.toString();
    }

    private List<String> annotations() {
        List<String> lines = new ArrayList<>();
        List<String> task = new ArrayList<>();
        if (is(Trait.OPTIONAL)) {
            task.add("optional = true");
        }
        if (is(Trait.PURE)) {
            task.add("pure = true");
        }
        if (is(Trait.ONCE)) {
            task.add("once = true");
        }
        lines.add("@Task" + (task.isEmpty() ? "" : "(" + String.join(", ", task) + ")"));
        lines.add("@Provides(\"%s\")".formatted(key));
        guards.forEach(guard -> lines.add(guard.source()));
        Set<String> after = new LinkedHashSet<>();
        needs.stream().filter(need -> need.taking() == Taking.AFTER).forEach(need -> after.add(need.key()));
        if (!after.isEmpty()) {
            lines.add(after.stream().collect(Collectors.joining("\", \"", "@Requires({\"", "\"})")));
        }
        if (failures > 0) {
            lines.add("@Retry(maxAttempts = %d, delay = \"%dms\")".formatted(attempts(), number % 4 == 0 ? 0 : 20));
        }
        if (is(Trait.IDEMPOTENT)) {
            lines.add("@Idempotent(\"%s-{%s}\")".formatted(name(), received().get(0)));
        }
        if (is(Trait.FALLBACK)) {
            lines.add("@Fallback(\"%sInstead\")".formatted(name()));
        }
        return lines;
    }

    private List<String> parameters() {
        List<String> parameters = new ArrayList<>(values());
        if (!is(Trait.PURE)) {
            parameters.add("TaskContext task");
        }
        return parameters;
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        if (each != null) {
            String how = is(Trait.COLLECTS) ? ", onFailure = ForEach.OnElementFailure.COLLECT" : "";
            if (type == Type.QUORUM) {
                how = ", quorum = " + QUORUM;
            }
            values.add("@ForEach(value = \"%s\"%s) Integer element".formatted(each, how));
        }
        for (Need need : needs) {
            switch (need.taking()) {
                case VALUE -> values.add("@Requires %s %s".formatted(need.type().source(), need.key()));
                case OPTIONAL ->
                    values.add("@Requires Optional<%s> %s".formatted(need.type().source(), need.key()));
                case AFTER -> {}
            }
        }
        return values;
    }

    /** What goes into the value, in order. */
    List<String> received() {
        return needs.stream()
                .filter(need -> need.taking() != Taking.AFTER)
                .map(Need::key)
                .toList();
    }

    private List<String> arguments() {
        return arguments("%s");
    }

    /** @param quorum what is said of a quorum */
    private List<String> arguments(String quorum) {
        List<String> arguments = new ArrayList<>();
        if (each != null) {
            arguments.add("element");
        }
        needs.stream()
                .filter(need -> need.taking() != Taking.AFTER)
                .map(need -> need.type() == Type.QUORUM ? quorum.formatted(need.key()) : need.key())
                .forEach(arguments::add);
        return arguments;
    }

    private String value() {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(number)));
        arguments.addAll(arguments("Mix.chosen(%s)"));
        String mixed = "Mix.number(" + String.join(", ", arguments) + ")";
        return switch (type) {
            case NUMBER, OUTCOMES -> mixed;
            case QUORUM -> "task.element()";
            case LIST -> each == null ? "Mix.numbers(" + mixed + ")" : mixed;
            case FLAG -> mixed + " % 2 == 0";
            case COLOR -> "Color.values()[" + mixed + " % 3]";
        };
    }

    private String fallback() {
        List<String> plain = values().stream()
                .map(value -> value.substring(value.indexOf("@Requires ") + "@Requires ".length()))
                .toList();
        return "    public %s %sInstead(%s) {%n        return %s;%n    }%n%n"
                .formatted(type.source(), name(), String.join(", ", plain), value());
    }

    private String compensation(String item) {
        return """
                    @Compensates(value = "%s"%s)%s
                    public void undo%d(@Requires %s %s, TaskContext task) {
                        effects.add(task, Mix.seen(%s));
                        Mix.fail(task, %d);
                    }

                """.formatted(
                        name(),
                        is(Trait.STARTED) ? ", when = Compensates.Once.STARTED" : "",
                        number % 3 == 0 ? "\n    @Retry(maxAttempts = 2, delay = \"20ms\")" : "",
                        number,
                        is(Trait.STARTED) ? "Optional<" + item + ">" : item,
                        key,
                        key,
                        number % 3 == 0 ? 1 : 0);
    }
}
