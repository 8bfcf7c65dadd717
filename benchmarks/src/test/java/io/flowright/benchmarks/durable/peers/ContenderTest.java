package io.flowright.benchmarks.durable.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.benchmarks.durable.shapes.Shape;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ContenderTest {

    private static Server server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void findServer() {
        System.setProperty("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        try {
            server = Server.find();
        } catch (IOException | RuntimeException failure) {
            Assumptions.abort("no PostgreSQL: " + failure);
        }
    }

    @AfterAll
    static void leaveServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void runsEachTaskOfEachWorkflowThatItSaysItRuns(Contender contender) throws Exception {
        Site site = new Site(server, folder);
        try (Peer peer = contender.open(site)) {
            for (Shape shape : Shape.values()) {
                if (contender.runs(shape)) {
                    assertThat(peer.run(shape, 7).tasks())
                            .as("%s: %s", contender, shape)
                            .isEqualTo(shape.counted());
                    assertThat(peer.run(shape, 8).id()).isEqualTo(8);
                }
            }
        } finally {
            contender.place(site).clear();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOWRIGHT_POSTGRES", "DBOS", "DB_SCHEDULER"})
    void hasItsStatementsCounted(Contender contender) throws Exception {
        Counter counter = new Counter();
        Site site = new Site(server, folder).counting(counter);
        try (Peer peer = contender.open(site)) {
            peer.run(Shape.CHAIN_1, 1);
            long commits = counter.commits();
            long roundTrips = counter.roundTrips();
            peer.run(Shape.CHAIN_1, 2);
            // Others poll meanwhile.
            assertThat(counter.commits() - commits).isGreaterThanOrEqualTo(2);
            assertThat(counter.roundTrips() - roundTrips).isGreaterThanOrEqualTo(counter.commits() - commits);
        } finally {
            contender.place(site).clear();
        }
    }
}
