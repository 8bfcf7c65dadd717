package io.flowright.benchmarks.durable;

/** Two logging backends are on the class path, for another benchmark. Here nobody logs. */
final class Logging {

    private Logging() {}

    /** To be called before anybody makes a logger. */
    static void off() {
        System.setProperty("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
}
