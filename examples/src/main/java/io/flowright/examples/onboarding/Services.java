package io.flowright.examples.onboarding;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;

/** All that the onboarding talks to, for real: a database and homes in a directory, a mail server and a CRM on this machine. */
final class Services implements AutoCloseable {

    private static final String SCHEMA = """
            CREATE TABLE account (id IDENTITY, request VARCHAR UNIQUE, name VARCHAR UNIQUE);
            CREATE TABLE mailbox (address VARCHAR PRIMARY KEY, account BIGINT REFERENCES account (id));
            CREATE TABLE audit (request VARCHAR UNIQUE, account BIGINT, entry VARCHAR);
            """;

    private static final String ROWS = """
            SELECT 'account ' || name FROM account
            UNION ALL SELECT 'mailbox ' || address FROM mailbox
            UNION ALL SELECT 'audit of account ' || account || ': ' || entry FROM audit
            """;

    private final String path;
    private final JdbcConnectionPool database;
    private final Server door;
    private final Path homes;
    private final MailServer mail = new MailServer();
    private final CrmServer crm = new CrmServer();

    Services(Path directory) throws IOException, SQLException {
        path = directory.toAbsolutePath().resolve("accounts").toString();
        database = JdbcConnectionPool.create("jdbc:h2:" + path, "sa", "");
        door = Server.createTcpServer("-tcpPort", "0").start();
        homes = Files.createDirectories(directory.resolve("homes"));
        execute(SCHEMA);
    }

    OnboardingTasks tasks() {
        return new OnboardingTasks(
                new Accounts(database),
                homes,
                new MailClient(mail.address()),
                new CrmClient(HttpClient.newHttpClient(), crm.uri()));
    }

    /** Where another process of this machine finds them. */
    List<String> addresses() {
        return List.of(
                "jdbc:h2:tcp://localhost:" + door.getPort() + "/" + path,
                homes.toString(),
                String.valueOf(mail.address().getPort()),
                crm.uri().toString());
    }

    /** Tasks that use the services of another process. */
    static OnboardingTasks tasks(List<String> addresses) {
        return new OnboardingTasks(
                new Accounts(JdbcConnectionPool.create(addresses.get(0), "sa", "")),
                Path.of(addresses.get(1)),
                new MailClient(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(addresses.get(2)))),
                new CrmClient(HttpClient.newHttpClient(), URI.create(addresses.get(3))));
    }

    MailServer mail() {
        return mail;
    }

    CrmServer crm() {
        return crm;
    }

    Path homes() {
        return homes;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What there is of users, whichever service has it. */
    List<String> traces() throws IOException, SQLException {
        List<String> traces = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ROWS)) {
            while (rows.next()) {
                traces.add(rows.getString(1));
            }
        }
        try (Stream<Path> paths = Files.walk(homes)) {
            paths.filter(path -> !path.equals(homes))
                    .forEach(path -> traces.add(
                            "home " + homes.relativize(path).toString().replace('\\', '/')));
        }
        crm.contacts().forEach((contact, account) -> traces.add("contact " + contact + " of account " + account));
        return traces;
    }

    @Override
    public void close() throws IOException {
        door.stop();
        database.dispose();
        mail.close();
        crm.close();
    }
}
