package io.flowright.runtime.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.generated.BulkheadSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitroomTest {

    private final List<String> granted = new ArrayList<>();

    private static Waitroom waitroom(int max) {
        return new Waitroom(new BulkheadSpec("db", max, Duration.ofHours(1)));
    }

    private Waitroom.Ticket enter(Waitroom room, String name) {
        return room.enter(() -> granted.add(name));
    }

    @Test
    void hasAsManyPermitsAsItSays() {
        Waitroom room = waitroom(2);

        assertThat(room.tryAcquire()).isTrue();
        assertThat(room.tryAcquire()).isTrue();
        assertThat(room.tryAcquire()).isFalse();
        room.release();
        assertThat(room.tryAcquire()).isTrue();
    }

    @Test
    void grantsAFreePermitAtOnce() {
        Waitroom.Ticket ticket = enter(waitroom(1), "a");

        assertThat(granted).containsExactly("a");
        assertThat(ticket.leave()).isFalse();
    }

    @Test
    void servesThoseWhoWaitInTheirOrder() {
        Waitroom room = waitroom(1);
        room.tryAcquire();
        enter(room, "a");
        enter(room, "b");
        enter(room, "c");
        assertThat(granted).isEmpty();

        room.release();
        assertThat(granted).containsExactly("a");
        room.release();
        room.release();
        assertThat(granted).containsExactly("a", "b", "c");
    }

    @Test
    void letsNobodyOvertake() {
        Waitroom room = waitroom(1);
        room.tryAcquire();
        enter(room, "a");

        room.release();

        assertThat(granted).containsExactly("a");
        assertThat(room.tryAcquire()).isFalse();
    }

    @Test
    void passesOverWhoHasLeft() {
        Waitroom room = waitroom(1);
        room.tryAcquire();
        Waitroom.Ticket leaves = enter(room, "a");
        enter(room, "b");

        assertThat(leaves.leave()).isTrue();
        assertThat(leaves.leave()).isFalse();
        room.release();

        assertThat(granted).containsExactly("b");
    }

    @Test
    void isFreeAgainWhenAllHaveLeft() {
        Waitroom room = waitroom(1);
        room.tryAcquire();
        enter(room, "a").leave();

        room.release();

        assertThat(granted).isEmpty();
        assertThat(room.tryAcquire()).isTrue();
    }

    @Test
    void tellsWhoLeavesTooLateThatThePermitIsHeld() {
        Waitroom room = waitroom(1);
        room.tryAcquire();
        Waitroom.Ticket ticket = enter(room, "a");
        room.release();

        assertThat(ticket.leave()).isFalse();
    }

    @Test
    void losesAndDoublesNoPermitUnderRaces() throws Exception {
        int max = 3;
        int threads = 4;
        int each = 20_000;
        Waitroom room = waitroom(max);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        Semaphore ended = new Semaphore(0);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Runnable work = () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            served.incrementAndGet();
            inside.decrementAndGet();
            room.release();
            ended.release();
        };
        try {
            List<Future<?>> drivers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                drivers.add(pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        int choice = ThreadLocalRandom.current().nextInt(3);
                        if (choice == 0 && room.tryAcquire()) {
                            work.run();
                            continue;
                        }
                        Waitroom.Ticket ticket = room.enter(() -> {
                            pool.execute(work);
                            return true;
                        });
                        if (choice == 1 && ticket.leave()) {
                            left.incrementAndGet();
                            ended.release();
                        }
                    }
                }));
            }
            for (Future<?> driver : drivers) {
                driver.get(60, SECONDS);
            }
            assertThat(ended.tryAcquire(threads * each, 60, SECONDS)).isTrue();
        } finally {
            pool.shutdownNow();
        }

        assertThat(most.get()).isBetween(1, max);
        assertThat(served.get() + left.get()).isEqualTo(threads * each);
        for (int i = 0; i < max; i++) {
            assertThat(room.tryAcquire()).isTrue();
        }
        assertThat(room.tryAcquire()).isFalse();
    }
}
