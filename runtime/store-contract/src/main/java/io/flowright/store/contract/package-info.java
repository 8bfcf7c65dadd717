/** The tests that every store of runs must pass. */
@NullMarked
package io.flowright.store.contract;

import org.jspecify.annotations.NullMarked;
