/** The smallest flow that shows something. */
@NullMarked
package io.flowright.examples.quickstart;

import org.jspecify.annotations.NullMarked;
