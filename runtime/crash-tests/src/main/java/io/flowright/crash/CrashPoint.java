package io.flowright.crash;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment at which a process may die: before or after its store is told something, the n-th time. As text: {@code after task charge},
 * {@code before element resize[3]}, {@code before status COMPENSATING #2}.
 *
 * @param after whether the store has done it
 * @param moment what the store is told, as {@link CrashingStore} names it
 * @param time which time, from 1
 */
public record CrashPoint(boolean after, String moment, int time) {

    private static final Pattern TEXT = Pattern.compile("(before|after) (.+?)(?: #(\\d+))?");

    /**
     * The point of this text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static CrashPoint parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a point to crash at: " + text);
        }
        String time = matcher.group(3);
        return new CrashPoint(
                matcher.group(1).equals("after"), matcher.group(2), time == null ? 1 : Integer.parseInt(time));
    }

    @Override
    public String toString() {
        return (after ? "after " : "before ") + moment + (time == 1 ? "" : " #" + time);
    }
}
