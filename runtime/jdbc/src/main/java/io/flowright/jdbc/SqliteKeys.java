package io.flowright.jdbc;

import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.KeyWrite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Idempotency keys in SQLite. Each method works in the transaction of its session. */
final class SqliteKeys {

    private static final String WHERE_KEY = " WHERE flow = ? AND task = ? AND hash = ?";

    static final String FIND = "SELECT number, generation, run, expires_at FROM ${prefix}idempotency" + WHERE_KEY;

    /** Whether a run is active and its owner live. */
    static final String EXECUTED = """
            SELECT 1 FROM ${prefix}runs JOIN ${prefix}engines USING (owner)
            WHERE id = ? AND ended_at IS NULL AND lease_until > ?""";

    /** A run that loses a key: an owner that does not know that its lease is over is to record nothing more. */
    private static final String RELEASE =
            "UPDATE ${prefix}runs SET owner = NULL, epoch = epoch + 1 WHERE id = ? AND ended_at IS NULL";

    /**
     * @param run the run that has it; null: nobody has
     * @param expiresAt in microseconds; null: there is no result
     */
    private record Key(
            long number,
            long generation,
            @Nullable String run,
            @Nullable Long expiresAt) {
        static Key of(ResultSet row) throws SQLException {
            return new Key(row.getLong(1), row.getLong(2), row.getString(3), nullable(row));
        }

        private static @Nullable Long nullable(ResultSet row) throws SQLException {
            long value = row.getLong(4);
            return row.wasNull() ? null : value;
        }
    }

    private SqliteKeys() {}

    /**
     * A claim of a run in an epoch that is not over.
     *
     * @param nowMillis the time now
     */
    static KeyClaim claim(SqliteSession session, KeyName name, String run, long nowMillis) throws SQLException {
        Optional<Key> found = session.one(FIND, Key::of, name.flow(), name.task(), name.hash());
        if (found.isEmpty()) {
            session.update(
                    "INSERT INTO ${prefix}idempotency (flow, task, hash, generation, run) VALUES (?, ?, ?, 0, ?)",
                    name.flow(),
                    name.task(),
                    name.hash(),
                    run);
            return new KeyClaim.Owned(0);
        }
        Key key = found.get();
        if (key.expiresAt() != null && key.expiresAt() / 1_000 > nowMillis) {
            return completed(session, key);
        }
        if (key.run() != null && !key.run().equals(run)) {
            if (isBeingExecuted(session, key.run(), nowMillis)) {
                return new KeyClaim.Busy();
            }
            session.update(RELEASE, key.run());
        }
        session.update(
                "UPDATE ${prefix}idempotency SET run = ?, result = NULL, expires_at = NULL WHERE number = ?",
                run,
                key.number());
        return new KeyClaim.Owned(key.generation());
    }

    private static KeyClaim completed(SqliteSession session, Key key) throws SQLException {
        byte[][] result = new byte[1][];
        session.list(
                "SELECT result FROM ${prefix}idempotency WHERE number = ?",
                row -> result[0] = row.getBytes(1),
                key.number());
        return new KeyClaim.Completed(result[0], key.generation());
    }

    private static boolean isBeingExecuted(SqliteSession session, String run, long nowMillis) throws SQLException {
        return session.one(EXECUTED, row -> true, run, nowMillis).isPresent();
    }

    /** What a run writes of its keys. */
    static void apply(SqliteSession session, String run, List<KeyWrite> writes) throws SQLException {
        for (KeyWrite write : writes) {
            apply(session, run, write);
        }
    }

    private static void apply(SqliteSession session, String run, KeyWrite write) throws SQLException {
        KeyName key = write.key();
        if (write instanceof KeyWrite.Complete complete) {
            session.update(
                    "UPDATE ${prefix}idempotency SET run = NULL, result = ?, expires_at = ?" + WHERE_KEY
                            + " AND run = ?",
                    complete.result(),
                    Micros.of(complete.expiresAt()),
                    key.flow(),
                    key.task(),
                    key.hash(),
                    run);
        } else if (write instanceof KeyWrite.GiveUp) {
            session.update(
                    "UPDATE ${prefix}idempotency SET run = NULL" + WHERE_KEY + " AND run = ?",
                    key.flow(),
                    key.task(),
                    key.hash(),
                    run);
        } else if (write instanceof KeyWrite.Revoke revoke) {
            // Who else has claimed the key since keeps it: it executes the task.
            session.update(
                    """
                    UPDATE ${prefix}idempotency SET generation = generation + 1, result = NULL, expires_at = NULL,
                        run = CASE WHEN run = ? THEN NULL ELSE run END""" + WHERE_KEY + " AND generation = ?",
                    run,
                    key.flow(),
                    key.task(),
                    key.hash(),
                    revoke.generation());
        }
    }
}
