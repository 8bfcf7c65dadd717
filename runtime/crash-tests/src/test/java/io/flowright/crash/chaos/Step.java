package io.flowright.crash.chaos;

/**
 * What a task gives.
 *
 * @param text what it says, which is the same however often the task runs
 * @param stamp tells this execution from every other, so that it can be seen whose result was recorded and who has taken it
 */
record Step(String text, String stamp) {}
