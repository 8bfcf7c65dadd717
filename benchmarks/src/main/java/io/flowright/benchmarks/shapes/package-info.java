/** The graphs that every peer runs, each written once. */
@NullMarked
package io.flowright.benchmarks.shapes;

import org.jspecify.annotations.NullMarked;
