package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.Scores;
import io.flowright.benchmarks.TemporaryFiles;
import io.flowright.benchmarks.durable.peers.Contender;
import io.flowright.benchmarks.durable.peers.Server;
import io.flowright.benchmarks.durable.peers.Site;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures durable workflows beside those of the peers, on one PostgreSQL server, and prints the tables: {@code quick} (the default),
 * {@code full}, or {@code bars}, which is that of the full form of which a bar speaks. After that may stand which parts are wanted, all by
 * default, of {@code bars} the first: {@code load}, {@code counts}, {@code lifecycle}.
 *
 * <p>The server is the one whose URL is in the environment variable {@code FLOWRIGHT_TEST_POSTGRES}, else one that is started, whose commits
 * are safe. Files are written to the folder for temporary files, which should be on the same disk as the server's.
 */
public final class DurableRuns {

    private DurableRuns() {}

    public static void main(String[] args) throws Exception {
        Logging.off();
        String form = args.length > 0 ? args[0] : "quick";
        boolean barsOnly = form.equals("bars");
        DurableEffort effort = barsOnly || form.equals("full") ? DurableEffort.FULL : DurableEffort.QUICK;
        List<String> all = barsOnly ? List.of("load") : List.of("load", "counts", "lifecycle");
        List<String> parts = args.length > 1 ? Arrays.asList(args).subList(1, args.length) : all;
        Scores scores = new Scores();
        Path folder = Files.createTempDirectory("flowright-durable");
        try (Server server = Server.find()) {
            Site site = new Site(server, folder);
            clear(site);
            measure(effort, parts, new Rounds(effort, barsOnly, site), site, scores);
            clear(site);
        } finally {
            TemporaryFiles.delete(folder);
        }
        System.out.printf(
                Locale.ROOT,
                "%nJava %s, %d processors, a load of %.1f at the end. Medians of %d rounds.%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                effort.rounds());
        new DurableTable(scores, System.out).print();
    }

    private static void measure(DurableEffort effort, List<String> parts, Rounds rounds, Site site, Scores scores)
            throws Exception {
        if (parts.contains("load")) {
            System.out.println("Warming up");
            rounds.measure(new Scores());
            for (int round = 1; round <= effort.rounds(); round++) {
                System.out.printf(Locale.ROOT, "Round %d of %d%n", round, effort.rounds());
                rounds.measure(scores);
            }
        }
        if (parts.contains("counts")) {
            rounds.count(scores);
        }
        if (parts.contains("lifecycle")) {
            for (int round = 1; round <= effort.rounds(); round++) {
                new Lifecycle(effort, site).measure(scores);
            }
        }
    }

    private static void clear(Site site) throws Exception {
        for (Contender contender : Contender.values()) {
            contender.place(site).clear();
        }
    }
}
