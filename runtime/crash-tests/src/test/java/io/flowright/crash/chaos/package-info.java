/**
 * Engines under a steady load, whatever happens to them and to their store, and what must hold all the same. {@link
 * io.flowright.crash.chaos.Chaos} makes the weather, {@link io.flowright.crash.chaos.Invariants} judges.
 */
@NullMarked
package io.flowright.crash.chaos;

import org.jspecify.annotations.NullMarked;
