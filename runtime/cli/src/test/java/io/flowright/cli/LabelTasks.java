package io.flowright.cli;

import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

/** A group of the test's flow. */
class LabelTasks {

    @Provides
    String text(@Requires String name) {
        return "For " + name;
    }

    @Provides
    String printed(@Requires String text) {
        return text + ", printed";
    }
}
