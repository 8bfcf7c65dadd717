/** A saga over a database, a directory, mail and a CRM: who cannot be taken in leaves no trace. */
@NullMarked
package io.flowright.examples.onboarding;

import org.jspecify.annotations.NullMarked;
