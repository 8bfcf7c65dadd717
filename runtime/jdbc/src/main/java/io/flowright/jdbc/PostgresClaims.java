package io.flowright.jdbc;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.RunRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Claims of runs and of idempotency keys. A claim of runs that was cut off may have had its effect: the next one like it asks first for
 * what belongs to the engine by that call.
 */
final class PostgresClaims {

    static final String RUN_COLUMNS = Stream.of(
                    "id",
                    "flow",
                    "fingerprint",
                    "version",
                    "status",
                    "owner",
                    "epoch",
                    "inputs",
                    "targets",
                    "deadline",
                    "error",
                    "created_at",
                    "ended_at")
            .map(column -> "r." + column)
            .collect(joining(", "));

    /**
     * The owners of active runs, one look into the index for each, and those of them that are not live. An engine that renews its lease at
     * this moment has locked its row: it is passed over. One whose row is shared here learns, after the claim, that its lease was over.
     */
    private static final String DEAD = """
            WITH RECURSIVE owners (owner) AS (
              SELECT (SELECT r.owner FROM ${schema}${prefix}runs r WHERE r.ended_at IS NULL ORDER BY r.owner LIMIT 1)
              UNION ALL
              SELECT (SELECT r.owner FROM ${schema}${prefix}runs r WHERE r.ended_at IS NULL AND r.owner > o.owner
                ORDER BY r.owner LIMIT 1)
              FROM owners o WHERE o.owner IS NOT NULL
            ), expired AS MATERIALIZED (
              SELECT e.owner FROM owners o CROSS JOIN LATERAL (
                SELECT e.owner FROM ${schema}${prefix}engines e WHERE e.owner = o.owner AND e.lease_until <= clock_timestamp() %s
              ) e
            ), dead AS MATERIALIZED (
              SELECT owner FROM expired
              UNION ALL
              SELECT o.owner FROM owners o
              WHERE o.owner IS NOT NULL AND NOT EXISTS (SELECT FROM ${schema}${prefix}engines e WHERE e.owner = o.owner)
            )""";

    private static final String ADOPT = DEAD.formatted("FOR SHARE SKIP LOCKED") + """
            , flows AS MATERIALIZED (
              SELECT f.flow, f.fingerprint FROM unnest(?::text[], ?::text[]) AS f (flow, fingerprint)
            ), wanted AS MATERIALIZED (
              SELECT o.id FROM dead d CROSS JOIN LATERAL (
                SELECT r.id, r.priority, r.created_at FROM ${schema}${prefix}runs r
                WHERE r.owner = d.owner AND r.ended_at IS NULL AND (r.flow, r.fingerprint) IN (SELECT flow, fingerprint FROM flows)
                ORDER BY r.priority DESC, r.created_at, r.id LIMIT ? FOR UPDATE SKIP LOCKED
              ) o
              ORDER BY o.priority DESC, o.created_at, o.id LIMIT ?
            )
            UPDATE ${schema}${prefix}runs r SET owner = ?, epoch = r.epoch + 1, claim = ?
            WHERE r.id = ANY (ARRAY(SELECT w.id FROM wanted w))
            RETURNING r.priority,\s""" + RUN_COLUMNS;

    /** The index has the oldest first within each priority: one look into it for each of those. */
    private static final String ORPHANS = DEAD.formatted("") + """
            , levels (owner, priority) AS (
              SELECT d.owner, (SELECT r.priority FROM ${schema}${prefix}runs r WHERE r.owner = d.owner AND r.ended_at IS NULL
                ORDER BY r.priority DESC LIMIT 1)
              FROM dead d
              UNION ALL
              SELECT l.owner, (SELECT r.priority FROM ${schema}${prefix}runs r WHERE r.owner = l.owner AND r.ended_at IS NULL
                AND r.priority < l.priority ORDER BY r.priority DESC LIMIT 1)
              FROM levels l WHERE l.priority IS NOT NULL
            )
            SELECT o.* FROM levels l CROSS JOIN LATERAL (
              SELECT %s FROM ${schema}${prefix}runs r WHERE r.owner = l.owner AND r.priority = l.priority AND r.ended_at IS NULL
              ORDER BY r.created_at, r.id LIMIT ?
            ) o
            ORDER BY o.created_at, o.id LIMIT ?""".formatted(RUN_COLUMNS);

    private static final String OWNED =
            "SELECT r.id, r.epoch FROM ${schema}${prefix}runs r WHERE r.owner = ? AND r.ended_at IS NULL";

    private static final String DISOWN = """
            UPDATE ${schema}${prefix}runs r SET owner = '', epoch = r.epoch + 1
            WHERE r.id = ? AND r.owner = ? AND r.epoch = ? AND r.ended_at IS NULL
            RETURNING r.id""";

    private static final String ADOPTED = "SELECT " + RUN_COLUMNS
            + " FROM ${schema}${prefix}runs r WHERE r.owner = ? AND r.ended_at IS NULL AND r.claim = ?"
            + " ORDER BY r.priority DESC, r.created_at, r.id";

    private static final String ACQUIRE = """
            WITH r AS (
              UPDATE ${schema}${prefix}runs r SET status = ?, owner = ?, epoch = r.epoch + 1, claim = ?,
                ended_at = CASE WHEN ? THEN NULL ELSE r.ended_at END, deadline = NULL
              WHERE r.id = ? AND r.status = ANY (?)
              RETURNING %s
            ), again AS (
              UPDATE ${schema}${prefix}tasks t SET status = 'RETRYING', due_at = t.ended_at
              FROM r WHERE t.run = r.id AND t.status = 'FAILED'
            ), void AS (
              DELETE FROM ${schema}${prefix}commands c WHERE c.run = (SELECT r.id FROM r)
            )
            SELECT %1$s FROM r""".formatted(RUN_COLUMNS);

    private static final String ACQUIRED =
            "SELECT " + RUN_COLUMNS + " FROM ${schema}${prefix}runs r WHERE r.id = ? AND r.owner = ? AND r.claim = ?";

    /**
     * Runs are locked before the key, as everywhere: the one that asks, and the one that has the key if its owner does not live. That is
     * looked at once more when it is locked, for it may have been adopted meanwhile. If it loses the key, its epoch is over: an owner that
     * does not know that its lease is over is to record nothing more. The key as it was before is read for the answer if the claim fails:
     * between then and the claim it can only have become one that is taken by somebody else.
     *
     * <p>What is asked of other runs and of engines is seen as it was when the statement began, however long it has waited for a lock since.
     * So a key is taken from somebody only if its row is the very version that was seen then, and an orphan only in the epoch in which it
     * was one. Else the answer is that the key is busy, and whoever asks will ask again.
     */
    private static final String CLAIM = """
            WITH asked (id, epoch, flow, task, hash) AS (
              VALUES (?, ?::int8, ?, ?, ?)
            ), orphaned AS MATERIALIZED (
              SELECT r.id, r.epoch FROM asked a
              JOIN ${schema}${prefix}idempotency k ON k.flow = a.flow AND k.task = a.task AND k.hash = a.hash
              JOIN ${schema}${prefix}runs r ON r.id = k.run
              WHERE k.run <> a.id AND r.ended_at IS NULL AND NOT EXISTS (%1$s)
            ), locked AS MATERIALIZED (
              SELECT r.id, r.epoch, r.owner, r.ended_at FROM ${schema}${prefix}runs r
              WHERE r.id IN (SELECT a.id FROM asked a UNION ALL SELECT o.id FROM orphaned o)
              ORDER BY r.id FOR NO KEY UPDATE
            ), held AS (
              SELECT a.* FROM asked a JOIN locked r ON r.id = a.id AND r.epoch = a.epoch
            ), seen AS MATERIALIZED (
              SELECT k.ctid AS version FROM asked a
              JOIN ${schema}${prefix}idempotency k ON k.flow = a.flow AND k.task = a.task AND k.hash = a.hash
            ), loser AS (
              SELECT r.id FROM locked r JOIN orphaned o ON o.id = r.id AND o.epoch = r.epoch
              WHERE r.ended_at IS NULL AND NOT EXISTS (%1$s)
            ), claimed AS (
              INSERT INTO ${schema}${prefix}idempotency AS k (flow, task, hash, generation, run)
              SELECT h.flow, h.task, h.hash, 0, h.id FROM held h
              ON CONFLICT (flow, task, hash) DO UPDATE SET run = excluded.run, expires_at = NULL, result = NULL
              WHERE (k.expires_at IS NULL OR k.expires_at <= clock_timestamp())
                AND (k.run IS NULL OR k.run = excluded.run
                  OR (k.ctid = (SELECT s.version FROM seen s) AND (k.run IN (SELECT l.id FROM loser l)
                    OR NOT EXISTS (SELECT FROM ${schema}${prefix}runs r WHERE r.id = k.run AND r.ended_at IS NULL))))
              RETURNING k.generation
            ), released AS (
              UPDATE ${schema}${prefix}runs r SET owner = '', epoch = r.epoch + 1 FROM loser l, claimed c WHERE r.id = l.id
            )
            SELECT c.generation, k.generation, k.expires_at > clock_timestamp(), k.result
            FROM held
            LEFT JOIN claimed c ON true
            LEFT JOIN ${schema}${prefix}idempotency k ON k.flow = held.flow AND k.task = held.task AND k.hash = held.hash""".formatted(
                    "SELECT FROM ${schema}${prefix}engines e WHERE e.owner = r.owner AND e.lease_until > clock_timestamp()");

    private record Adopted(int priority, RunRecord run) {}

    private static final Comparator<Adopted> IN_TURN = Comparator.comparingInt(Adopted::priority)
            .reversed()
            .thenComparing(adopted -> adopted.run().createdAt())
            .thenComparing(adopted -> adopted.run().id());

    private final Database database;
    private final String adopt;
    private final String adopted;
    private final String acquire;
    private final String acquired;
    private final String orphans;
    private final String owned;
    private final String disown;
    private final String claim;
    /** Calls that were cut off: who asked for what, and the mark that the call would have left. */
    private final Map<List<String>, String> unsure = new ConcurrentHashMap<>();

    PostgresClaims(Database database, Tables tables) {
        this.database = database;
        this.adopt = tables.in(ADOPT);
        this.adopted = tables.in(ADOPTED);
        this.acquire = tables.in(ACQUIRE);
        this.acquired = tables.in(ACQUIRED);
        this.orphans = tables.in(ORPHANS);
        this.owned = tables.in(OWNED);
        this.disown = tables.in(DISOWN);
        this.claim = tables.in(CLAIM);
    }

    List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
        List<FlowVersion> wanted = List.copyOf(flows);
        List<String> call = List.of(owner);
        List<RunRecord> before = claimedBefore(call, "Asking for adopted runs", adopted, owner);
        if (!before.isEmpty()) {
            return before;
        }
        String mark = UUID.randomUUID().toString();
        return marked(
                        call,
                        mark,
                        () -> database.query(
                                "Adopting runs",
                                adopt,
                                row -> new Adopted(row.getInt("priority"), Rows.run(row)),
                                parameters -> parameters
                                        .texts(wanted, FlowVersion::flow)
                                        .texts(wanted, FlowVersion::fingerprint)
                                        .number(limit)
                                        .number(limit)
                                        .text(owner)
                                        .text(mark)))
                .stream()
                .sorted(IN_TURN)
                .map(Adopted::run)
                .toList();
    }

    Optional<RunRecord> acquire(String run, String owner, Set<RunStatus> from, RunStatus to) {
        List<String> call = List.of(owner, run);
        List<RunRecord> before = claimedBefore(call, "Asking for an acquired run", acquired, run, owner);
        if (!before.isEmpty()) {
            return Optional.of(before.get(0));
        }
        String mark = UUID.randomUUID().toString();
        return marked(
                        call,
                        mark,
                        () -> database.query(
                                "Acquiring a run",
                                acquire,
                                Rows::run,
                                parameters -> parameters
                                        .text(to.name())
                                        .text(owner)
                                        .text(mark)
                                        .flag(to.isActive())
                                        .text(run)
                                        .texts(List.copyOf(from), RunStatus::name)))
                .stream()
                .findFirst();
    }

    /** What an earlier call, whose answer was lost, has claimed; empty: nothing, or there was none. */
    private List<RunRecord> claimedBefore(List<String> call, String purpose, String sql, String... names) {
        String mark = unsure.get(call);
        if (mark == null) {
            return List.of();
        }
        List<RunRecord> runs = database.query(purpose, sql, Rows::run, parameters -> {
            for (String name : names) {
                parameters.text(name);
            }
            return parameters.text(mark);
        });
        unsure.remove(call);
        return runs;
    }

    private <T> T marked(List<String> call, String mark, Supplier<T> claiming) {
        try {
            return claiming.get();
        } catch (StoreUnavailableException failure) {
            unsure.put(call, mark);
            throw failure;
        }
    }

    List<RunRecord> orphans(int limit) {
        return database.query(
                "Looking for runs without an owner",
                orphans,
                Rows::run,
                parameters -> parameters.number(limit).number(limit));
    }

    Map<String, Long> owned(String owner) {
        return database
                .query(
                        "Looking for the runs of an engine",
                        owned,
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        parameters -> parameters.text(owner))
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void disown(String owner, String run, long epoch) {
        database.query(
                "Giving back a run",
                disown,
                row -> row.getString(1),
                parameters -> parameters.text(run).text(owner).number(epoch));
    }

    Optional<KeyClaim> claim(KeyName key, String run, long epoch) {
        return database
                .query(
                        "Claiming an idempotency key",
                        claim,
                        PostgresClaims::answer,
                        parameters -> parameters
                                .text(run)
                                .number(epoch)
                                .text(key.flow())
                                .text(key.task())
                                .text(key.hash()))
                .stream()
                .findFirst();
    }

    private static KeyClaim answer(ResultSet row) throws SQLException {
        long claimed = row.getLong(1);
        if (!row.wasNull()) {
            return new KeyClaim.Owned(claimed);
        }
        long generation = row.getLong(2);
        return row.getBoolean(3) ? new KeyClaim.Completed(row.getBytes(4), generation) : new KeyClaim.Busy();
    }
}
