/** The values of durable flows as JSON: {@link io.flowright.json.JsonCodec}. */
@NullMarked
package io.flowright.json;

import org.jspecify.annotations.NullMarked;
