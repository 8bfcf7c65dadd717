/** Turns elements into the model. The only stage that reads javax.lang.model trees. */
@NullMarked
package io.flowright.processor.read;

import org.jspecify.annotations.NullMarked;
