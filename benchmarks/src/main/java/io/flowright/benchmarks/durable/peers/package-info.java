/** One class for each way to run the workflows durably, and for each limit of the machine. */
@NullMarked
package io.flowright.benchmarks.durable.peers;

import org.jspecify.annotations.NullMarked;
