package io.flowright.runtime.operations;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * A place in a list of runs, which has the newest first. It stays where it is, whatever runs begin or end.
 *
 * @param createdAt when the run before it was started
 * @param id the run before it
 * @since 0.1
 */
public record RunCursor(Instant createdAt, String id) {

    /** The cursor with this text. */
    public static RunCursor parse(String text) {
        int end = text.indexOf('/');
        if (end > 0 && end < text.length() - 1) {
            try {
                return new RunCursor(Instant.parse(text.substring(0, end)), text.substring(end + 1));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("no place in a list of runs: " + text, e);
            }
        }
        throw new IllegalArgumentException("no place in a list of runs: " + text);
    }

    /** A text from which {@link #parse} makes the cursor again. */
    @Override
    public String toString() {
        return createdAt + "/" + id;
    }
}
