package io.flowright.examples.transport;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.examples.transport.TransportSurvives.Entry;
import io.flowright.examples.transport.TransportSurvives.Survived;
import io.flowright.runtime.Run;
import io.flowright.runtime.TaskSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed in the middle of the pipeline, and another goes on with it. */
class TransportSurvivesTest {

    @TempDir
    Path directory;

    @Test
    void what_is_recorded_does_not_run_again_and_all_comes_out_as_if_nothing_had_happened() throws Exception {
        Path undisturbed = directory.resolve("undisturbed.csv");
        Run<TransportFlow.Result> run =
                TransportFlow.create(new TransportTasks()).start(Transport.points(), Transport.SINGAPORE, undisturbed);
        TransportFlow.Result expected = run.result();

        Survived survived = TransportSurvives.survive(directory);

        Set<Long> killed = Set.of(survived.killed());
        Set<Long> successor = Set.of(survived.successor());
        Set<Long> both = Set.of(survived.killed(), survived.successor());
        assertThat(both).hasSize(2);
        assertThat(survived.history().keySet())
                .isEqualTo(
                        run.snapshot().tasks().stream().map(TaskSnapshot::name).collect(toSet()));
        survived.history().forEach((task, entry) -> {
            switch (task) {
                case TransportFlow.Tasks.INGEST, TransportFlow.Tasks.CLEANSE -> {
                    assertThat(entry.begunBy()).as(task).isEqualTo(killed);
                    assertThat(entry.recordedBy()).as(task).isEqualTo(survived.killed());
                }
                case TransportFlow.Tasks.PARSE -> assertThat(entry).isEqualTo(new Entry(both, null, null));
                default -> {
                    assertThat(entry.begunBy()).as(task).isEqualTo(task.equals("enrich") ? both : successor);
                    assertThat(entry.recordedBy()).as(task).isEqualTo(survived.successor());
                }
            }
        });

        assertThat(survived.result().sha256()).isEqualTo(expected.sha256());
        assertThat(survived.result().rows()).hasSameSizeAs(expected.rows());
        assertThat(survived.result().rejections()).isEqualTo(expected.rejections());
        assertThat(survived.result().stops()).isEqualTo(expected.stops());
        assertThat(survived.result().airportsByCountry()).isEqualTo(expected.airportsByCountry());
        assertThat(survived.result().nearestByCountry()).isEqualTo(expected.nearestByCountry());
        assertThat(survived.result().pointsByCurrency()).isEqualTo(expected.pointsByCurrency());
        assertThat(Files.readAllLines(survived.result().written())).isEqualTo(Files.readAllLines(undisturbed));
    }
}
