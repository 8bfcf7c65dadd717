/** The durable workflows; every peer calls the same methods. */
@NullMarked
package io.flowright.benchmarks.durable.shapes;

import org.jspecify.annotations.NullMarked;
