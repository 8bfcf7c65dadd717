package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.When;
import java.util.Optional;

/** Two deciders on one task, with different depths: a guard stands on each task that its "no" reaches. */
@Flow
public class MixedVotesTasks {

    @Provides
    @When("wide")
    @When("narrow")
    String target(@Input boolean wide, @Input boolean narrow) {
        return "target";
    }

    @Provides
    @When("wide")
    String neighbor(@Requires Optional<String> target) {
        return "neighbor of " + target.orElse("nobody");
    }

    @Provides
    String last(@Requires String neighbor) {
        return "last of " + neighbor;
    }
}
