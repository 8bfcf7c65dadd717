/**
 * What people who look after durable runs see and do: lists, histories, commands, the audit trail. None of it needs the classes of a
 * flow.
 */
@NullMarked
package io.flowright.runtime.operations;

import org.jspecify.annotations.NullMarked;
