package io.flowright.jdbc;

import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.RunActivity;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Engines in SQLite. Each method works in the transaction of its session, if there is one; the times are those of this machine's clock. */
final class SqliteEngines {

    /** Rows of engines that died are kept for some time, for those that only slept. */
    private static final long FORGET_MILLIS = Duration.ofDays(7).toMillis();

    private SqliteEngines() {}

    static void enter(SqliteSession session, String owner, String label, long now, Duration lease) throws SQLException {
        session.update("""
                DELETE FROM ${prefix}announcements
                WHERE owner IN (SELECT owner FROM ${prefix}engines WHERE lease_until < ?)""", now - FORGET_MILLIS);
        session.update("DELETE FROM ${prefix}engines WHERE lease_until < ?", now - FORGET_MILLIS);
        session.update("""
                INSERT INTO ${prefix}engines (owner, label, process, lease_until) VALUES (?, ?, ?, ?)
                ON CONFLICT (owner) DO UPDATE
                SET label = excluded.label, process = excluded.process, lease_until = excluded.lease_until""", owner, label, EngineLocks.process(), end(now, lease));
    }

    /** Whether the engine has been live without a break. */
    static boolean renew(SqliteSession session, String owner, long now, Duration lease) throws SQLException {
        boolean unbroken = isLive(session, owner, now);
        session.update("""
                INSERT INTO ${prefix}engines (owner, label, process, lease_until) VALUES (?, '', ?, ?)
                ON CONFLICT (owner) DO UPDATE SET process = excluded.process, lease_until = excluded.lease_until""", owner, EngineLocks.process(), end(now, lease));
        return unbroken;
    }

    private static long end(long now, Duration lease) {
        // A lease for ever is as good as one of some centuries.
        long seconds = Math.min(lease.toSeconds(), Integer.MAX_VALUE * 4L);
        return now + seconds * 1_000 + lease.toMillisPart();
    }

    static void note(SqliteSession session, RunActivity activity) throws SQLException {
        session.update("""
                INSERT INTO ${prefix}activities (run, activity)
                SELECT number, ? FROM ${prefix}runs WHERE id = ? AND epoch = ?
                ON CONFLICT (run) DO UPDATE SET activity = excluded.activity""", activity.activity(), activity.run(), activity.epoch());
    }

    static void announce(SqliteSession session, String owner, FlowVersion flow, byte[] outline) throws SQLException {
        session.update("""
                INSERT INTO ${prefix}outlines (flow, fingerprint, outline) VALUES (?, ?, ?)
                ON CONFLICT (flow, fingerprint) DO UPDATE SET outline = excluded.outline""", flow.flow(), flow.fingerprint(), outline);
        session.update("""
                INSERT INTO ${prefix}announcements (owner, flow, fingerprint) VALUES (?, ?, ?)
                ON CONFLICT (owner, flow, fingerprint) DO NOTHING""", owner, flow.flow(), flow.fingerprint());
    }

    static void leave(SqliteSession session, String owner) throws SQLException {
        session.update("DELETE FROM ${prefix}announcements WHERE owner = ?", owner);
        session.update("DELETE FROM ${prefix}engines WHERE owner = ?", owner);
    }

    static Set<FlowVersion> announced(SqliteSession session, long now) throws SQLException {
        return new HashSet<>(session.list("""
                SELECT DISTINCT flow, fingerprint FROM ${prefix}announcements JOIN ${prefix}engines USING (owner)
                WHERE lease_until > ?""", row -> new FlowVersion(row.getString(1), row.getString(2)), now));
    }

    static boolean isLive(SqliteSession session, @Nullable String owner, long now) throws SQLException {
        return owner != null
                && session.one(
                                "SELECT 1 FROM ${prefix}engines WHERE owner = ? AND lease_until > ?",
                                row -> true,
                                owner,
                                now)
                        .isPresent();
    }

    /** Engines of other processes whose leases are not over. */
    static List<String> elsewhere(SqliteSession session, long now) throws SQLException {
        return session.list(
                "SELECT owner FROM ${prefix}engines WHERE lease_until > ? AND process <> ?",
                row -> row.getString(1),
                now,
                EngineLocks.process());
    }

    /** Ends the lease of an engine whose process has ended. */
    static void end(SqliteSession session, String owner) throws SQLException {
        session.update("UPDATE ${prefix}engines SET lease_until = 0 WHERE owner = ?", owner);
    }
}
