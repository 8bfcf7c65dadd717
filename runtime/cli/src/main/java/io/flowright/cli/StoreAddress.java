package io.flowright.cli;

import io.flowright.jdbc.PostgresStore;
import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.spi.RunStore;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where runs are recorded. Opening a store here makes no file and no table. */
sealed interface StoreAddress {

    /** The store. */
    RunStore open();

    /**
     * A file of SQLite.
     *
     * @param prefix what the names of its tables begin with; null: the usual
     */
    record Sqlite(Path file, @Nullable String prefix) implements StoreAddress {

        @Override
        public RunStore open() {
            SqliteStore.Builder builder = SqliteStore.builder(file).migrate(false);
            return (prefix == null ? builder : builder.tablePrefix(prefix)).open();
        }
    }

    /**
     * A database of PostgreSQL.
     *
     * @param jdbcUrl with user and password in it
     * @param schema the schema of its tables; null: the first one of the search path
     * @param prefix what the names of its tables begin with; null: the usual
     */
    record Postgres(
            String jdbcUrl,
            @Nullable String schema,
            @Nullable String prefix) implements StoreAddress {

        @Override
        public RunStore open() {
            PostgresStore.Builder builder =
                    PostgresStore.builder(jdbcUrl).migrate(false).maxConnections(2);
            builder = schema == null ? builder : builder.schema(schema);
            return (prefix == null ? builder : builder.tablePrefix(prefix)).open();
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "PostgreSQL";
        }
    }

    /** {@code postgres://user:password@host:port/database?option=value}; the last at sign ends the user, for passwords have some. */
    Pattern POSTGRES = Pattern.compile("postgres(?:ql)?://(?:([^/?]*)@)?([^/?@]*)(/[^?]*)?(?:\\?(.*))?");

    /** A scheme of more than one letter; one letter is a drive. */
    Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");

    /**
     * The store with this address: {@code jdbc:postgresql:...}, {@code postgres://...}, {@code sqlite:path} or a path.
     *
     * @throws UsageException if it is none
     */
    static StoreAddress parse(String text, @Nullable String schema, @Nullable String prefix) {
        if (text.isBlank()) {
            throw new UsageException("The store is blank.");
        }
        if (text.startsWith("jdbc:postgresql:")) {
            return new Postgres(text, schema, prefix);
        }
        Matcher url = POSTGRES.matcher(text);
        if (url.matches()) {
            return new Postgres(jdbcUrl(url), schema, prefix);
        }
        if (schema != null) {
            throw new UsageException("SQLite has no schemas: --schema is for PostgreSQL.");
        }
        return new Sqlite(path(text), prefix);
    }

    private static Path path(String text) {
        String path = text.replaceFirst("^(jdbc:)?sqlite:", "");
        Matcher scheme = SCHEME.matcher(path);
        // A file may be named like that all the same: ./odd:name
        if (scheme.matches()) {
            throw new UsageException(
                    "There is no store for "
                            + scheme.group(1).toLowerCase(Locale.ROOT)
                            + ": --store takes a path, sqlite:path, postgres://user:password@host/database or jdbc:postgresql:...");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new UsageException("No file can have the path " + path + ": " + e.getReason() + ".");
        }
    }

    private static String jdbcUrl(Matcher url) {
        StringBuilder jdbc = new StringBuilder("jdbc:postgresql://").append(url.group(2));
        jdbc.append(url.group(3) == null ? "/" : url.group(3));
        char next = '?';
        if (url.group(4) != null) {
            jdbc.append(next).append(url.group(4));
            next = '&';
        }
        if (url.group(1) != null) {
            String[] user = url.group(1).split(":", 2);
            jdbc.append(next).append("user=").append(encoded(user[0]));
            if (user.length > 1) {
                jdbc.append("&password=").append(encoded(user[1]));
            }
        }
        return jdbc.toString();
    }

    /** As the driver wants it; a plus is no blank in this part of a URL. */
    private static String encoded(String part) {
        try {
            String decoded = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            return URLEncoder.encode(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "User and password of the store are not encoded as in URLs: a percent sign is %25.");
        }
    }
}
