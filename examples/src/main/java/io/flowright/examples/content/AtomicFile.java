package io.flowright.examples.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Files that are there as a whole or not at all, whatever becomes of the process or of the machine. */
final class AtomicFile {

    private static final int CHUNK = 16 * 1024;

    /** What a process that was killed leaves behind. Nobody reads it. */
    private static final String TEMPORARY = ".tmp";

    private AtomicFile() {}

    /**
     * Writes a file, or replaces it.
     *
     * @param written is told from time to time how many bytes there are
     */
    static void write(Path target, byte[] content, LongConsumer written) throws IOException {
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "folder");
        Path temporary = folder.resolve("." + UUID.randomUUID() + TEMPORARY);
        try {
            try (FileChannel file =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    rest.limit(Math.min(rest.position() + CHUNK, content.length));
                    while (rest.hasRemaining()) {
                        file.write(rest);
                    }
                    written.accept(rest.position());
                    rest.limit(content.length);
                }
                // Before the name: after a power failure it must not stand for an empty file.
                file.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceNames(folder);
    }

    /** Deletes what processes have left in a folder that were killed while they wrote. */
    static void sweep(Path folder) throws IOException {
        // Somebody may be at it right now, but not for that long.
        Instant longAgo = Instant.now().minus(Duration.ofHours(1));
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, ".*" + TEMPORARY)) {
            for (Path leftover : leftovers) {
                if (Files.getLastModifiedTime(leftover).toInstant().isBefore(longAgo)) {
                    Files.deleteIfExists(leftover);
                }
            }
        }
    }

    private static void forceNames(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (AccessDeniedException e) {
            // Windows opens no folders, and needs it less.
        }
    }
}
