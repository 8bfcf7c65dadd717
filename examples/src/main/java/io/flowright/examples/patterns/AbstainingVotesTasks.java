package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.When;
import java.util.List;
import java.util.Optional;

/** Two deciders one of which may be skipped: who did not run has no vote. */
@Flow(input = AbstainingVotesTasks.Request.class)
public class AbstainingVotesTasks {

    /** A request; the auditor is asked only about audited ones. */
    public record Request(boolean audited, boolean auditorAgrees, boolean managerAgrees) {}

    @Provides
    @When("audited")
    boolean auditor(@Input boolean auditorAgrees) {
        return auditorAgrees;
    }

    @Provides
    boolean manager(@Input boolean managerAgrees) {
        return managerAgrees;
    }

    @Provides
    boolean granted(@Requires({"auditor", "manager"}) List<Optional<Boolean>> votes) {
        return votes.stream().flatMap(Optional::stream).allMatch(vote -> vote);
    }

    @Provides
    @When("granted")
    String target() {
        return "target";
    }
}
