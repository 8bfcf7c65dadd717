package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.When;
import java.util.List;
import java.util.Optional;

/** Pattern 6, multi-choice: a guard for each branch. Pattern 7, structured synchronizing merge: of the branches that ran. */
@Flow(input = MultiChoiceTasks.Alarm.class)
public class MultiChoiceTasks {

    /** Something happened, and who is to hear of it. */
    public record Alarm(String text, boolean mailed, boolean called) {}

    @Provides
    @When("mailed")
    String mail(@Input String text) {
        return "mail: " + text;
    }

    @Provides
    @When("called")
    String call(@Input String text) {
        return "call: " + text;
    }

    @Provides
    List<String> sent(@Requires({"mail", "call"}) List<Optional<String>> messages) {
        return messages.stream().flatMap(Optional::stream).toList();
    }
}
