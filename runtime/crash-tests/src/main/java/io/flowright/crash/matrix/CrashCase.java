package io.flowright.crash.matrix;

import io.flowright.crash.CrashPoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One run that is disturbed once, or, at random moments, perhaps twice. As an argument of a process it is one text.
 *
 * @param flow the name of the flow
 * @param kind the name of the kind of store
 * @param processes how many processes there are when it begins
 * @param point where its process dies; null: it is killed from outside at a random moment
 * @param number of the case in its row
 * @param pauseMillis how long each commit takes in addition
 * @param run its id
 * @param effects the file of its effects
 * @param world the address of what its tasks act on
 * @param store the address of its store
 */
record CrashCase(
        String flow,
        String kind,
        int processes,
        @Nullable CrashPoint point,
        int number,
        int pauseMillis,
        String run,
        Path effects,
        String world,
        String store) {

    private static final String SEPARATOR = "\t";

    /** What it is about, for people, and to find it again. */
    String name() {
        return flow + "," + kind + "," + processes + "," + (point == null ? "random " + number : point);
    }

    /** The text for a process. */
    String argument() {
        return String.join(
                SEPARATOR,
                flow,
                kind,
                Integer.toString(processes),
                point == null ? "" : point.toString(),
                Integer.toString(number),
                Integer.toString(pauseMillis),
                run,
                effects.toString(),
                world,
                store);
    }

    /** The case of a text. */
    static CrashCase parse(String text) {
        String[] fields = text.split(SEPARATOR, 10);
        return new CrashCase(
                fields[0],
                fields[1],
                Integer.parseInt(fields[2]),
                fields[3].isEmpty() ? null : CrashPoint.parse(fields[3]),
                Integer.parseInt(fields[4]),
                Integer.parseInt(fields[5]),
                fields[6],
                Path.of(fields[7]),
                fields[8],
                fields[9]);
    }
}
