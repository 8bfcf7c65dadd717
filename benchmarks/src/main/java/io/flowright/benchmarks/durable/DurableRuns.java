package io.flowright.benchmarks.durable;

import io.flowright.jdbc.PostgresStore;
import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.Engine;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs a chain of five tasks durably, with 1, 8 and 32 callers at once, on each store; beside it what the same PostgreSQL server does of
 * single rows, one commit each. The rounds of the stores are interleaved, since neighbours make noise.
 *
 * <p>Argument: {@code quick}, two rounds of 2 s each, or {@code full}, five of 10 s. The server is the one whose URL is in the environment variable
 * {@code FLOWRIGHT_TEST_POSTGRES}, else one that is started, whose commits are safe.
 */
public final class DurableRuns {

    private static final int[] CALLERS = {1, 8, 32};

    private final Duration time;
    private final Map<String, List<Double>> rates = new TreeMap<>();
    private final Map<String, List<Double>> medians = new TreeMap<>();
    private final Map<String, List<Double>> slowest = new TreeMap<>();

    private DurableRuns(Duration time) {
        this.time = time;
    }

    public static void main(String[] args) throws Exception {
        boolean full = args.length > 0 && args[0].equals("full");
        Duration time = Duration.ofSeconds(full ? 10 : 2);
        int rounds = full ? 5 : 2;
        Path folder = Files.createTempDirectory("flowright-durable");
        String given = System.getenv("FLOWRIGHT_TEST_POSTGRES");
        EmbeddedPostgres started = given == null ? start() : null;
        String url = given == null && started != null ? started.getJdbcUrl("postgres", "postgres") : given;
        DurableRuns runs = new DurableRuns(time);
        try (RunStore memory = new MemoryStore();
                RunStore sqlite = SqliteStore.open(folder.resolve("runs.db"));
                RunStore postgres = PostgresStore.builder(String.valueOf(url))
                        .schema("durable_runs_benchmark")
                        .open()) {
            for (int round = 0; round <= rounds; round++) {
                for (int callers : CALLERS) {
                    // The first round warms up.
                    boolean counts = round > 0;
                    runs.measure("memory", memory, callers, counts);
                    runs.measure("SQLite", sqlite, callers, counts);
                    runs.measure("PostgreSQL", postgres, callers, counts);
                    runs.measureRows(String.valueOf(url), callers, counts);
                }
            }
        } finally {
            if (started != null) {
                started.close();
            }
        }
        runs.print();
    }

    /** It comes with settings for tests, which keep nothing over a crash. */
    private static EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private void measure(String name, RunStore store, int callers, boolean counts) throws Exception {
        try (Engine engine = Engine.builder().store(store).build()) {
            FiveStepsFlow flow = FiveStepsFlow.create(new FiveStepsTasks(), engine);
            AtomicLong ids = new AtomicLong();
            call(name, callers, counts, () -> flow.run(ids.incrementAndGet()).sent());
        }
    }

    private void measureRows(String url, int callers, boolean counts) throws Exception {
        List<Connection> connections = new ArrayList<>();
        try (Connection first = DriverManager.getConnection(url);
                Statement ddl = first.createStatement()) {
            ddl.execute("CREATE TABLE IF NOT EXISTS single_rows (id bigserial PRIMARY KEY, value text)");
            ThreadLocal<PreparedStatement> inserts = ThreadLocal.withInitial(() -> insert(url, connections));
            call(
                    "PostgreSQL, one row a commit",
                    callers,
                    counts,
                    () -> inserts.get().executeUpdate());
            ddl.execute("DROP TABLE single_rows");
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static PreparedStatement insert(String url, List<Connection> connections) {
        try {
            Connection connection = DriverManager.getConnection(url);
            synchronized (connections) {
                connections.add(connection);
            }
            return connection.prepareStatement("INSERT INTO single_rows (value) VALUES ('a small value')");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void call(String name, int callers, boolean counts, Callable<?> action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            long end = System.nanoTime() + time.toNanos();
            long begin = System.nanoTime();
            List<Future<List<Long>>> caller = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                caller.add(threads.submit(() -> repeat(action, end)));
            }
            List<Long> took = new ArrayList<>();
            for (Future<List<Long>> future : caller) {
                took.addAll(future.get());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (counts) {
                note(name + ", " + callers, took, seconds);
            }
        } catch (ExecutionException e) {
            throw new IOException("the measurement of " + name + " failed", e.getCause());
        } finally {
            threads.shutdown();
        }
    }

    private static List<Long> repeat(Callable<?> action, long end) throws Exception {
        List<Long> took = new ArrayList<>();
        long now = System.nanoTime();
        while (now - end < 0) {
            action.call();
            long next = System.nanoTime();
            took.add(next - now);
            now = next;
        }
        return took;
    }

    private void note(String name, List<Long> took, double seconds) {
        long[] sorted = took.stream().mapToLong(Long::longValue).sorted().toArray();
        add(rates, name, sorted.length / seconds);
        add(medians, name, sorted[sorted.length / 2] / 1e6);
        add(slowest, name, sorted[(int) (sorted.length * 0.99)] / 1e6);
    }

    private static void add(Map<String, List<Double>> numbers, String name, double number) {
        numbers.computeIfAbsent(name, key -> new ArrayList<>()).add(number);
    }

    private void print() {
        System.out.println("| five tasks on, callers | runs/s | p50 ms | p99 ms |");
        System.out.println("|---|--:|--:|--:|");
        rates.forEach((name, rate) -> System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f |%n",
                name,
                median(rate),
                median(medians.getOrDefault(name, List.of())),
                median(slowest.getOrDefault(name, List.of()))));
    }

    private static double median(List<Double> numbers) {
        double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
