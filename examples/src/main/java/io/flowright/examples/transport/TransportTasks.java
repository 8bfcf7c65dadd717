package io.flowright.examples.transport;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import io.flowright.runtime.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** From a file of points of transport to a table of countries. */
@Flow
public class TransportTasks {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setDelimiter('^')
            .setQuote(null)
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();

    private static final CSVFormat TABLE = CSVFormat.DEFAULT
            .builder()
            .setHeader("code", "country", "airports", "nearest", "km", "currency")
            .get();

    /** A file as it was read. */
    public record Source(String text, String sha256) {}

    /** What became of the rows. */
    public record Cleansed(List<Point> points, List<Rejection> rejections) {}

    /** A row that is left out. */
    public record Rejection(String code, Point.Rule rule) {}

    /** A point as seen from the traveller's home. */
    public record Stop(Point point, double kilometres, String currency) {}

    /** A line of the result. */
    public record Country(String code, long airports, Stop nearest) {}

    @Provides({"text", "sha256"})
    Source ingest(@Input URL source) throws IOException, NoSuchAlgorithmException {
        try (InputStream stream = source.openStream()) {
            byte[] bytes = stream.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Source(
                    new String(bytes, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        }
    }

    @Provides("rows")
    List<CSVRecord> parse(@Requires String text) throws IOException {
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            return parser.getRecords();
        }
    }

    @Provides({"points", "rejections"})
    Cleansed cleanse(@Requires List<CSVRecord> rows) {
        List<Point> points = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        for (CSVRecord row : rows) {
            Point.brokenBy(row)
                    .ifPresentOrElse(
                            rule -> rejections.add(new Rejection(row.get("iata_code"), rule)),
                            () -> points.add(Point.of(row)));
        }
        return new Cleansed(points, rejections);
    }

    @Provides("stops")
    List<Stop> enrich(@Requires List<Point> points, @Input Place home, Progress progress) {
        Map<String, String> currencies = Currency.getAvailableCurrencies().stream()
                .collect(Collectors.toMap(
                        Currency::getCurrencyCode, currency -> currency.getDisplayName(Locale.ENGLISH)));
        List<Stop> stops = new ArrayList<>();
        for (Point point : points) {
            String code = point.currencyCode();
            stops.add(new Stop(point, home.kilometresTo(point.place()), currencies.getOrDefault(code, code)));
            if (stops.size() % 500 == 0 || stops.size() == points.size()) {
                progress.update(stops.size(), points.size());
            }
        }
        return stops;
    }

    @Provides
    List<Stop> airports(@Requires List<Stop> stops) {
        return stops.stream().filter(stop -> stop.point().isAirport()).toList();
    }

    @Provides
    Map<String, Long> airportsByCountry(@Requires List<Stop> airports) {
        return airports.stream().collect(groupingBy(stop -> stop.point().country(), TreeMap::new, counting()));
    }

    @Provides
    Map<String, Stop> nearestByCountry(@Requires List<Stop> airports) {
        return airports.stream()
                .collect(Collectors.toMap(
                        stop -> stop.point().country(),
                        stop -> stop,
                        BinaryOperator.minBy(Comparator.comparingDouble(Stop::kilometres)),
                        TreeMap::new));
    }

    @Provides
    Map<String, Long> pointsByCurrency(@Requires List<Stop> stops) {
        return stops.stream().collect(groupingBy(Stop::currency, TreeMap::new, counting()));
    }

    @Provides
    Map<String, Long> pointsByKind(@Requires List<Stop> stops) {
        return stops.stream().collect(groupingBy(stop -> stop.point().kind(), TreeMap::new, counting()));
    }

    @Provides
    List<Country> countries(
            @Requires Map<String, Long> airportsByCountry, @Requires Map<String, Stop> nearestByCountry) {
        return nearestByCountry.entrySet().stream()
                .map(nearest -> new Country(
                        nearest.getKey(), airportsByCountry.getOrDefault(nearest.getKey(), 0L), nearest.getValue()))
                .sorted(Comparator.comparingLong(Country::airports).reversed())
                .toList();
    }

    @Provides("written")
    Path write(@Requires List<Country> countries, @Input Path file) throws IOException {
        try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(file), TABLE)) {
            for (Country country : countries) {
                Stop nearest = country.nearest();
                printer.printRecord(
                        country.code(),
                        nearest.point().countryName(),
                        country.airports(),
                        nearest.point().name(),
                        Math.round(nearest.kilometres()),
                        nearest.currency());
            }
        }
        return file;
    }

    @Task
    void verify(@Requires Path written, @Requires List<Stop> airports) throws IOException {
        try (CSVParser parser = CSVParser.parse(written, StandardCharsets.UTF_8, TABLE)) {
            long total = parser.stream()
                    .skip(1)
                    .mapToLong(country -> Long.parseLong(country.get("airports")))
                    .sum();
            if (total != airports.size()) {
                throw new IllegalStateException(written + " counts " + total + " airports, not " + airports.size());
            }
        }
    }
}
