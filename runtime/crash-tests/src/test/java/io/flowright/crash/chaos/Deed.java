package io.flowright.crash.chaos;

import java.util.List;

/**
 * That a task did something to the world.
 *
 * @param run the id of the run
 * @param task the durable name of the task, or compensation
 * @param element the index of the element; -1: the task does not run for each
 * @param attempt the number of the attempt
 * @param epoch the fencing token with which it was done
 * @param key the idempotency key that the outside system was given
 * @param process who did it: the name of a process, which no other had
 * @param stamp of the result
 * @param taken the stamps of what it took, in the order of its parameters
 */
record Deed(
        String run,
        String task,
        int element,
        int attempt,
        long epoch,
        String key,
        String process,
        String stamp,
        List<String> taken) {

    private static final String BETWEEN = " ";

    Deed {
        taken = List.copyOf(taken);
    }

    /** The task, and the element where it runs for each. */
    String place() {
        return element < 0 ? task : task + "[" + element + "]";
    }

    static Deed parse(String line) {
        String[] fields = line.split("\t", -1);
        return new Deed(
                fields[0],
                fields[1],
                Integer.parseInt(fields[2]),
                Integer.parseInt(fields[3]),
                Long.parseLong(fields[4]),
                fields[5],
                fields[6],
                fields[7],
                fields[8].isEmpty() ? List.of() : List.of(fields[8].split(BETWEEN, -1)));
    }

    String line() {
        return String.join(
                "\t",
                run,
                task,
                Integer.toString(element),
                Integer.toString(attempt),
                Long.toString(epoch),
                key,
                process,
                stamp,
                String.join(BETWEEN, taken));
    }

    @Override
    public String toString() {
        return place() + " (attempt " + attempt + ", epoch " + epoch + ", by " + process + ")";
    }
}
