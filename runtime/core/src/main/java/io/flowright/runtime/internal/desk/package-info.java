/** What stands behind {@link io.flowright.runtime.Runs}: it works on the store alone, without the classes of a flow. */
@NullMarked
package io.flowright.runtime.internal.desk;

import org.jspecify.annotations.NullMarked;
