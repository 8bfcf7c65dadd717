package io.flowright.processor.generate;

/**
 * How the code of many tasks is spread over methods and classes. The JVM's limits are 64 KB a method and 65,535 constants a
 * class, and HotSpot never compiles a method above 8,000 bytes; a task takes some 10 bytes of a method that names it, and
 * some 20 constants of the class that calls it.
 *
 * @param tasks how many there are, compensations among them
 */
record Layout(int tasks) {

    /** Up to this many tasks one switch tells them apart, and one method runs them all. */
    private static final int MOST_IN_ONE_METHOD = 128;

    /** Otherwise a method deals with this many. */
    private static final int CHUNK = 64;

    /** Up to this many tasks are in one class, as in a frame that a person would write. */
    private static final int PART = 8 * CHUNK;

    boolean chunked() {
        return tasks > MOST_IN_ONE_METHOD;
    }

    /** How many methods share the tasks where one is not enough. */
    int chunks() {
        return chunkOf(tasks - 1) + 1;
    }

    int chunkOf(int task) {
        return task / CHUNK;
    }

    /** The expression that computes {@link #chunkOf} in generated code. */
    String chunkOf(String task) {
        return task + " / " + CHUNK;
    }

    boolean partitioned() {
        return tasks > PART;
    }

    /** How many classes share the tasks. */
    int parts() {
        return partitioned() ? partOf(tasks - 1) + 1 : 1;
    }

    int partOf(int task) {
        return partitioned() ? task / PART : 0;
    }

    /** The number of the first task of the part; of the part after the last, how many tasks there are. */
    int firstOf(int part) {
        return Math.min(tasks, part * PART);
    }

    int partOfChunk(int chunk) {
        return partOf(chunk * CHUNK);
    }
}
