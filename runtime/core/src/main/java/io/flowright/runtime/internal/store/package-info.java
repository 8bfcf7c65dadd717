/** How an engine writes to its store and keeps what it owns there. Knows nothing of how runs work. */
@NullMarked
package io.flowright.runtime.internal.store;

import org.jspecify.annotations.NullMarked;
