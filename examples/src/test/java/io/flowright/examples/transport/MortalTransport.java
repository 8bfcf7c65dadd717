package io.flowright.examples.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowright.crash.matrix.MortalFlow;
import io.flowright.crash.matrix.World;
import io.flowright.examples.crash.MortalExample;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The first rows of the real file, and a table of countries that is complete, whoever writes it. */
public final class MortalTransport implements MortalExample {

    private static final int ROWS = 200;

    @Override
    public Ending ending() {
        return new Ending(
                RunStatus.SUCCEEDED,
                "200 rows, 0 rejected, 86 airports, 200 points in 42 currencies",
                List.of("39 lines of hash code 1733659430"));
    }

    /** Parsing is pure: it is not recorded, and runs again for whoever needs its rows. */
    @Override
    public Map<String, Set<String>> needs() {
        return Map.of(
                "parse", Set.of("ingest"),
                "cleanse", Set.of("ingest"),
                "enrich", Set.of("cleanse"),
                "airports", Set.of("enrich"),
                "airportsByCountry", Set.of("airports"),
                "nearestByCountry", Set.of("airports"),
                "pointsByCurrency", Set.of("enrich"),
                "write", Set.of("airportsByCountry", "nearestByCountry"),
                "verify", Set.of("write"));
    }

    @Override
    public World world(Path directory, Path effects) throws IOException {
        try (BufferedReader points =
                new BufferedReader(new InputStreamReader(Transport.points().openStream(), UTF_8))) {
            Files.write(points(directory), points.lines().limit(1 + ROWS).toList());
        }
        return new World() {
            @Override
            public String address() {
                return directory.toString();
            }

            @Override
            public List<String> traces() throws IOException {
                List<String> lines = Files.readAllLines(table(directory));
                return List.of(lines.size() + " lines of hash code " + lines.hashCode());
            }
        };
    }

    @Override
    public MortalFlow flow(Engine engine, String world) {
        Path directory = Path.of(world);
        TransportFlow flow = TransportFlow.create(new TransportTasks(), engine);
        return run -> MortalFlow.outcome(
                flow.start(RunOptions.id(run), url(points(directory)), Transport.SINGAPORE, table(directory)),
                MortalTransport::text);
    }

    private static String text(TransportFlow.Result result) {
        return result.rows().size() + " rows, "
                + result.rejections().size() + " rejected, "
                + result.airports().size() + " airports, "
                + result.pointsByCurrency().values().stream().collect(Collectors.summingLong(count -> count))
                + " points in " + result.pointsByCurrency().size() + " currencies";
    }

    private static Path points(Path directory) {
        return directory.resolve("points.csv");
    }

    private static Path table(Path directory) {
        return directory.resolve("airports.csv");
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
