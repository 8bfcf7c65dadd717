package io.flowright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.cli.Terminal.Answer;
import io.flowright.jdbc.PostgresStore;
import io.flowright.runtime.RunStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same on a server. */
class PostgresTest {

    private static @Nullable EmbeddedPostgres server;

    @BeforeAll
    static void start() {
        try {
            server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException | RuntimeException failure) {
            Assumptions.abort("no PostgreSQL: " + failure);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void runsOfAServerAreLookedAfterToo() {
        String host = "localhost:" + server.getPort();
        Terminal terminal = Terminal.at("postgres://postgres:postgres@" + host + "/postgres");
        String[] wrong = {"runs", "list", "--schema", "nowhere"};
        try (Shop shop = new Shop(PostgresStore.builder("jdbc:postgresql://" + host + "/postgres?user=postgres")
                .schema("shop")
                .tablePrefix("f_")
                .open())) {
            shop.succeeded("order-1", 1);
            shop.running("order-2", 2);

            Answer list = terminal.run("runs", "list", "--schema", "shop", "--prefix", "f_");
            Answer pause = terminal.run(
                    "runs",
                    "pause",
                    "order-2",
                    "--interrupt",
                    "--wait",
                    "--timeout",
                    "60s",
                    "--schema=shop",
                    "--prefix=f_");
            Answer show = terminal.run("runs", "show", "order-2", "--schema", "shop", "--prefix", "f_");
            Answer missing = terminal.run(wrong);

            assertThat(list.code()).as(list.err()).isEqualTo(ExitCode.DONE);
            assertThat(list.lines()).hasSize(3);
            assertThat(pause.out()).isEqualTo("order-2 is PAUSED. Interrupted: charge.\n");
            assertThat(shop.store.find("order-2").orElseThrow().status()).isEqualTo(RunStatus.PAUSED);
            assertThat(show.lines().get(0)).isEqualTo("order-2  PAUSED");
            assertThat(missing.code()).isEqualTo(ExitCode.STORE);
            assertThat(missing.err()).contains("nowhere");
            assertThat(terminal.run(wrong).code()).isEqualTo(ExitCode.STORE);
        }
    }
}
