/** One class for each way to run the shapes. */
@NullMarked
package io.flowright.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
