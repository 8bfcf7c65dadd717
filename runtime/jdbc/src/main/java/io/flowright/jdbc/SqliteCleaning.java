package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes from SQLite what is not needed any more. Each method works in the transaction of its session. */
final class SqliteCleaning {

    /** All in the index for lists: who was started later than the time that decides has not ended before. */
    static final String OLD = """
            SELECT number, created_at, id FROM ${prefix}runs
            WHERE flow = ? AND status = ? AND created_at < ? AND ended_at < ? ORDER BY created_at, id LIMIT ?""";

    static final String FREE = """
            SELECT number FROM ${prefix}idempotency
            WHERE run IS NULL AND generation = 0 AND expires_at IS NULL LIMIT ?""";

    static final String EXPIRED = """
            SELECT number FROM ${prefix}idempotency
            WHERE run IS NULL AND generation = 0 AND expires_at <= ? LIMIT ?""";

    private record Old(long number, long createdAt) {}

    private SqliteCleaning() {}

    static int purge(SqliteSession session, @Nullable String flow, RunStatus status, Instant endedBefore, int limit)
            throws SQLException {
        long end = Micros.bound(endedBefore);
        List<Old> old = new ArrayList<>();
        for (String name : flow == null ? SqliteLists.flows(session) : List.of(flow)) {
            old.addAll(session.list(
                    OLD, row -> new Old(row.getLong(1), row.getLong(2)), name, status.name(), end, end, limit));
        }
        List<Long> runs = old.stream()
                .sorted(Comparator.comparingLong(Old::createdAt))
                .limit(limit)
                .map(Old::number)
                .toList();
        for (long run : runs) {
            remove(session, run);
        }
        return runs.size();
    }

    private static void remove(SqliteSession session, long run) throws SQLException {
        session.update("DELETE FROM ${prefix}tags WHERE run = ?", run);
        session.update("DELETE FROM ${prefix}tasks WHERE run = ?", run);
        session.update("DELETE FROM ${prefix}activities WHERE run = ?", run);
        session.update("DELETE FROM ${prefix}commands WHERE run = ?", run);
        session.update("DELETE FROM ${prefix}runs WHERE number = ?", run);
    }

    /**
     * @param now the time, in milliseconds
     */
    static int purgeKeys(SqliteSession session, long now, int limit) throws SQLException {
        List<Long> keys = new ArrayList<>(session.list(FREE, row -> row.getLong(1), limit));
        keys.addAll(session.list(EXPIRED, row -> row.getLong(1), now * 1_000, limit - keys.size()));
        for (long key : keys) {
            session.update("DELETE FROM ${prefix}idempotency WHERE number = ?", key);
        }
        return keys.size();
    }
}
