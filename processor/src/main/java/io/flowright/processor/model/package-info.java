/** Immutable records that describe a flow; each remembers the site to report at. */
@NullMarked
package io.flowright.processor.model;

import org.jspecify.annotations.NullMarked;
