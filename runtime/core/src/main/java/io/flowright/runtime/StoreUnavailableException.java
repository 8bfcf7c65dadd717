package io.flowright.runtime;

/**
 * A store could not be reached, or could not do its work at this moment: a connection was cut, a server restarts, a disk is full. What
 * was to be written may or may not have been. Writing it again is safe; so engines try again, from 0.1 s on up to 30 s apart, until
 * their lease is over.
 *
 * @since 0.1
 */
public class StoreUnavailableException extends FlowException {

    /** For stores and the runtime. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** For stores and the runtime. */
    public StoreUnavailableException(String message) {
        super(message);
    }
}
