package io.flowright.runtime.internal;

import io.flowright.runtime.FlowException;

/** The run has another owner: what comes of it is to be found in the store. */
final class MovedException extends FlowException {

    MovedException(String runId) {
        super("run " + runId + " has gone on elsewhere");
    }
}
