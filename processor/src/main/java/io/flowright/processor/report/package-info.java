/** The catalogue of messages, and their printing. */
@NullMarked
package io.flowright.processor.report;

import org.jspecify.annotations.NullMarked;
