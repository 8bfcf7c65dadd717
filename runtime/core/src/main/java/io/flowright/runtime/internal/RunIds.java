package io.flowright.runtime.internal;

import io.flowright.runtime.spi.FlowClock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes run ids: UUIDs of version 7 (RFC 9562), which sort by time, so that rows of runs that started together lie together
 * in an index. Their random bits come from a fast generator: an id has to be unique, nobody is kept out by not knowing it.
 */
public final class RunIds {

    private RunIds() {}

    public static String next(FlowClock clock) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long millis = clock.now().toEpochMilli();
        long high = millis << 16 | 0x7000 | (random.nextLong() & 0xFFF);
        long low = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
        return new UUID(high, low).toString();
    }
}
