package io.flowright.processor.model;

/** The names of groups, and of what is in them: {@code thumb}, {@code thumb.resized}. */
public final class GroupPath {

    private GroupPath() {}

    /** {@code thumb.resized} for {@code thumb} and {@code resized}; what is in no group keeps its name. */
    public static String join(String group, String name) {
        return group.isEmpty() ? name : group + "." + name;
    }

    /** {@code thumb} for {@code thumb.resized}; empty for the name of a flow. */
    public static String group(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    /** {@code resized} for {@code thumb.resized}. */
    public static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Whether the names of one group mean something in another: it is the same, or around it. */
    public static boolean reaches(String around, String group) {
        return around.isEmpty() || group.equals(around) || group.startsWith(around + ".");
    }

    /** {@code thumbResized} for {@code thumb.resized}. */
    public static String camelCase(String path) {
        StringBuilder name = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '.') {
                name.append(i > 0 && path.charAt(i - 1) == '.' ? Character.toUpperCase(c) : c);
            }
        }
        return name.toString();
    }
}
