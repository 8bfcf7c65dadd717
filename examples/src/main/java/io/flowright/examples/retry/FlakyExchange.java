package io.flowright.examples.retry;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** An exchange that refuses its first callers. */
final class FlakyExchange implements QuoteTasks.Exchange {

    private final AtomicInteger refusals;

    FlakyExchange(int refusals) {
        this.refusals = new AtomicInteger(refusals);
    }

    @Override
    public double quote(String symbol) throws IOException {
        if (refusals.getAndDecrement() > 0) {
            throw new IOException("the exchange is busy");
        }
        return 101.25;
    }
}
