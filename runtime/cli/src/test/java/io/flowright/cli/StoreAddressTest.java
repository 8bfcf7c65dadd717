package io.flowright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"runs.db", "sqlite:runs.db", "jdbc:sqlite:runs.db"})
    void aPathIsAFileOfSqlite(String text) {
        assertThat(StoreAddress.parse(text, null, "x_")).isEqualTo(new StoreAddress.Sqlite(Path.of("runs.db"), "x_"));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/d?user=u,                  jdbc:postgresql://h/d?user=u",
        "postgres://h,                                  jdbc:postgresql://h/",
        "postgresql://h:5433/d,                         jdbc:postgresql://h:5433/d",
        "postgres://u@h/d,                              jdbc:postgresql://h/d?user=u",
        "postgres://u:p@h1:1/d?sslmode=require,         jdbc:postgresql://h1:1/d?sslmode=require&user=u&password=p",
        "postgres://u:p%40%26+@h/d,                     jdbc:postgresql://h/d?user=u&password=p%40%26%2B",
        "postgres://u:p@q:r@h/d,                        jdbc:postgresql://h/d?user=u&password=p%40q%3Ar"
    })
    void urlsOfPostgresAreUnderstood(String text, String jdbcUrl) {
        assertThat(StoreAddress.parse(text, "s", null)).isEqualTo(new StoreAddress.Postgres(jdbcUrl, "s", null));
    }

    @Test
    void otherKindsOfStoresAreRefused() {
        assertThatThrownBy(() -> StoreAddress.parse("mysql://u:secret@h/d", null, null))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("There is no store for mysql: --store takes a path")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> StoreAddress.parse(" ", null, null)).hasMessage("The store is blank.");
        assertThatThrownBy(() -> StoreAddress.parse("runs.db", "s", null))
                .hasMessage("SQLite has no schemas: --schema is for PostgreSQL.");
    }

    @Test
    void passwordsAreNotPrinted() {
        assertThat(StoreAddress.parse("postgres://u:secret@h/d", null, null)).hasToString("PostgreSQL");
        assertThatThrownBy(() -> StoreAddress.parse("postgres://u:secret%zz@h/d", null, null))
                .isInstanceOf(UsageException.class)
                .hasMessageNotContaining("secret");
    }
}
