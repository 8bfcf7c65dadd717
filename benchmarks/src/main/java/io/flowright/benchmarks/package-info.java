/** Flowright beside what people use today, measured in one run. */
@NullMarked
package io.flowright.benchmarks;

import org.jspecify.annotations.NullMarked;
