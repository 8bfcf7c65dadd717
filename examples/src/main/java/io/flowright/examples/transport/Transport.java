package io.flowright.examples.transport;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.flowright.examples.transport.TransportTasks.Country;
import io.flowright.examples.transport.TransportTasks.Stop;
import io.flowright.runtime.Engine;
import java.io.PrintStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;

/** Runs the pipeline over 18,760 points of transport and prints what it found. */
public final class Transport {

    private static final Place SINGAPORE = new Place(1.350189, 103.994433);

    private Transport() {}

    /** Takes the file to write; without one, a file in the directory for temporary files. */
    public static void main(String[] args) {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        Path file = args.length > 0 ? Path.of(args[0]) : directory.resolve("airports-by-country.csv");
        try (Engine engine =
                Engine.builder().listener(new ProgressBar(System.out)).build()) {
            TransportFlow flow = TransportFlow.create(new TransportTasks(), engine);
            System.out.println(flow.diagram());
            report(flow.run(points(), SINGAPORE, file), System.out);
        }
    }

    /** The file comes with the tests of commons-csv. */
    static URL points() {
        return Objects.requireNonNull(
                CSVFormat.class.getResource("/org/apache/commons/csv/CSV-198/optd_por_public.csv"));
    }

    private static void report(TransportFlow.Result result, PrintStream out) {
        out.printf("%n%,d rows, SHA-256 %s%n", result.rows().size(), result.sha256());
        result.rejections().stream()
                .collect(groupingBy(TransportTasks.Rejection::rule, TreeMap::new, counting()))
                .forEach((rule, rows) -> out.printf("  %,6d rejected: %s%n", rows, rule));
        out.printf(
                "%,d airports in %d countries; those with most of them:%n",
                result.airports().size(), result.countries().size());
        for (Country country : result.countries().subList(0, 10)) {
            Stop nearest = country.nearest();
            out.printf(
                    "  %,6d %-20s nearest to Singapore: %s, %,.0f km%n",
                    country.airports(),
                    nearest.point().countryName(),
                    nearest.point().name(),
                    nearest.kilometres());
        }
        out.printf("Points by kind: %s%n", result.pointsByKind());
        result.pointsByCurrency().entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .ifPresent(
                        most -> out.printf("The currency of most points: %s (%,d)%n", most.getKey(), most.getValue()));
        out.printf("Written to %s%n", result.written());
    }
}
