package io.flowright.processor.generate;

import io.flowright.processor.compile.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A flow drawn by lot: tasks of all kinds that hash what they receive into values of all types. It knows both its source and,
 * without that, which values a run must give.
 */
final class RandomFlow {

    /** The types of keys, each with what makes a value of it from a hash. */
    private enum Type {
        BOOLEAN("boolean", "Boolean", "(hash & 1) == 0"),
        BYTE("byte", "Byte", "(byte) hash"),
        SHORT("short", "Short", "(short) hash"),
        CHAR("char", "Character", "(char) ('a' + Math.floorMod(hash, 26))"),
        INT("int", "Integer", "hash"),
        LONG("long", "Long", "hash * 31L"),
        FLOAT("float", "Float", "hash / 2f"),
        DOUBLE("double", "Double", "hash / 4d"),
        BOX("Integer", "Integer", "Integer.valueOf(hash)"),
        TEXT("String", "String", "\"s\" + hash"),
        LIST("List<Integer>", "List<Integer>", "List.of(hash, hash + 1)");

        private final String java;
        private final String boxed;
        private final String value;

        Type(String java, String boxed, String value) {
            this.java = java;
            this.boxed = boxed;
            this.value = value;
        }

        Object of(int hash) {
            return switch (this) {
                case BOOLEAN -> (hash & 1) == 0;
                case BYTE -> (byte) hash;
                case SHORT -> (short) hash;
                case CHAR -> (char) ('a' + Math.floorMod(hash, 26));
                case INT, BOX -> hash;
                case LONG -> hash * 31L;
                case FLOAT -> hash / 2f;
                case DOUBLE -> hash / 4d;
                case TEXT -> "s" + hash;
                case LIST -> List.of(hash, hash + 1);
            };
        }
    }

    private record Key(String name, Type type, Object value, boolean keep) {}

    private final Random random;
    private final int start;
    private final List<Key> keys = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();
    private final List<StringBuilder> classes = List.of(new StringBuilder(), new StringBuilder());
    private final Map<String, Object> expected = new TreeMap<>();

    RandomFlow(long seed, int size, int start) {
        this.random = new Random(seed);
        this.start = start;
        boolean direct = random.nextInt(3) == 0;
        for (int task = 0; task < size; task++) {
            addTask(task, direct);
        }
    }

    /** The values that the accessors must return, by key. */
    Map<String, Object> expected() {
        return expected;
    }

    private void addTask(int task, boolean direct) {
        StringJoiner parameters = new StringJoiner(", ");
        List<String> names = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (keys.isEmpty() || random.nextInt(5) == 0) {
            parameters.add("@Input int start");
            names.add("start");
            values.add(start);
        }
        for (int i = random.nextInt(4); i > 0 && !keys.isEmpty(); i--) {
            addParameter("p" + i, parameters, names, values);
        }
        boolean managed = !direct && random.nextInt(3) == 0;
        if (managed) {
            parameters.add(random.nextBoolean() ? "TaskContext context" : "Progress progress");
        }
        int hash = Objects.hash(task, values);
        String call = "Objects.hash(%d, Arrays.asList(%s))"
                .formatted(task, names.isEmpty() ? "new Object[0]" : String.join(", ", names));
        StringBuilder target = classes.get(random.nextInt(classes.size()));
        addAnnotations(target);
        target.append("    public ").append(random.nextInt(4) == 0 ? "static " : "");
        switch (random.nextInt(6)) {
            case 0 -> addOrdering(task, target, parameters);
            case 1 -> addRecord(task, target, parameters, call, hash);
            case 2 -> addSingle(task, target, parameters, call, hash, !direct);
            default -> addSingle(task, target, parameters, call, hash, false);
        }
    }

    /** Takes one key as it is, wider or boxed; or several in a list or map. */
    private void addParameter(String name, StringJoiner parameters, List<String> names, List<Object> values) {
        names.add(name);
        Key key = any();
        switch (random.nextInt(keys.size() > 1 ? 5 : 3)) {
            case 0 -> {
                parameters.add("@Requires(\"%s\") %s %s".formatted(key.name(), key.type().boxed, name));
                values.add(key.value());
            }
            case 1 -> {
                boolean widens = key.type() == Type.INT || key.type() == Type.SHORT || key.type() == Type.CHAR;
                parameters.add("@Requires(\"%s\") %s %s".formatted(key.name(), widens ? "double" : "Object", name));
                values.add(widens ? widened(key.value()) : key.value());
            }
            case 3 -> {
                Map<String, Object> several = several();
                parameters.add("@Requires({%s}) List<?> %s".formatted(quoted(several), name));
                values.add(new ArrayList<>(several.values()));
            }
            case 4 -> {
                Map<String, Object> several = several();
                parameters.add("@Requires({%s}) Map<String, Object> %s".formatted(quoted(several), name));
                values.add(several);
            }
            default -> {
                parameters.add("@Requires(\"%s\") %s %s".formatted(key.name(), key.type().java, name));
                values.add(key.value());
            }
        }
    }

    private static Object widened(Object value) {
        return value instanceof Character c ? (double) c : ((Number) value).doubleValue();
    }

    private Key any() {
        return keys.get(random.nextInt(keys.size()));
    }

    /** Some keys, at least two. */
    private Map<String, Object> several() {
        Map<String, Object> several = new LinkedHashMap<>();
        for (int wanted = Math.min(keys.size(), 2 + random.nextInt(14)); several.size() < wanted; ) {
            Key key = any();
            several.put(key.name(), key.value());
        }
        return several;
    }

    private static String quoted(Map<String, Object> several) {
        return "\"" + String.join("\", \"", several.keySet()) + "\"";
    }

    private void addAnnotations(StringBuilder target) {
        if (!orders.isEmpty() && random.nextInt(4) == 0) {
            target.append("    @Requires(\"%s\")\n".formatted(orders.get(random.nextInt(orders.size()))));
        }
        target.append("    @Task(priority = ").append(random.nextInt(3)).append(")\n");
    }

    private void addOrdering(int task, StringBuilder target, StringJoiner parameters) {
        orders.add("o" + task);
        insertBeforeModifiers(target, "@Provides(\"o%d\")".formatted(task));
        target.append("void t%d(%s) {}\n\n".formatted(task, parameters));
    }

    private void addSingle(
            int task, StringBuilder target, StringJoiner parameters, String call, int hash, boolean stage) {
        Type type = Type.values()[random.nextInt(Type.values().length)];
        Key key = newKey("k" + task, type, hash);
        insertBeforeModifiers(target, "@Provides(value = \"%s\", keep = %s)".formatted(key.name(), key.keep()));
        target.append("%s t%d(%s) {\n        int hash = %s;\n        return %s;\n    }\n\n"
                .formatted(
                        stage ? "CompletableFuture<%s>".formatted(type.boxed) : type.java,
                        task,
                        parameters,
                        call,
                        stage ? "CompletableFuture.completedFuture(%s)".formatted(type.value) : type.value));
    }

    private void addRecord(int task, StringBuilder target, StringJoiner parameters, String call, int hash) {
        Type first = Type.values()[random.nextInt(Type.values().length)];
        Type second = Type.values()[random.nextInt(Type.values().length)];
        String a = newKey("a" + task, first, hash).name();
        String b = newKey("b" + task, second, hash).name();
        insertBeforeModifiers(target, "@Provides({\"%s\", \"%s\"})".formatted(a, b));
        target.append("R%d t%d(%s) {\n        int hash = %s;\n        return new R%d(%s, %s);\n    }\n\n"
                .formatted(task, task, parameters, call, task, first.value, second.value));
        target.append("    public record R%d(%s %s, %s %s) {}\n\n".formatted(task, first.java, a, second.java, b));
    }

    /** Keys of records are always kept: {@code keep} is one for all keys of a task. */
    private Key newKey(String name, Type type, int hash) {
        boolean keep = !name.startsWith("k") || random.nextInt(4) != 0;
        Key key = new Key(name, type, type.of(hash), keep);
        keys.add(key);
        if (keep) {
            expected.put(name, key.value());
        }
        return key;
    }

    private static void insertBeforeModifiers(StringBuilder target, String annotation) {
        target.insert(target.lastIndexOf("    public "), "    " + annotation + "\n");
    }

    List<Source> sources() {
        return List.of(
                source("@Flow(include = MoreTasks.class)", "RandomTasks", classes.get(0)),
                source("", "MoreTasks", classes.get(1)));
    }

    private static Source source(String annotation, String name, CharSequence body) {
        return Source.of("""
                package drawn;

                import io.flowright.annotations.Flow;
                import io.flowright.annotations.Input;
                import io.flowright.annotations.Provides;
                import io.flowright.annotations.Requires;
                import io.flowright.annotations.Task;
                import io.flowright.runtime.Progress;
                import io.flowright.runtime.TaskContext;
                import java.util.Arrays;
                import java.util.List;
                import java.util.Map;
                import java.util.Objects;
                import java.util.concurrent.CompletableFuture;

                %s
                public class %s {

                %s}
                """.formatted(annotation, name, body));
    }
}
