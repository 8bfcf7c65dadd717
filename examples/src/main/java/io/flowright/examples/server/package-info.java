/** A server that the examples share. */
@NullMarked
package io.flowright.examples.server;

import org.jspecify.annotations.NullMarked;
