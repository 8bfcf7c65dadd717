/** What a durable run costs, store by store. */
@NullMarked
package io.flowright.benchmarks.durable;

import org.jspecify.annotations.NullMarked;
