package io.flowright.annotations;

/**
 * What an engine with a store records of what a task provides.
 *
 * <pre>{@code
 * @Task(pure = true)
 * @Provides(record = Recorded.HASH)
 * String account(@Requires Payment payment) {
 *     return payment.id().replace(" ", "");
 * }
 * }</pre>
 */
public enum Recorded {
    /** The value; of a pure task nothing. */
    VALUE,
    /**
     * The SHA-256 of the encoded value, of a task that is {@linkplain Task#pure() pure} and does not run for each element. Where a recorded
     * run is continued, the task runs again; if its value has another hash then, the task has failed, and the run with it.
     */
    HASH
}
