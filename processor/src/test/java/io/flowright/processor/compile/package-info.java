/** Compiles small cases with the processor, under each compiler. */
package io.flowright.processor.compile;
