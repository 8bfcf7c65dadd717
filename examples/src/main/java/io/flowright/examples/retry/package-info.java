/** A task that fails twice, and the pauses between its attempts. */
@NullMarked
package io.flowright.examples.retry;

import org.jspecify.annotations.NullMarked;
