/** Pictures that somebody drops into a folder, made ready, stored on a CDN and published in versions: each once, whatever fails. */
@NullMarked
package io.flowright.examples.content;

import org.jspecify.annotations.NullMarked;
