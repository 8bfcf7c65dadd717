package io.flowright.crash.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A file of SQLite that others lock and make read-only, on a disk that fills up, with a clock that jumps. The full disk takes a small
 * file system of its own, which only root may have; and root is refused no file, so its engines are started without that right.
 */
final class ChaosSqlite implements ChaosStore {

    private static final String SIZE = "600m";

    private final Path folder;
    private final Path file;
    private final Duration lease;
    private final boolean root;
    private final boolean mounted;

    ChaosSqlite(Path directory, Duration lease) throws IOException {
        this.folder = Files.createDirectory(directory.resolve("disk"));
        this.file = folder.resolve("runs.db");
        this.lease = lease;
        this.root = "root".equals(System.getProperty("user.name"));
        this.mounted = root && run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString());
    }

    private static boolean run(String... command) throws IOException {
        // Whether it can be done is known by its status; not by what it says.
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }

    @Override
    public String address() {
        return file.toString();
    }

    @Override
    public String quietAddress() {
        return address();
    }

    @Override
    public List<String> command() {
        return root ? List.of("setpriv", "--bounding-set=-dac_override") : List.of();
    }

    @Override
    public List<Trouble> troubles() {
        List<Trouble> troubles = new ArrayList<>(List.of(
                new Trouble("file locked", this::lock),
                new Trouble("file read-only", this::protect),
                new Trouble("clock of the machine jumps", this::jump)));
        if (mounted) {
            troubles.add(new Trouble("disk full", this::fill));
        }
        return troubles;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=30000");
    }

    private void lock(Random random) throws SQLException, InterruptedException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            pause(random, 200, lease.toMillis() * 2);
            statement.execute("ROLLBACK");
        }
    }

    /** For whoever opens it: those that have it open go on. */
    private void protect(Random random) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        try {
            pause(random, 1_000, lease.toMillis() * 2);
        } finally {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private void fill(Random random) throws IOException, InterruptedException {
        Path ballast = folder.resolve("ballast");
        try {
            try (OutputStream out = Files.newOutputStream(ballast)) {
                for (int size = 1 << 20; size > 0; size = size > 512 ? 512 : 0) {
                    fill(out, new byte[size]);
                }
            }
            pause(random, 200, lease.toMillis() * 2);
        } finally {
            Files.deleteIfExists(ballast);
        }
    }

    private static void fill(OutputStream out, byte[] block) {
        try {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // That is what it is for.
        }
    }

    /** Leases are what depends on the clock: as if it had jumped ahead, or back by a little, since they were last renewed. */
    private void jump(Random random) throws SQLException {
        long millis = random.nextBoolean()
                ? lease.toMillis() * (1 + random.nextInt(100))
                : -random.nextLong(lease.toMillis() * 2);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE flowright_engines SET lease_until = lease_until - " + millis);
        }
    }

    private static void pause(Random random, long least, long most) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(least + random.nextLong(most - least));
    }

    @Override
    public void close() throws IOException {
        if (mounted) {
            run("umount", folder.toString());
        }
    }
}
