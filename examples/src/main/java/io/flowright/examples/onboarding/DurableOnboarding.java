package io.flowright.examples.onboarding;

import io.flowright.examples.jvm.Steps;
import io.flowright.examples.onboarding.OnboardingTasks.Signup;
import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.util.List;

/** Takes in a user in a process of its own: one that dies is started again, and what it had begun is finished, or undone. */
final class DurableOnboarding {

    static final String RUN = "signup-17";
    static final Signup ADA = new Signup("ada", "Ada Lovelace");

    private DurableOnboarding() {}

    /** Arguments: the file of the store, and where the services are. */
    public static void main(String[] args) {
        OnboardingTasks tasks = Services.tasks(List.of(args).subList(1, args.length));
        try (RunStore store = SqliteStore.open(Path.of(args[0]));
                Engine engine =
                        Engine.builder().store(store).listener(Steps::announce).build()) {
            OnboardingFlow.create(tasks, engine).start(RunOptions.id(RUN), ADA).result();
        } catch (FlowFailedException e) {
            // It is undone, and who asks the store can read why.
            System.err.println(e.getMessage());
        }
    }
}
