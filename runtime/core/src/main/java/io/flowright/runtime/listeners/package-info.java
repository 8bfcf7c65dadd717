/** Listeners for common wishes: a log, statistics, tests. */
@NullMarked
package io.flowright.runtime.listeners;

import org.jspecify.annotations.NullMarked;
