package io.flowright.crash.chaos;

import io.flowright.crash.Proxy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of its own, which is killed and started again, behind a network that is cut, slow and worse, with a clock that jumps.
 */
final class ChaosPostgres implements ChaosStore {

    /** Before the server's own functions in the search path. */
    private static final String CLOCK = "jumping";

    /** For how many seconds a connection is waited for that does not answer; not as long as by default, for there is more to come. */
    private static final int PATIENCE = 5;

    private static final Duration SILENCE = Duration.ofSeconds(2 * PATIENCE);

    private final Path data;
    private final Duration lease;
    private final Proxy proxy;
    private EmbeddedPostgres server;

    ChaosPostgres(Path directory, Duration lease) throws IOException, SQLException {
        this.data = directory.resolve("postgres");
        this.lease = lease;
        this.server = start(0);
        this.proxy = new Proxy("localhost", server.getPort());
        execute("CREATE SCHEMA " + CLOCK);
        execute("CREATE TABLE " + CLOCK + ".clock (ahead interval NOT NULL)");
        execute("INSERT INTO " + CLOCK + ".clock VALUES (interval '0')");
        execute("CREATE FUNCTION " + CLOCK + ".clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS"
                + " 'SELECT pg_catalog.clock_timestamp() + (SELECT ahead FROM " + CLOCK + ".clock)'");
    }

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "100")
                .setPGStartupWait(Duration.ofSeconds(60))
                // The server dies here, not the machine.
                .setServerConfig("fsync", "off")
                // It is off in this kind of server, which then loses what it has confirmed.
                .setServerConfig("synchronous_commit", "on");
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }

    @Override
    public String address() {
        return url(proxy.port());
    }

    @Override
    public String quietAddress() {
        return url(server.getPort());
    }

    private static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres&socketTimeout=" + PATIENCE
                + "&options=-c%20search_path%3D" + CLOCK + ",pg_catalog,public";
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(quietAddress());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public List<Trouble> troubles() {
        return List.of(
                new Trouble("backends terminated", this::terminate),
                new Trouble("server killed", random -> restart("KILL", random)),
                new Trouble("server stopped at once", random -> restart("QUIT", random)),
                new Trouble("connections reset", random -> proxy.cutOnce()),
                new Trouble("network cut", this::cut),
                new Trouble("network slow", this::slow),
                new Trouble("connections half closed", random -> proxy.halfCloseOnce(random.nextBoolean())),
                new Trouble("connections gone silent", random -> proxy.silenceOnce(), SILENCE),
                new Trouble("clock of the server jumps", this::jump));
    }

    private void terminate(Random random) throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'flowright'"
                + " AND pid <> pg_backend_pid() AND random() < " + (0.2 + 0.8 * random.nextDouble()));
    }

    private void restart(String signal, Random random) throws IOException, InterruptedException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        // A new server is not let in as long as one of them has the old one's memory.
        List<ProcessHandle> backends = postmaster.descendants().toList();
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        postmaster.onExit().join();
        backends.forEach(backend -> backend.onExit().join());
        pause(random, 0, lease.toMillis() * 3 / 2);
        int port = server.getPort();
        server.close();
        server = start(port);
    }

    private void cut(Random random) throws InterruptedException {
        proxy.cut();
        pause(random, 200, lease.toMillis() * 2);
        proxy.restore();
    }

    private void slow(Random random) throws InterruptedException {
        proxy.delay(Duration.ofMillis(5 + random.nextInt(200)));
        pause(random, 1_000, lease.toMillis() * 2);
        proxy.delay(Duration.ZERO);
    }

    /** Ahead by as much as you like; back by so little that a lease which began before is not to be waited for for long. */
    private void jump(Random random) throws SQLException {
        long millis = random.nextBoolean()
                ? lease.toMillis() * (1 + random.nextInt(100))
                : -random.nextLong(lease.toMillis() * 2);
        execute("UPDATE " + CLOCK + ".clock SET ahead = ahead + interval '" + millis + " milliseconds'");
    }

    private static void pause(Random random, long least, long most) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(least + random.nextLong(most - least));
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
    }
}
