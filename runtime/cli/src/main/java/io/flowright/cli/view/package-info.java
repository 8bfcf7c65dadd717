/** What commands print: runs and what belongs to them as text for people, and as JSON for programs. */
@NullMarked
package io.flowright.cli.view;

import org.jspecify.annotations.NullMarked;
