package io.flowright.runtime.spi;

import io.flowright.runtime.RunStatus;

/**
 * What somebody wants of a run that goes on, for the engine that it belongs to. It waits in the store until that has been done, or the
 * run has been set going again after a stop.
 *
 * @param id its number in the store; commands of one run are given in the order of their numbers
 * @param run the run
 * @param kind what is wanted
 * @since 0.1
 */
public record RunCommand(long id, String run, Kind kind) {

    /** What can be wanted. Stores keep the name. */
    public enum Kind {
        /** No further task starts, and the run is paused when those that run have finished. */
        PAUSE,
        /** The tasks that run are interrupted, and the run is paused. */
        INTERRUPT,
        /** The tasks that run are interrupted, and the run is cancelled. */
        CANCEL,
        /** As {@link #CANCEL}, but what the run did is undone. */
        COMPENSATE;

        /** The status that a run has from then on. */
        public RunStatus status() {
            return switch (this) {
                case PAUSE, INTERRUPT -> RunStatus.PAUSED;
                case CANCEL -> RunStatus.CANCELLED;
                case COMPENSATE -> RunStatus.COMPENSATING;
            };
        }
    }
}
