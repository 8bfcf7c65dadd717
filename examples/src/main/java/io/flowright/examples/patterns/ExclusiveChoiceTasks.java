package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.When;

/** Pattern 4, exclusive choice: by a value. Pattern 5, simple merge: whichever branch ran, its key is there. */
@Flow
public class ExclusiveChoiceTasks {

    /** What decides. */
    public enum Size {
        SMALL,
        LARGE,
        HUGE
    }

    @Provides("carrier")
    @When(value = "size", is = "SMALL")
    String letter() {
        return "postman";
    }

    @Provides("carrier")
    @When(
            value = "size",
            is = {"LARGE", "HUGE"})
    String parcel(@Input Size size) {
        return size == Size.HUGE ? "two strong men" : "courier";
    }

    @Provides
    String label(@Requires String carrier) {
        return "by " + carrier;
    }
}
