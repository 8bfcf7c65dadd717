package shop;

import io.flowright.annotations.Bulkhead;
import io.flowright.annotations.CircuitBreaker;
import io.flowright.annotations.Fallback;
import io.flowright.annotations.Flow;
import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.RateLimit;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import io.flowright.annotations.Task;
import io.flowright.annotations.Timeout;
import io.flowright.runtime.Progress;
import io.flowright.runtime.TaskContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Every policy, with defaults and without. */
@SuppressWarnings("flowright:retry-without-idempotency")
@Flow
public class PaymentTasks {

    public record Card(String number, Bank bank) {}

    public record Bank(int code) {
        public String getCountry() {
            return "DE";
        }
    }

    @Provides
    Card card(@Input String number) {
        return new Card(number, new Bank(1));
    }

    @Provides
    int amount(@Input String number) {
        return number.length();
    }

    @Provides
    @Retry(
            maxAttempts = 7,
            delay = "1s",
            backoff = 1.5,
            maxDelay = "PT90S",
            jitter = 0.25,
            maxDuration = "2h",
            on = {IOException.class, TimeoutException.class},
            abortOn = FileNotFoundException.class,
            timeouts = false)
    @Timeout("1500ms")
    @CircuitBreaker(
            name = "bank",
            failures = 3,
            of = 10,
            delay = "30s",
            successes = 2,
            on = IOException.class,
            ignore = FileNotFoundException.class)
    @RateLimit(name = "bank", permits = 10, per = "1m", maxWait = "5m")
    @Bulkhead(name = "bank", max = 4, maxWait = "10s")
    @Fallback("cached")
    @Idempotent(value = "{card.bank.country}/{card.bank.code}:{amount}#{number}", ttl = "30d")
    BigDecimal book(@Requires Card card, @Requires long amount, @Input String number) throws IOException, TimeoutException {
        return BigDecimal.valueOf(amount);
    }

    BigDecimal cached(long amount, Exception reason) {
        return BigDecimal.ZERO;
    }

    @Provides
    @Retry
    @CircuitBreaker
    @RateLimit(permits = 1)
    @Bulkhead(max = 1)
    Map<String, List<BigDecimal>> defaults(@Requires BigDecimal book) {
        return Map.of("book", List.of(book));
    }

    @Provides
    @Fallback("later")
    CompletionStage<String> confirm(@Requires Map<String, List<BigDecimal>> defaults) {
        return CompletableFuture.completedFuture("yes");
    }

    CompletionStage<String> later(Throwable reason) {
        return CompletableFuture.completedFuture("later");
    }

    @Task
    @Timeout("7d")
    @Fallback("silently")
    void log(@Requires String confirm) {}

    static void silently() {}

    @Provides
    @Fallback("untold")
    String tell(@Requires String confirm, TaskContext task, Progress progress) {
        progress.update(1, 1);
        return confirm + task.attempt();
    }

    String untold(String confirm, TaskContext task, Progress progress, Throwable reason) {
        return reason + task.idempotencyKey();
    }
}
