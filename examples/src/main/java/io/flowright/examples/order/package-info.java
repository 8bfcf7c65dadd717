/** Tasks that are plain objects: a unit test needs no runtime. */
@NullMarked
package io.flowright.examples.order;

import org.jspecify.annotations.NullMarked;
