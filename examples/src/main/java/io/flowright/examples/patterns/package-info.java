/**
 * The workflow control-flow patterns of Russell, ter Hofstede, van der Aalst and Mulyar (2006), and the forms of TaskFlow. The page
 * {@code docs/patterns.md} shows each of these classes.
 */
@NullMarked
package io.flowright.examples.patterns;

import org.jspecify.annotations.NullMarked;
