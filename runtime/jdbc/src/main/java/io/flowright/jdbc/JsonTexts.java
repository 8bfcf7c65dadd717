package io.flowright.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** A list of texts as an array in JSON, which SQLite can read: for people who look into its tables. */
final class JsonTexts {

    private static final String NONE = "[]";

    private JsonTexts() {}

    static String of(List<String> texts) {
        return texts.isEmpty()
                ? NONE
                : texts.stream().map(JsonTexts::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next < ' ') {
                quoted.append(String.format("\\u%04x", (int) next));
            } else if (next == '"' || next == '\\') {
                quoted.append('\\').append(next);
            } else {
                quoted.append(next);
            }
        }
        return quoted.append('"').toString();
    }

    static List<String> read(SqliteSession session, String json) throws SQLException {
        return json.equals(NONE)
                ? List.of()
                : session.list("SELECT value FROM json_each(?) ORDER BY key", row -> row.getString(1), json);
    }
}
