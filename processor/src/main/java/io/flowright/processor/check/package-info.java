/** The rules, one final class each. */
@NullMarked
package io.flowright.processor.check;

import org.jspecify.annotations.NullMarked;
