package io.flowright.runtime.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose the runs are, while the store is slow to say so. */
@Timeout(20)
class OwnershipTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private static Ownership asked(Duration ago) {
        return new Ownership("owner", LEASE, System.nanoTime() - ago.toNanos());
    }

    @Test
    void tasksStartForTwoThirdsOfTheLease() {
        assertThat(asked(Duration.ofSeconds(35)).mayStart()).isTrue();
        assertThat(asked(Duration.ofSeconds(41)).mayStart()).isFalse();
        assertThat(asked(Duration.ofSeconds(41)).isOver()).isFalse();
        assertThat(asked(Duration.ofSeconds(61)).isOver()).isTrue();
    }

    @Test
    void whatIsInDoubtWaitsForTheRenewal() {
        Ownership ownership = asked(Duration.ofSeconds(41));
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> ownership.awaitMayStart() && !Thread.interrupted());

        assertThat(waiting).isNotDone();
        ownership.renewed(System.nanoTime());

        assertThat(waiting.join()).isTrue();
    }

    @Test
    void whatIsInDoubtWaitsForTheEnd() {
        Ownership ownership = asked(Duration.ofSeconds(41));
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(ownership::awaitMayStart);
        ownership.end();

        assertThat(waiting.join()).isFalse();
        assertThat(asked(LEASE.plusSeconds(1)).awaitMayStart()).isFalse();
    }

    @Test
    void anInterruptIsKept() {
        Ownership ownership = asked(LEASE.minusMillis(50));
        Thread.currentThread().interrupt();

        assertThat(ownership.awaitMayStart()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Somebody may have acted on it. */
    @Test
    void aRenewalThatComesTooLateBringsNothingBack() {
        Ownership ownership = asked(LEASE.plusSeconds(1));
        assertThat(ownership.isOver()).isTrue();

        ownership.renewed(System.nanoTime());

        assertThat(ownership.isOver()).isTrue();
        assertThat(ownership.mayStart()).isFalse();
    }
}
