package io.flowright.crash.chaos;

/**
 * Something that must never be.
 *
 * @param rule what was broken
 * @param run in which run
 * @param what for people
 */
record Violation(Rule rule, String run, String what) {

    /** What must hold of each run. */
    enum Rule {
        /** What was started, or has done something, is there. */
        LOST,
        /** It comes to its end. */
        STUCK,
        /** It has one owner at a time. */
        DOUBLE_OWNED,
        /** What a task takes is on record, and stays there. */
        NOT_ON_RECORD,
        /** What is on record is not done again, and nothing is done twice by one owner. */
        DONE_AGAIN,
        /** A task has one key, whoever executes it, and no other task has it. */
        WRONG_KEY,
        /** The end is that of an undisturbed run. */
        WRONG_RESULT
    }
}
