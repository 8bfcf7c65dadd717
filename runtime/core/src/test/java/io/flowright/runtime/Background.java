package io.flowright.runtime;

import static org.awaitility.Awaitility.await;

import io.flowright.runtime.spi.VirtualClock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** What tests do beside a flow that runs: a sequential engine keeps the thread that starts it. */
final class Background {

    private Background() {}

    /** Calls on a thread of its own. */
    static <T> CompletableFuture<T> call(Callable<T> action) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                outcome.complete(action.call());
            } catch (Throwable t) {
                outcome.completeExceptionally(t);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }

    /** Waits until so many actions wait for the clock. */
    static void awaitPending(VirtualClock clock, int actions) {
        until(() -> clock.pending() >= actions);
    }

    static void until(Callable<Boolean> condition) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(30))
                .until(condition);
    }

    /** Waits whatever happens, as code does that heeds no interrupt; the flag is as it was. */
    static void awaitDeaf(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets a little time pass, as code does that is slow and heeds no interrupt. */
    static void pause() {
        long end = System.nanoTime() + 1_000_000;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
