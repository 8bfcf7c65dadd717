/** A data pipeline over 18,760 real points of transport. */
@NullMarked
package io.flowright.examples.transport;

import org.jspecify.annotations.NullMarked;
