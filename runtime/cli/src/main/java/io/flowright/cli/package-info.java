/** The command line for those who look after durable runs: its commands and their options. */
@NullMarked
package io.flowright.cli;

import org.jspecify.annotations.NullMarked;
