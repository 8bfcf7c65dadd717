/** A test run in several JVMs: sharded, collected, with flaky tests told from real failures. */
@NullMarked
package io.flowright.examples.testrun;

import org.jspecify.annotations.NullMarked;
