package io.flowright.crash.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens, no run is lost, stuck or owned twice, and nothing that is on record is done again. {@code -Dflowright.chaos.minutes}
 * says for how long on each store, {@code -Dflowright.chaos.seed} which disturbances, {@code -Dflowright.chaos.store} (postgres or sqlite)
 * on which store alone.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no signals")
class ChaosTest {

    private static final Duration TIME = Duration.ofSeconds(
            Math.round(60 * Double.parseDouble(System.getProperty("flowright.chaos.minutes", "0.4"))));
    private static final long SEED = Long.getLong("flowright.chaos.seed", 1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void nothingIsLostOnPostgres() throws Exception {
        select("postgres");
        try (ChaosStore store = new ChaosPostgres(directory, Chaos.LEASE)) {
            check("PostgreSQL", store);
        }
    }

    @Test
    void nothingIsLostOnSqlite() throws Exception {
        select("sqlite");
        try (ChaosStore store = new ChaosSqlite(directory, Chaos.LEASE)) {
            check("SQLite", store);
        }
    }

    private static void select(String store) {
        String only = System.getProperty("flowright.chaos.store", store);
        Assumptions.assumeTrue(store.equals(only.toLowerCase(Locale.ROOT)), () -> "only on " + only);
    }

    private void check(String name, ChaosStore store) throws Exception {
        ChaosReport report = new Chaos(name, store, directory, SEED, TIME).run();
        System.out.println(report.table());
        assertThat(report.violations()).as(report.table()).isEmpty();
    }
}
