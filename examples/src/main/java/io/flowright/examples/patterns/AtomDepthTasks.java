package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.When;
import java.util.Optional;

/** Depth ATOM: the target alone is skipped. */
@Flow
public class AtomDepthTasks {

    @Provides
    @When("go")
    String target(@Input boolean go) {
        return "target";
    }

    @Provides
    String neighbor(@Requires Optional<String> target) {
        return "neighbor of " + target.orElse("nobody");
    }

    @Provides
    String last(@Requires String neighbor) {
        return "last of " + neighbor;
    }
}
