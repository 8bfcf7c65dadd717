/** What generated code calls. It is public because generated classes live in the users' packages; write no code against it by hand. */
@NullMarked
package io.flowright.runtime.generated;

import org.jspecify.annotations.NullMarked;
