/** Annotations for task methods and flow classes. They are read by the compiler only; nothing of them is needed at run time. */
@NullMarked
package io.flowright.annotations;

import org.jspecify.annotations.NullMarked;
