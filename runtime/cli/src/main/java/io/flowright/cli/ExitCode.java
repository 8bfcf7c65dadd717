package io.flowright.cli;

/** What a command tells the shell. Documented in {@code docs/operating.md} and in the help: {@link Flowright}. */
final class ExitCode {

    /** It is done. */
    static final int DONE = 0;

    /** There is no such run, or its state did not allow it, or not everything came to pass in time. */
    static final int REFUSED = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** The store does not answer, or has not the tables that it must have. */
    static final int STORE = 3;

    /** A defect of this program. */
    static final int BROKEN = 4;

    private ExitCode() {}
}
