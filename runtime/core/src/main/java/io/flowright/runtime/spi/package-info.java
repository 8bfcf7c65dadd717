/** What a store, a codec or a clock implements. */
@NullMarked
package io.flowright.runtime.spi;

import org.jspecify.annotations.NullMarked;
