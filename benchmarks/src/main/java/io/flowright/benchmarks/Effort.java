package io.flowright.benchmarks;

/**
 * How long to measure.
 *
 * @param rounds how often everything is measured, each time in new JVMs
 * @param iterations of warm-up, and again of measurement, in each JVM
 * @param millis the length of an iteration
 */
record Effort(int rounds, int iterations, int millis) {

    /** Some minutes: enough to see a ratio, not to quote a number. */
    static final Effort QUICK = new Effort(1, 5, 200);

    /** About an hour. */
    static final Effort FULL = new Effort(5, 5, 1000);
}
