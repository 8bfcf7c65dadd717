package io.flowright.crash.chaos;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file to which any number of processes append lines. A line that was added stays, whatever becomes of the process; it need not be on
 * the disk, for the machine does not die here. Thread-safe.
 */
final class SharedLines implements AutoCloseable {

    /** No channel: an interrupt of one thread would close it for all. */
    private final FileOutputStream file;

    private SharedLines(FileOutputStream file) {
        this.file = file;
    }

    /** Opens the file, which is made if it is not there. */
    static SharedLines open(Path file) {
        try {
            return new SharedLines(new FileOutputStream(file.toFile(), true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(String line) {
        try {
            // One write of one line: lines of several processes do not mix.
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines so far, in the order in which they were added; none if there is no such file. */
    static List<String> read(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
