package io.flowright.jdbc;

import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Another process that works with the store, and the handle on it. What it has done it says, a line each. */
final class SqliteChild implements AutoCloseable {

    static final FlowVersion FLOW = new FlowVersion("order", "f1");

    /** The runs of each of the child's batches. */
    static final int BATCH = 5;

    private final Process process;
    private final BufferedReader lines;

    private SqliteChild(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a process that does this with the store in the file. */
    static SqliteChild start(String what, Path file) throws Exception {
        Set<String> path = new LinkedHashSet<>();
        for (String type : List.of(
                SqliteChild.class.getName(),
                SqliteStore.class.getName(),
                RunStore.class.getName(),
                "org.slf4j.LoggerFactory",
                "org.slf4j.nop.NOPServiceProvider",
                "org.sqlite.JDBC")) {
            path.add(Path.of(Class.forName(type)
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(String.join(System.getProperty("path.separator"), path));
        command.addAll(List.of(SqliteChild.class.getName(), what, file.toString()));
        return new SqliteChild(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line that it says. */
    String said() {
        try {
            String line = lines.readLine();
            if (line == null) {
                throw new IllegalStateException("the process has ended");
            }
            return line;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whatever it has said that has not been read; waits until it has ended. */
    List<String> rest() {
        return lines.lines().toList();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void signal(String name) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + code);
        }
    }

    @Override
    public void close() {
        kill();
    }

    // ---- the process ---------------------------------------------------------------------------------------------

    public static void main(String[] args) throws Exception {
        SqliteStore store = SqliteStore.open(Path.of(args[1]));
        switch (args[0]) {
            case "open" -> store.close();
            case "look" -> store.orphans(10).stream().map(RunRecord::id).forEach(SqliteChild::say);
            case "hold" -> hold(store);
            case "write" -> write(store);
            default -> throw new IllegalArgumentException(args[0]);
        }
        say("done");
    }

    private static void hold(SqliteStore store) throws Exception {
        store.enter("child", "", Duration.ofHours(1));
        store.announce("child", FLOW, new byte[] {1});
        store.write(List.of(beginning("run-of-child")));
        store.claim(new KeyName("order", "charge", "00"), "run-of-child", 1);
        say("holds");
        // Until it is killed.
        new CountDownLatch(1).await();
    }

    private static void write(SqliteStore store) {
        store.enter("child", "", Duration.ofHours(1));
        store.write(
                IntStream.range(0, BATCH).mapToObj(i -> beginning("run" + i)).toList());
        for (int round = 0; ; round++) {
            TaskRecord task = new TaskRecord(
                    "task" + round,
                    "",
                    0,
                    1,
                    TaskRecord.Kind.END,
                    TaskRecord.Status.SUCCEEDED,
                    new byte[2_000],
                    null,
                    null,
                    Instant.EPOCH,
                    null);
            store.write(IntStream.range(0, BATCH)
                    .mapToObj(i -> new RunWrite("run" + i, 1, null, List.of(task), List.of(), null))
                    .toList());
            say(task.task());
        }
    }

    private static RunWrite beginning(String run) {
        NewRun begin = new NewRun("child", FLOW, "", new byte[0], List.of(), null, Instant.EPOCH, 0, Map.of());
        return new RunWrite(run, 1, begin, List.of(), List.of(), null);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
