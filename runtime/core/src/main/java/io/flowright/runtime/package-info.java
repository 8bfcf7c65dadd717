/** What users of flows call: engines, runs, their results and events. */
@NullMarked
package io.flowright.runtime;

import org.jspecify.annotations.NullMarked;
