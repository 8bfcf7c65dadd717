package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Include;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.When;
import java.util.Optional;

/** Depth FLOW: the rest of the group is skipped; what comes after the group is not. */
@Flow
@Include(value = FlowDepthTasks.InnerTasks.class, as = "inner", rebind = "last=last")
public class FlowDepthTasks {

    /** A flow within the flow. */
    public static class InnerTasks {

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
        String last(@Requires String neighbor) {
            return "last of " + neighbor;
        }
    }

    @Provides
    String after(@Requires Optional<String> last) {
        return "after " + last.orElse("nothing");
    }
}
