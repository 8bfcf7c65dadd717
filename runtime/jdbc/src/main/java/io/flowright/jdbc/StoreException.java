package io.flowright.jdbc;

import io.flowright.runtime.FlowException;
import org.jspecify.annotations.Nullable;

/**
 * A database refused what a store asked of it, or its tables are not those that the store needs. Trying again does not help.
 *
 * @since 0.1
 */
public class StoreException extends FlowException {

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    StoreException(String message) {
        super(message);
    }
}
