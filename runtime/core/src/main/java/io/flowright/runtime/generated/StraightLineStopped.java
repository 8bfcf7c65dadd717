package io.flowright.runtime.generated;

/** Ends {@link FlowFrame#runAll} between two tasks. It never reaches users, so it carries no trace. */
public final class StraightLineStopped extends RuntimeException {

    @SuppressWarnings("StaticAssignmentOfThrowable") // It carries neither a trace nor suppressed exceptions.
    static final StraightLineStopped INSTANCE = new StraightLineStopped();

    private static final long serialVersionUID = 1L;

    private StraightLineStopped() {
        super(null, null, false, false);
    }
}
