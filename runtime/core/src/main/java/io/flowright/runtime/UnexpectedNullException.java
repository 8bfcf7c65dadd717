package io.flowright.runtime;

/**
 * A task returned null for a key that its method does not declare {@code @Nullable}.
 *
 * @since 0.1
 */
public class UnexpectedNullException extends FlowException {

    private final String key;

    /** For the runtime. */
    public UnexpectedNullException(String key) {
        super("null was returned for " + key
                + "; a task whose key may be null says so with @Nullable on what its method returns");
        this.key = key;
    }

    /** The name of the key. */
    public String key() {
        return key;
    }
}
