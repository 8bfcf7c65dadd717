package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.Order;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the server does of single small rows with a commit each, over a connection for each caller. */
final class SingleRows implements Peer {

    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final ThreadLocal<PreparedStatement> inserts;

    SingleRows(Place place) throws SQLException {
        String url = place.url();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS single_rows (id bigserial PRIMARY KEY, value text)");
        }
        inserts = ThreadLocal.withInitial(() -> insert(url));
    }

    private PreparedStatement insert(String url) {
        try {
            Connection connection = DriverManager.getConnection(url);
            connections.add(connection);
            return connection.prepareStatement("INSERT INTO single_rows (value) VALUES ('a small value')");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Order run(Shape shape, long id) throws SQLException {
        inserts.get().executeUpdate();
        return Order.placed(id);
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
