package io.flowright.benchmarks.durable.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Where one contender keeps what it writes: a database and a folder, both of this name.
 *
 * @param site where everything is
 * @param name of the database and the folder
 */
public record Place(Site site, String name) {

    private static final String PREFIX = "benchmark_";

    /** The URL of the database, which is made if it is not there. */
    String url() throws SQLException {
        site.server().create(database());
        return site.server().url(database());
    }

    Path folder() throws IOException {
        return Files.createDirectories(site.folder().resolve(name));
    }

    /** A pool of connections to the database. */
    HikariDataSource pool() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(Contender.CONNECTIONS);
        return new HikariDataSource(config);
    }

    /** The same source, with what goes through it counted if that is asked for. */
    DataSource counted(DataSource source) {
        Counter counter = site.counter();
        return counter == null ? source : counter.counting(source);
    }

    /** Forgets all that was written. Nobody may have it open. */
    public void clear() throws SQLException, IOException {
        site.server().drop(database());
        for (Path file : files()) {
            Files.delete(file);
        }
    }

    /** The bytes of all tables with their indexes, and of all files. */
    public long bytes() throws SQLException, IOException {
        long bytes = site.server().exists(database()) ? bytesOfTables() : 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private long bytesOfTables() throws SQLException {
        return number(
                "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c JOIN pg_namespace n ON n.oid ="
                        + " c.relnamespace WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')");
    }

    /** What a query of one number says. */
    public long number(String query) throws SQLException {
        try (Connection connection = site.server().connect(database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder())) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private String database() {
        return PREFIX + name;
    }
}
