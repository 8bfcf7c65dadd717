/** The engine room; not exported. */
@NullMarked
package io.flowright.runtime.internal;

import org.jspecify.annotations.NullMarked;
