package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.When;
import java.util.Optional;

/** Pattern 37, local synchronizing merge: joins that match no split; each knows from its own keys what still comes. */
@Flow
public class LocalSynchronizingMergeTasks {

    @Provides
    @When("express")
    String courier(@Input boolean express) {
        return "courier";
    }

    @Provides
    String pickup(@Requires String courier) {
        return "pickup by " + courier;
    }

    @Provides
    @When("gift")
    String wrapping(@Input boolean gift) {
        return "ribbon";
    }

    @Provides
    String parcel(@Requires Optional<String> wrapping, @Requires Optional<String> pickup) {
        return "parcel, " + wrapping.orElse("plain") + ", " + pickup.orElse("by post");
    }

    @Provides
    String bill(@Requires Optional<String> courier, @Requires String parcel) {
        return parcel + courier.map(name -> ", surcharge for " + name).orElse("");
    }
}
