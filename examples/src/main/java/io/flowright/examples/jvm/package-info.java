/** What examples need that run processes of their own. */
@NullMarked
package io.flowright.examples.jvm;

import org.jspecify.annotations.NullMarked;
