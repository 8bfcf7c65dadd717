package io.flowright.examples.onboarding;

import io.flowright.examples.onboarding.OnboardingTasks.Account;
import io.flowright.examples.onboarding.OnboardingTasks.Signup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Accounts, their mailboxes and what is on record of them. */
record Accounts(DataSource database) {

    /** The same request twice is one account. */
    Account create(Signup owner, String request) throws SQLException {
        String sql = "SELECT id FROM FINAL TABLE (MERGE INTO account (request, name) KEY (request) VALUES (?, ?))";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, sql, request, owner.user());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Account(row.getLong("id"), owner);
        }
    }

    void delete(Account account) throws SQLException {
        execute("DELETE FROM account WHERE id = ?", account.id());
    }

    String reserveMailbox(Account account) throws SQLException {
        String address = account.owner().user() + "@example.com";
        execute("MERGE INTO mailbox (address, account) KEY (address, account) VALUES (?, ?)", address, account.id());
        return address;
    }

    void releaseMailbox(String address) throws SQLException {
        execute("DELETE FROM mailbox WHERE address = ?", address);
    }

    /** The same request twice is one entry. */
    void audit(Account account, String entry, String request) throws SQLException {
        execute(
                "MERGE INTO audit (request, account, entry) KEY (request) VALUES (?, ?, ?)",
                request,
                account.id(),
                entry);
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, sql, values)) {
            statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
