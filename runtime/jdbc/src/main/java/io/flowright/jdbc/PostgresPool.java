package io.flowright.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Connections of a store's own. */
final class PostgresPool {

    /**
     * Every statement of the store finds its rows through an index, or means all of a small table. Plans are kept, and one that was made
     * while the tables were empty must not read them from end to end later; nor are these statements ever worth being compiled.
     */
    private static final String SETTINGS =
            "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; SET jit = off;"
                    + " SET default_transaction_isolation = 'read committed';"
                    // A client that vanishes within a transaction, its machine or its process, must not keep what it
                    // has locked; the
                    // server would notice after hours. And a statement whose client has given it up waits for no lock
                    // any longer.
                    + " SET idle_in_transaction_session_timeout = '10s'; SET lock_timeout = '20s'";

    /**
     * After so many seconds without an answer a connection is given up. One that has gone silent, because a router has forgotten it or the
     * server's machine is gone, would else be waited for until the system notices, which takes a quarter of an hour.
     */
    private static final String SILENCE = "30";

    private static final Pattern SECRETS = Pattern.compile("(?i)(?<=[?&;])(\\w*password\\w*)=[^&;]*");
    private static final Pattern USER_INFO = Pattern.compile("//[^/@?]*@");

    private PostgresPool() {}

    static HikariDataSource open(String url, @Nullable String user, @Nullable String password, int connections) {
        if (DriverManager.drivers().noneMatch(driver -> accepts(driver, url))) {
            throw new StoreException("no JDBC driver takes " + withoutSecrets(url)
                    + ": org.postgresql:postgresql has to be on the class path or the module path");
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("flowright");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(1);
        config.setConnectionInitSql(SETTINGS);
        // What the URL says about these is what counts.
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", SILENCE);
        config.addDataSourceProperty("ApplicationName", "flowright");
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException failure) {
            SQLException cause = failure.getCause() instanceof SQLException known ? known : new SQLException(failure);
            throw Database.translated("Connecting", withoutSecrets(url), cause, PostgresDatabase::passes);
        }
    }

    /** A connection beside the pool, for one that is to listen for as long as it lasts. */
    static Connection connect(String url, @Nullable String user, @Nullable String password) throws SQLException {
        Properties settings = new Properties();
        if (user != null) {
            settings.setProperty("user", user);
        }
        if (password != null) {
            settings.setProperty("password", password);
        }
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("socketTimeout", SILENCE);
        settings.setProperty("ApplicationName", "flowright");
        return DriverManager.getConnection(url, settings);
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException notThisOne) {
            return false;
        }
    }

    /** A URL for people: without passwords. */
    static String withoutSecrets(String url) {
        return SECRETS.matcher(USER_INFO.matcher(url).replaceAll("//")).replaceAll("$1=***");
    }
}
