/** A task behind HTTP: what is worth another attempt, and what is not. */
@NullMarked
package io.flowright.examples.upload;

import org.jspecify.annotations.NullMarked;
