/**
 * The crash matrix: every flow on every store, with one process and with two, dies at each of its commit points and at random moments,
 * is continued by another process, and must end as if nothing had happened. {@link io.flowright.crash.matrix.CrashMatrix} runs it; a
 * {@link io.flowright.crash.matrix.CrashSetup} says what is run.
 */
@NullMarked
package io.flowright.crash.matrix;

import org.jspecify.annotations.NullMarked;
