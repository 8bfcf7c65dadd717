package io.flowright.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of what is done to runs by LISTEN, on a connection of its own; where that is none of the driver's, looks four times a second
 * whether anything has been.
 */
final class PostgresListener implements Watchers.Lookout {

    private static final Logger LOGGER = LoggerFactory.getLogger(PostgresListener.class);

    /** How long it takes to see that nobody watches any more: an interrupt does not end the waiting for a socket. */
    private static final int TURN_MILLIS = 200;

    private static final int POLL_MILLIS = 250;

    private static final int RECONNECT_MILLIS = 1_000;

    /** How often it is asked whether the server is still there: every ten seconds. */
    private static final int TURNS_OF_SILENCE = 50;

    /** Where a connection for listening comes from; it is closed in the end. */
    @FunctionalInterface
    interface Source {
        Connection connect() throws SQLException;
    }

    private final Source source;
    private final String channel;
    private final String head;

    PostgresListener(Source source, Tables tables) {
        this.source = source;
        this.channel = tables.in("SELECT " + CHANNEL);
        this.head = tables.in("SELECT max(number) FROM ${schema}${prefix}audit");
    }

    /** The name of the channel, known by the table whatever schema and case it is called by. */
    static final String CHANNEL = "'flowright_' || '${schema}${prefix}runs'::regclass::oid";

    @Override
    public void watch(Runnable tell) throws InterruptedException {
        boolean warned = false;
        while (true) {
            try (Connection connection = source.connect()) {
                connection.setAutoCommit(true);
                PostgresNotifications notifications = PostgresNotifications.of(connection);
                if (notifications != null) {
                    listen(connection, notifications, tell);
                } else {
                    poll(connection, tell);
                }
            } catch (SQLException failure) {
                if (!warned) {
                    LOGGER.warn("The connection on which commands for runs are heard of broke; trying again", failure);
                    warned = true;
                }
            }
            Thread.sleep(RECONNECT_MILLIS);
        }
    }

    private void listen(Connection connection, PostgresNotifications notifications, Runnable tell)
            throws SQLException, InterruptedException {
        String name = text(connection, channel);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"" + name + "\"");
        }
        try {
            // There may have been something before.
            tell.run();
            int silent = 0;
            while (true) {
                boolean heard = notifications.await(TURN_MILLIS);
                requireGoingOn();
                if (heard) {
                    silent = 0;
                    tell.run();
                } else if (++silent % TURNS_OF_SILENCE == 0) {
                    text(connection, head);
                }
            }
        } finally {
            // It may go back to a pool.
            try (Statement statement = connection.createStatement()) {
                statement.execute("UNLISTEN \"" + name + "\"");
            }
        }
    }

    /** Whatever is done to a run is in the audit trail. */
    private void poll(Connection connection, Runnable tell) throws SQLException, InterruptedException {
        String before = "";
        while (true) {
            String now = text(connection, head);
            if (!now.equals(before)) {
                before = now;
                tell.run();
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static void requireGoingOn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
