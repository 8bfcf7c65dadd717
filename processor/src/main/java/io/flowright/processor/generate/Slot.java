package io.flowright.processor.generate;

import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * The place of a value in the frame.
 *
 * @param name of the key or input
 * @param type of the value
 * @param field that holds it
 * @param presence the field that says whether it is there; null: it always is
 * @param task the number of the first task that may provide it; {@link #INPUT}: it is an input
 * @param mayBeNull whether null is a value
 * @param keep whether it stays until the end of the run
 * @param lastUse the number of the last task, or compensation, that takes it; {@link #UNUSED}: none does
 * @param undoes whether a compensation takes it, so that it stays as long as the run may be undone
 */
record Slot(
        String name,
        TypeMirror type,
        String field,
        @Nullable String presence,
        int task,
        boolean mayBeNull,
        boolean keep,
        int lastUse,
        boolean undoes) {

    static final int INPUT = -1;
    static final int UNUSED = -1;

    boolean primitive() {
        return type.getKind().isPrimitive();
    }

    /** Whether the frame has the field at all. */
    boolean stored() {
        return keep || lastUse != UNUSED;
    }

    /** Whether the frame lets go of the value after its last use. */
    boolean released() {
        return !keep && stored() && !primitive() && !undoes;
    }
}
