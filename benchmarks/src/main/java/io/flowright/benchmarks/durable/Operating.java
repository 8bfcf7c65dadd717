package io.flowright.benchmarks.durable;

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
 * Measures what operators do to runs, on both stores, and prints the tables: {@code quick} (the default) or {@code full}. After that may stand
 * which parts are wanted, all by default: {@code commands}, {@code purge}. Where: as {@link DurableRuns}.
 */
public final class Operating {

    private static final List<Contender> STORES = List.of(Contender.FLOWRIGHT_SQLITE, Contender.FLOWRIGHT_POSTGRES);

    private Operating() {}

    public static void main(String[] args) throws Exception {
        Logging.off();
        boolean full = args.length > 0 && args[0].equals("full");
        List<String> parts =
                args.length > 1 ? Arrays.asList(args).subList(1, args.length) : List.of("commands", "purge");
        Path folder = Files.createTempDirectory("flowright-operating");
        try (Server server = Server.find()) {
            Site site = new Site(server, folder);
            if (parts.contains("commands")) {
                System.out.println("\n| | commands | p50 ms | p99 ms |\n|---|--:|--:|--:|");
                for (Contender store : STORES) {
                    new CommandLatency(store, site).measure(full ? 50 : 10);
                }
                load();
            }
            if (parts.contains("purge")) {
                System.out.println("\n| | runs | removed/s | batch p50 / p99 / longest ms | writer alone, runs/s"
                        + " | p50 / p99 / longest ms | writer beside, runs/s | p50 / p99 / longest ms |"
                        + "\n|---|--:|--:|--:|--:|--:|--:|--:|");
                for (Contender store : STORES) {
                    new Purging(store, site).measure(full ? 1_000_000 : 20_000);
                    load();
                }
            }
            for (Contender store : STORES) {
                store.place(site).clear();
            }
        } finally {
            TemporaryFiles.delete(folder);
        }
    }

    private static void load() {
        System.out.printf(
                Locale.ROOT,
                "Java %s, %d processors, a load of %.1f%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
