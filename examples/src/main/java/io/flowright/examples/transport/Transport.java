package io.flowright.examples.transport;

import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowEvent;
import java.net.URL;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;

/** Runs the pipeline over 18,760 points of transport and prints what it found. */
public final class Transport {

    static final Place SINGAPORE = new Place(1.350189, 103.994433);

    private Transport() {}

    public static void main(String[] args) {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "airports-by-country.csv");
        try (Engine engine = Engine.builder().listener(Transport::drawProgress).build()) {
            TransportFlow flow = TransportFlow.create(new TransportTasks(), engine);
            System.out.println(flow.diagram());
            report(flow.run(points(), SINGAPORE, file));
        }
    }

    /** The file comes with the tests of commons-csv. */
    static URL points() {
        return Objects.requireNonNull(CSVFormat.class.getResource("CSV-198/optd_por_public.csv"));
    }

    private static void drawProgress(FlowEvent event) {
        if (event instanceof FlowEvent.TaskProgressed progress && progress.fraction() != null) {
            int percent = (int) (100 * progress.fraction());
            String bar = "#".repeat(percent / 2) + ".".repeat(50 - percent / 2);
            System.out.printf("\r%s [%s] %d %%%s", progress.task(), bar, percent, percent == 100 ? "\n" : "");
        }
    }

    static void report(TransportFlow.Result result) {
        System.out.printf("%n%,d rows, SHA-256 %s%n", result.rows().size(), result.sha256());
        result.rejections().forEach(row -> System.out.printf("%8s rejected: %s%n", row.code(), row.rule()));
        Map<String, Long> airports = result.airportsByCountry();
        System.out.printf("%,d airports in %d countries:%n", result.airports().size(), airports.size());
        result.nearestByCountry().values().stream()
                .sorted(Comparator.comparingLong(
                        stop -> -airports.getOrDefault(stop.point().country(), 0L)))
                .limit(10)
                .forEach(stop -> System.out.printf(
                        "%,8d in %s, nearest to Singapore: %s, %,.0f km%n",
                        airports.get(stop.point().country()),
                        stop.point().country(),
                        stop.point().name(),
                        stop.kilometres()));
        System.out.printf(
                "%d currencies; the table is %s%n", result.pointsByCurrency().size(), result.written());
    }
}
