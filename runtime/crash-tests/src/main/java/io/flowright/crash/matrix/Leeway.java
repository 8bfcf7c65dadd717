package io.flowright.crash.matrix;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a run is not the same each time, and what holds all the same. A <i>place</i> is a task, or an element of one; an <i>attempt</i>
 * is named as {@link Expected#of} does.
 *
 * @param possible attempts that may have an effect or not: of tasks that run beside one that fails, of elements beside those that decide
 * @param choices of which attempts some have an effect, whichever
 * @param undone what undoes a place, by the place; empty: nothing is undone. What it says is not among the effects that are expected
 * @param received what is received at a place; of one that is missing only that it is always the same
 * @param once places where nothing runs a second time unless a {@linkplain io.flowright.crash.EffectLog#decided person} says so
 */
public record Leeway(
        Set<String> possible,
        List<Choice> choices,
        Map<String, Undo> undone,
        Map<String, String> received,
        Set<String> once) {

    static final Leeway NONE = new Leeway(Set.of(), List.of(), Map.of(), Map.of(), Set.of());

    /** Keeps copies. */
    public Leeway {
        possible = Set.copyOf(possible);
        choices = List.copyOf(choices);
        undone = Map.copyOf(undone);
        received = Map.copyOf(received);
        once = Set.copyOf(once);
    }

    /** At least so many of these attempts have an effect. */
    public record Choice(int least, Set<String> attempts) {

        /** Keeps a copy. */
        public Choice {
            attempts = Set.copyOf(attempts);
        }
    }

    /**
     * What undoes a place.
     *
     * @param attempts all of them, each with an effect
     * @param started whether a place that has begun is undone too; else only one whose success is on record
     */
    public record Undo(List<String> attempts, boolean started) {

        /** Keeps a copy. */
        public Undo {
            attempts = List.copyOf(attempts);
        }
    }
}
