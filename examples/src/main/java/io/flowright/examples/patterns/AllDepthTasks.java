package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.When;

/** Depth ALL: whatever needs a key of a skipped task is skipped with it. */
@Flow
public class AllDepthTasks {

    @Provides
    @When("go")
    String target(@Input boolean go) {
        return "target";
    }

    @Provides
    void neighbor(@Requires String target) {}

    @Provides
    @Requires("neighbor")
    String last() {
        return "last";
    }

    @Provides
    String after(@Requires String last) {
        return "after " + last;
    }
}
