package io.flowright.examples.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the team is told: a file for each message, named by its key, so that the same said twice is said once. */
record Outbox(Path folder) {

    /** An outbox in this folder, which is made if it is missing. */
    static Outbox in(Path folder) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.sweep(folder);
        return new Outbox(folder);
    }

    void put(String key, String message) throws IOException {
        AtomicFile.write(folder.resolve(key + ".txt"), (message + "\n").getBytes(UTF_8), written -> {});
    }
}
