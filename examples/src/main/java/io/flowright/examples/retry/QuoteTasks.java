package io.flowright.examples.retry;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Retry;
import java.io.IOException;

/** Asks a service that is not always there. */
@Flow
public class QuoteTasks {

    /** Where quotes come from. */
    public interface Exchange {
        double quote(String symbol) throws IOException;
    }

    private final Exchange exchange;

    public QuoteTasks(Exchange exchange) {
        this.exchange = exchange;
    }

    /** To ask twice does no harm. */
    @Provides
    @SuppressWarnings("flowright:retry-without-idempotency")
    @Retry(maxAttempts = 3, delay = "1s", backoff = 2, on = IOException.class)
    double quote(@Input String symbol) throws IOException {
        return exchange.quote(symbol);
    }
}
