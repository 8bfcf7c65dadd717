package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.durable.peers.Contender;
import io.flowright.benchmarks.durable.peers.Orphans;
import io.flowright.benchmarks.durable.peers.PausedRuns;
import io.flowright.benchmarks.durable.peers.Peer;
import io.flowright.benchmarks.durable.peers.Server;
import io.flowright.benchmarks.durable.peers.Site;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What needs a JVM of its own: a first run, runs that are paused, and runs whose process dies. */
final class OtherProcess {

    private static final int DEATH = 9;

    private OtherProcess() {}

    /** Arguments: what to do, with which contender, where (the URL of the server and a folder), with how many runs. */
    public static void main(String[] args) throws Exception {
        Logging.off();
        Contender contender = Contender.valueOf(args[1]);
        Site site = new Site(Server.at(args[2]), Path.of(args[3]));
        if (args[0].equals("first")) {
            try (Peer peer = contender.open(site)) {
                peer.run(Shape.CHAIN_5, 1);
                long begin = ManagementFactory.getRuntimeMXBean().getStartTime();
                System.out.println(System.currentTimeMillis() - begin);
            }
        } else if (args[0].equals("pause")) {
            System.out.println(new PausedRuns(contender, site).heap(Integer.parseInt(args[4])));
        } else {
            new Orphans(contender, site).leave(Integer.parseInt(args[4]));
            if (args[0].equals("hold")) {
                System.out.println("ready");
                System.in.read();
            }
            Runtime.getRuntime().halt(DEATH);
        }
    }

    /** From the start of a JVM to the end of the first run in it, in milliseconds. */
    static double first(Contender contender, Site site) throws InterruptedException {
        return Double.parseDouble(run(0, "first", contender, site, 1));
    }

    /** Pauses so many runs, and says how many bytes of heap each of them takes. */
    static double paused(Contender contender, Site site, int runs) throws InterruptedException {
        return Double.parseDouble(run(0, "pause", contender, site, runs));
    }

    /** Leaves so many runs behind. */
    static void leave(Contender contender, Site site, int runs) throws InterruptedException {
        run(DEATH, "leave", contender, site, runs);
    }

    /** Has so many runs under way, none of which ends, until it is told by the end of its input. */
    static Process hold(Contender contender, Site site, int runs) throws IOException {
        Process process = start("hold", contender, site, runs);
        if (!"ready".equals(process.inputReader().readLine())) {
            throw new IllegalStateException(contender + " did not begin");
        }
        return process;
    }

    private static String run(int expected, String what, Contender contender, Site site, int runs)
            throws InterruptedException {
        try {
            Process process = start(what, contender, site, runs);
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = process.waitFor();
            if (code != expected) {
                throw new IllegalStateException(what + " of " + contender + " ended with " + code + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(String what, Contender contender, Site site, int runs) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                what,
                contender.name(),
                site.server().url(),
                site.folder().toString(),
                Integer.toString(runs));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
