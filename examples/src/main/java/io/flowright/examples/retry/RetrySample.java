package io.flowright.examples.retry;

import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowEvent;

/** Three attempts, with pauses of one and two seconds between them. */
public final class RetrySample {

    private RetrySample() {}

    public static void main(String[] args) {
        try (Engine engine = Engine.builder().listener(RetrySample::print).build()) {
            QuoteFlow flow = QuoteFlow.create(new QuoteTasks(new FlakyExchange(2)), engine);
            System.out.println("quote: " + flow.run("ACME").quote());
        }
    }

    private static void print(FlowEvent event) {
        if (event instanceof FlowEvent.TaskAttemptFailed failed) {
            System.out.println("attempt " + failed.attempt() + " failed: " + failed.failure());
        } else if (event instanceof FlowEvent.RetryScheduled retry) {
            System.out.println(
                    "attempt " + retry.nextAttempt() + " in " + retry.delay().toMillis() + " ms");
        }
    }
}
