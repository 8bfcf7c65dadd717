/** Stores for durable runs on relational databases. */
@NullMarked
package io.flowright.jdbc;

import org.jspecify.annotations.NullMarked;
