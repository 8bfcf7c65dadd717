package io.flowright.crash.chaos;

import java.util.List;

/**
 * A task of a flow, or an element of one, as an undisturbed run has it.
 *
 * @param name as {@link Deed#place} says it
 * @param level how many must be on record before it starts, one after the other
 * @param takes the places whose steps it takes, in the order of its parameters
 * @param leaves what is on record of it in the end
 */
record Place(String name, int level, List<String> takes, Leaves leaves) {

    /** What is on record of a place. */
    enum Leaves {
        /** A step. */
        STEP,
        /** A step, which runs with an equal key share. */
        SHARED_STEP,
        /** A failure. */
        FAILURE,
        /** That it undid something. */
        COMPENSATION
    }

    static Place step(String name, int level, String... takes) {
        return new Place(name, level, List.of(takes), Leaves.STEP);
    }

    Place leaving(Leaves what) {
        return new Place(name, level, takes, what);
    }
}
