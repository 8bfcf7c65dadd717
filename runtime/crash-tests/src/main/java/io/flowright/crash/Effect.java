package io.flowright.crash;

/**
 * That a task did something to the world.
 *
 * @param run the id of the run
 * @param task the durable name of the task, or compensation
 * @param element the index of the element; -1: the task does not run for each
 * @param attempt the number of the attempt
 * @param key the idempotency key that the outside system was given
 * @param received what the task has received, as text; empty: it does not say
 * @param pid the process
 */
public record Effect(String run, String task, int element, int attempt, String key, String received, long pid) {

    /** In place of a task: a person has decided that what is in doubt runs again. */
    public static final String PERSON = "a person";

    /**
     * That a service was asked for something: of which run, by which process and in which attempt it does not know.
     *
     * @param what always the same for the same
     * @param key the idempotency key that came along
     */
    public static Effect request(String what, String key) {
        return new Effect("", "request " + what, -1, 1, key, "", 0);
    }

    /** The task, and the element where it runs for each. */
    public String place() {
        return element < 0 ? task : task + "[" + element + "]";
    }
}
