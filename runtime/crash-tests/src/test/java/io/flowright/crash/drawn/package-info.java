/** Flows that are drawn by lot, with a reference that knows how they end. */
@NullMarked
package io.flowright.crash.drawn;

import org.jspecify.annotations.NullMarked;
