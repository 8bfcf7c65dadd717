/**
 * Processes that die at a chosen moment of a durable run, and what can be said of their effects. A child JVM runs a flow on a
 * {@link io.flowright.crash.CrashingStore}, which ends it at a {@link io.flowright.crash.CrashPoint}; every effect of a task goes to an
 * {@link io.flowright.crash.EffectLog} outside of it.
 */
@NullMarked
package io.flowright.crash;

import org.jspecify.annotations.NullMarked;
