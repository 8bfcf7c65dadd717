/** The entry point: reads, checks, reports, generates. */
@NullMarked
package io.flowright.processor;

import org.jspecify.annotations.NullMarked;
