package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.When;
import java.util.Optional;

/** Depth NEIGHBORS: who needs the target is skipped with it; those after them are not. */
@Flow
public class NeighborsDepthTasks {

    @Provides
    @When("go")
    String target(@Input boolean go) {
        return "target";
    }

    @Provides
    String neighbor(@Requires String target) {
        return "neighbor of " + target;
    }

    @Provides
    String last(@Requires Optional<String> neighbor) {
        return "last of " + neighbor.orElse("nobody");
    }
}
