package io.flowright.examples.onboarding;

import io.flowright.examples.onboarding.OnboardingTasks.Signup;
import io.flowright.runtime.FlowFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;

/** Somebody who is taken in, and somebody whom the CRM refuses: of the latter nothing is left but an apology. */
public final class OnboardingSample {

    private OnboardingSample() {}

    public static void main(String[] args) throws IOException, SQLException {
        try (Services services = new Services(Files.createTempDirectory("onboarding"))) {
            OnboardingFlow flow = OnboardingFlow.create(services.tasks());
            System.out.println(flow.diagram());

            services.crm().refuse(500, 500);
            flow.run(new Signup("ada", "Ada Lovelace"));
            services.traces().forEach(System.out::println);

            services.crm().refuse(409);
            try {
                flow.run(new Signup("charles", "Charles Babbage"));
            } catch (FlowFailedException e) {
                System.out.println(e.snapshot().report());
            }
            services.traces().forEach(System.out::println);
            services.mail().mails().forEach(System.out::println);
        }
    }
}
