package io.flowright.examples.transport;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.flowright.examples.transport.TransportTasks.Rejection;
import io.flowright.runtime.Engine;
import java.net.URL;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;

/** Runs the pipeline over 18,760 points of transport and prints what it found. */
public final class Transport {

    static final Place SINGAPORE = new Place(1.350189, 103.994433);

    private Transport() {}

    public static void main(String[] args) {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "airports-by-country.csv");
        try (Engine engine = Engine.builder().listener(new ProgressBar()).build()) {
            TransportFlow flow = TransportFlow.create(new TransportTasks(), engine);
            System.out.println(flow.diagram());
            report(flow.run(points(), SINGAPORE, file));
        }
    }

    /** The file comes with the tests of commons-csv. */
    static URL points() {
        String file = "/org/apache/commons/csv/CSV-198/optd_por_public.csv";
        return Objects.requireNonNull(CSVFormat.class.getResource(file));
    }

    private static void report(TransportFlow.Result result) {
        System.out.printf("%n%,d rows, SHA-256 %s%n", result.rows().size(), result.sha256());
        result.rejections().stream()
                .collect(groupingBy(Rejection::rule, TreeMap::new, counting()))
                .forEach((rule, rows) -> System.out.printf("%,8d rejected: %s%n", rows, rule));
        Map<String, Long> airports = result.airportsByCountry();
        System.out.printf("%,d airports in %d countries:%n", result.airports().size(), airports.size());
        result.nearestByCountry().values().stream()
                .sorted(Comparator.comparingLong(
                        stop -> -airports.getOrDefault(stop.point().country(), 0L)))
                .limit(10)
                .forEach(stop -> System.out.printf(
                        "%,8d %-17s nearest to Singapore: %s, %,.0f km%n",
                        airports.get(stop.point().country()),
                        stop.point().countryName(),
                        stop.point().name(),
                        stop.kilometres()));
        System.out.printf("Currencies: %d%n", result.pointsByCurrency().size());
        System.out.printf("Written to %s%n", result.written());
    }
}
