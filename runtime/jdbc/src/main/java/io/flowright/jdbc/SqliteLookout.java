package io.flowright.jdbc;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks some times a second whether anything was done to runs, by this process or another: it is all in the audit trail. What this store
 * itself did is seen at once.
 */
final class SqliteLookout implements Watchers.Lookout {

    private static final Logger LOGGER = LoggerFactory.getLogger(SqliteLookout.class);

    private static final int POLL_MILLIS = 150;

    private final SqliteFile file;
    private final Tables tables;
    private final Semaphore done = new Semaphore(0);

    SqliteLookout(SqliteFile file, Tables tables) {
        this.file = file;
        this.tables = tables;
    }

    /** Something was done here. */
    void lookNow() {
        done.release();
    }

    @Override
    public void watch(Runnable tell) throws InterruptedException {
        // A connection of its own, for which nobody waits.
        try (SqliteSession session = new SqliteSession(file, tables)) {
            Optional<Long> before = Optional.empty();
            boolean warned = false;
            while (true) {
                try {
                    Optional<Long> now = session.read(
                            "looking for commands", look -> look.one(SqliteAudit.HEAD, row -> row.getLong(1)));
                    if (!now.equals(before)) {
                        before = now;
                        tell.run();
                    }
                } catch (RuntimeException failure) {
                    if (!warned) {
                        LOGGER.warn("It cannot be seen whether there are commands for runs; trying again", failure);
                        warned = true;
                    }
                }
                if (done.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    done.drainPermits();
                }
            }
        }
    }
}
