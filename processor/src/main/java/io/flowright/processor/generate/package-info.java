/** Writes the flow classes. */
@NullMarked
package io.flowright.processor.generate;

import org.jspecify.annotations.NullMarked;
