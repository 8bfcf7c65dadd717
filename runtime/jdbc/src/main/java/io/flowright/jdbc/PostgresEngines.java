package io.flowright.jdbc;

import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.RunActivity;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Who is live, and what they can run and are doing. Times are those of the server's clock. */
final class PostgresEngines {

    /** Rows of engines that died longer ago than anybody waits are cleared away by whoever enters. */
    private static final String ENTER = """
            WITH gone AS (
              DELETE FROM ${schema}${prefix}engines WHERE owner IN (
                SELECT owner FROM ${schema}${prefix}engines
                WHERE lease_until < clock_timestamp() - interval '30 days' AND owner <> ? FOR UPDATE SKIP LOCKED)
              RETURNING owner
            ), unsaid AS (
              DELETE FROM ${schema}${prefix}announcements a USING gone WHERE a.owner = gone.owner
            )
            INSERT INTO ${schema}${prefix}engines AS e (owner, label, lease_until, unbroken, breaks)
            VALUES (?, ?, clock_timestamp() + make_interval(secs => ?), true, 0)
            ON CONFLICT (owner) DO UPDATE SET label = excluded.label, lease_until = clock_timestamp() + make_interval(secs => ?)
            RETURNING unbroken, breaks""";

    private static final String RENEW = """
            INSERT INTO ${schema}${prefix}engines AS e (owner, label, lease_until, unbroken, breaks)
            VALUES (?, '', clock_timestamp() + make_interval(secs => ?), false, 1)
            ON CONFLICT (owner) DO UPDATE SET
              unbroken = e.lease_until > clock_timestamp(),
              breaks = e.breaks + CASE WHEN e.lease_until > clock_timestamp() THEN 0 ELSE 1 END,
              lease_until = clock_timestamp() + make_interval(secs => ?)
            RETURNING unbroken, breaks""";

    private static final String RENEW_AND_NOTE = """
            WITH noted AS (
              INSERT INTO ${schema}${prefix}activities (run, activity)
              SELECT r.id, a.activity FROM unnest(?::text[], ?::int8[], ?::bytea[]) AS a (run, epoch, activity)
              CROSS JOIN LATERAL (
                SELECT r.id FROM ${schema}${prefix}runs r WHERE r.id = a.run AND r.epoch = a.epoch OFFSET 0
              ) r
              ON CONFLICT (run) DO UPDATE SET activity = excluded.activity
            )
            """ + RENEW;

    private static final String ANNOUNCE = """
            WITH outlined AS (
              INSERT INTO ${schema}${prefix}outlines (flow, fingerprint, outline) VALUES (?, ?, ?)
              ON CONFLICT (flow, fingerprint) DO UPDATE SET outline = excluded.outline
            )
            INSERT INTO ${schema}${prefix}announcements (owner, flow, fingerprint) VALUES (?, ?, ?) ON CONFLICT DO NOTHING""";

    private static final String ANNOUNCED = """
            SELECT DISTINCT a.flow, a.fingerprint
            FROM ${schema}${prefix}engines e JOIN ${schema}${prefix}announcements a ON a.owner = e.owner
            WHERE e.lease_until > clock_timestamp()""";

    private static final String LEAVE = """
            WITH unsaid AS (DELETE FROM ${schema}${prefix}announcements WHERE owner = ?)
            DELETE FROM ${schema}${prefix}engines WHERE owner = ?""";

    private static final double CENTURY = Duration.ofDays(36_500).toSeconds();

    private final Database database;
    private final String enter;
    private final String renew;
    private final String renewAndNote;
    private final String announce;
    private final String announced;
    private final String leave;
    /** How often the lease of an engine had run out when it was last heard of here; and whose last call was cut off. */
    private final Map<String, Long> breaks = new ConcurrentHashMap<>();

    private final Set<String> unsure = ConcurrentHashMap.newKeySet();

    PostgresEngines(Database database, Tables tables) {
        this.database = database;
        this.enter = tables.in(ENTER);
        this.renew = tables.in(RENEW);
        this.renewAndNote = tables.in(RENEW_AND_NOTE);
        this.announce = tables.in(ANNOUNCE);
        this.announced = tables.in(ANNOUNCED);
        this.leave = tables.in(LEAVE);
    }

    void enter(String owner, String label, Duration lease) {
        Lease now = database.autocommit("Entering an engine", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(enter)) {
                statement.setString(1, owner);
                statement.setString(2, owner);
                statement.setString(3, label);
                statement.setDouble(4, seconds(lease));
                statement.setDouble(5, seconds(lease));
                return lease(statement);
            }
        });
        breaks.put(owner, now.breaks);
    }

    boolean renew(String owner, Duration lease, List<RunActivity> activities) {
        Lease now;
        try {
            now = database.autocommit("Renewing a lease", connection -> {
                try (PreparedStatement statement =
                        connection.prepareStatement(activities.isEmpty() ? renew : renewAndNote)) {
                    int last = activities.isEmpty() ? 0 : note(statement, activities);
                    statement.setString(last + 1, owner);
                    statement.setDouble(last + 2, seconds(lease));
                    statement.setDouble(last + 3, seconds(lease));
                    return lease(statement);
                }
            });
        } catch (StoreUnavailableException failure) {
            unsure.add(owner);
            throw failure;
        }
        // A call that was cut off may have found the lease over, and nobody has heard of that yet.
        Long before = breaks.put(owner, now.breaks);
        boolean missed = unsure.remove(owner) && before != null && before != now.breaks;
        return now.unbroken && !missed;
    }

    private static int note(PreparedStatement statement, List<RunActivity> activities) throws SQLException {
        // One statement changes no row twice; sorted, so that it waits for no other that waits for it.
        Map<String, RunActivity> last = new TreeMap<>();
        Comparator<RunActivity> byEpoch = Comparator.comparingLong(RunActivity::epoch);
        activities.forEach(activity ->
                last.merge(activity.run(), activity, (one, next) -> byEpoch.compare(one, next) > 0 ? one : next));
        List<RunActivity> rows = List.copyOf(last.values());
        new Parameters(statement)
                .texts(rows, RunActivity::run)
                .longs(rows, RunActivity::epoch)
                .byteArrays(rows, RunActivity::activity);
        return 3;
    }

    /** What the row of an engine says once it is live. */
    private record Lease(boolean unbroken, long breaks) {}

    private static Lease lease(PreparedStatement statement) throws SQLException {
        return Rows.of(statement, row -> new Lease(row.getBoolean(1), row.getLong(2)))
                .get(0);
    }

    private static double seconds(Duration lease) {
        return Math.min(lease.getSeconds() + lease.getNano() / 1e9, CENTURY);
    }

    void announce(String owner, FlowVersion flow, byte[] outline) {
        database.autocommit("Announcing a flow", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(announce)) {
                new Parameters(statement)
                        .text(flow.flow())
                        .text(flow.fingerprint())
                        .bytes(outline)
                        .text(owner)
                        .text(flow.flow())
                        .text(flow.fingerprint());
                return statement.executeUpdate();
            }
        });
    }

    void leave(String owner) {
        database.autocommit("Leaving", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(leave)) {
                statement.setString(1, owner);
                statement.setString(2, owner);
                return statement.executeUpdate();
            }
        });
        breaks.remove(owner);
        unsure.remove(owner);
    }

    Set<FlowVersion> announced() {
        return Set.copyOf(database.autocommit("Asking what engines can run", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(announced)) {
                return Rows.of(statement, row -> new FlowVersion(row.getString(1), row.getString(2)));
            }
        }));
    }
}
