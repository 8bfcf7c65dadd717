package io.flowright.runtime;

/**
 * A task returned null for a key that its method does not declare {@code @Nullable}, or was to run for an element that is null.
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

    private UnexpectedNullException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** For the runtime: a task was to run for each element of {@code key}, and this one is null. */
    public static UnexpectedNullException ofElement(String key, int element) {
        return new UnexpectedNullException(
                key,
                "element " + element + " of " + key
                        + " is null; a task that runs for such elements says so with @Nullable on the parameter");
    }

    /** The name of the key. */
    public String key() {
        return key;
    }
}
