/**
 * The examples in the crash matrix: every flow of theirs that can be run durably is killed at every moment, on every store. An example of
 * its own is a {@link io.flowright.examples.crash.MortalExample} beside the other tests of its package. The patterns are not among them: most take
 * functions as inputs, which no store can keep, or end only when a caller cancels them.
 */
@NullMarked
package io.flowright.examples.crash;

import org.jspecify.annotations.NullMarked;
