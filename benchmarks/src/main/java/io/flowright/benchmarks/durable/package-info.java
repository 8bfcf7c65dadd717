/** What a durable run costs, beside the peers and the limits of the machine. */
@NullMarked
package io.flowright.benchmarks.durable;

import org.jspecify.annotations.NullMarked;
