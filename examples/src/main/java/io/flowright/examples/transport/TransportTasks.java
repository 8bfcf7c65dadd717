package io.flowright.examples.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import io.flowright.runtime.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** From a file of points of transport to a table of countries. */
@Flow(durable = true)
public class TransportTasks {

    private static final CSVFormat FORMAT = CSVFormat.newFormat('^')
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();
    private static final List<String> OBLIGATORY = List.of("latitude", "longitude", "timezone", "ccy_code");

    /** A file as it was read. */
    public record Source(String text, String sha256) {}

    /** What became of the rows. */
    public record Cleansed(List<Point> points, List<Rejection> rejections) {}

    /** A row that is left out, by its IATA code, and why. */
    public record Rejection(String code, String rule) {}

    /** A point as seen from the traveller's home. */
    public record Stop(Point point, double kilometres, Currency currency) {}

    @Provides({"text", "sha256"})
    Source ingest(@Input URL source) throws IOException, NoSuchAlgorithmException {
        try (InputStream stream = source.openStream()) {
            byte[] bytes = stream.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Source(new String(bytes, UTF_8), HexFormat.of().formatHex(digest));
        }
    }

    /** Rows are no data that could be recorded, but they are quickly made of the text, which is. */
    @Provides("rows")
    @Task(pure = true)
    List<CSVRecord> parse(@Requires String text) throws IOException {
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            return parser.getRecords();
        }
    }

    @Provides({"points", "rejections"})
    Cleansed cleanse(@Requires List<CSVRecord> rows) {
        Cleansed cleansed = new Cleansed(new ArrayList<>(), new ArrayList<>());
        for (CSVRecord row : rows) {
            OBLIGATORY.stream()
                    .filter(column -> row.get(column).isEmpty())
                    .findFirst()
                    .ifPresentOrElse(
                            column -> cleansed.rejections.add(new Rejection(row.get("iata_code"), "no " + column)),
                            () -> cleansed.points.add(Point.of(row)));
        }
        return cleansed;
    }

    @Provides("stops")
    List<Stop> enrich(@Requires List<Point> points, @Input Place home, Progress progress) {
        List<Stop> stops = new ArrayList<>();
        for (Point point : points) {
            stops.add(new Stop(point, home.kilometresTo(point.place()), Currency.getInstance(point.currencyCode())));
            if (stops.size() % 500 == 0 || stops.size() == points.size()) {
                progress.update(stops.size(), points.size());
            }
        }
        return stops;
    }

    @Provides
    List<Stop> airports(@Requires List<Stop> stops) {
        return stops.stream().filter(stop -> stop.point().kind().equals("A")).toList();
    }

    @Provides
    Map<String, Long> airportsByCountry(@Requires List<Stop> airports) {
        return airports.stream().collect(groupingBy(stop -> stop.point().country(), TreeMap::new, counting()));
    }

    @Provides
    Map<String, Stop> nearestByCountry(@Requires List<Stop> airports) {
        BinaryOperator<Stop> nearer = BinaryOperator.minBy(Comparator.comparingDouble(Stop::kilometres));
        return airports.stream().collect(toMap(stop -> stop.point().country(), stop -> stop, nearer, TreeMap::new));
    }

    @Provides
    Map<String, Long> pointsByCurrency(@Requires List<Stop> stops) {
        return stops.stream().collect(groupingBy(stop -> stop.currency().getDisplayName(), TreeMap::new, counting()));
    }

    @Provides("written")
    Path write(
            @Requires Map<String, Long> airportsByCountry,
            @Requires Map<String, Stop> nearestByCountry,
            @Input Path file)
            throws IOException {
        try (CSVPrinter table = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.DEFAULT)) {
            table.printRecord("country", "airports", "nearest", "km", "currency");
            for (Stop stop : nearestByCountry.values()) {
                Point point = stop.point();
                Long airports = airportsByCountry.get(point.country());
                long kilometres = Math.round(stop.kilometres());
                table.printRecord(point.country(), airports, point.name(), kilometres, stop.currency());
            }
        }
        return file;
    }

    @Task
    void verify(@Requires Path written, @Requires Map<String, Long> airportsByCountry) throws IOException {
        if (Files.readAllLines(written).size() != 1 + airportsByCountry.size()) {
            throw new IllegalStateException(written + " is not complete");
        }
    }
}
