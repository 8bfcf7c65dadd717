package io.flowright.examples.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.listeners.CapturingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline over the real file; the numbers were counted once with awk. */
class TransportTest {

    @TempDir
    Path directory;

    @Test
    void the_numbers_of_the_real_file_are_right() throws Exception {
        Path file = directory.resolve("airports.csv");

        TransportFlow.Result result =
                TransportFlow.create(new TransportTasks()).run(Transport.points(), Transport.SINGAPORE, file);

        assertThat(result.rows()).hasSize(18_760);
        assertThat(result.rows())
                .filteredOn(row -> row.get("population").isEmpty())
                .hasSize(788);
        assertThat(result.rows()).noneMatch(row -> row.get("timezone").isEmpty());
        assertThat(result.airports()).hasSize(6_919);
        assertThat(result.airportsByCountry()).hasSize(229).containsEntry("US", 1_696L);
        assertThat(result.pointsByCurrency().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(result.points().size());
        assertThat(Files.readAllLines(file))
                .hasSize(1 + 229)
                .element(0)
                .isEqualTo("country,airports,nearest,km,currency");
    }

    @Test
    void every_rejected_row_names_its_rule() {
        TransportFlow.Result result = TransportFlow.create(new TransportTasks())
                .run(Transport.points(), Transport.SINGAPORE, directory.resolve("airports.csv"));

        assertThat(result.points()).hasSize(18_760 - 16);
        assertThat(result.rejections()).hasSize(16);
        assertThat(result.rejections())
                .filteredOn(rejection -> rejection.rule().equals("no latitude"))
                .hasSize(15);
        assertThat(result.rejections())
                .filteredOn(rejection -> rejection.rule().equals("no ccy_code"))
                .extracting(TransportTasks.Rejection::code)
                .containsExactly("TNM");
    }

    @Test
    void one_thread_and_four_write_the_same_file() throws Exception {
        Path sequential = directory.resolve("sequential.csv");
        Path parallel = directory.resolve("parallel.csv");

        write(sequential, Engine.builder().sequential());
        write(parallel, Engine.builder().parallelism(4));

        assertThat(parallel).hasSameTextualContentAs(sequential);
    }

    @Test
    void progress_is_reported_every_500_rows() {
        CapturingListener events = new CapturingListener();

        write(directory.resolve("airports.csv"), Engine.builder().sequential().listener(events));

        List<FlowEvent.TaskProgressed> progress = events.events(FlowEvent.TaskProgressed.class);
        assertThat(progress).hasSize(38).allMatch(event -> event.task().equals(TransportFlow.Tasks.ENRICH));
        assertThat(progress)
                .extracting(FlowEvent.TaskProgressed::done)
                .startsWith(500L)
                .endsWith(18_744L);
    }

    /** Besides imports, comments and blank lines. */
    @Test
    void all_of_it_takes_fewer_than_150_lines() throws IOException {
        long lines = 0;
        for (String name : List.of("TransportTasks", "Transport", "Point", "Place")) {
            Path source = Path.of("src/main/java/io/flowright/examples/transport", name + ".java");
            lines += Files.readAllLines(source).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.matches("(package |import |//|/?\\*).*"))
                    .count();
        }
        assertThat(lines).isBetween(100L, 149L);
    }

    private static void write(Path file, Engine.Builder settings) {
        try (Engine engine = settings.build()) {
            TransportFlow.create(new TransportTasks(), engine).run(Transport.points(), Transport.SINGAPORE, file);
        }
    }
}
