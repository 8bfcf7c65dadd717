package io.flowright.examples.content;

import io.flowright.examples.content.LockedFolder.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is published, in versions: {@code <name>/v1.jpg}, {@code <name>/v2.jpg} and a {@code <name>/manifest.json}. A version is published
 * when the manifest names it, which happens in one step; a file that it does not name is nobody's. Versions are numbered in the order in
 * which they are published, and none ever changes. Any number of threads and processes of one machine may use one library.
 */
record Library(Path folder) {

    private static final String MANIFEST = "manifest.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * A version of a picture.
     *
     * @param input the SHA-256 of what it was made of
     * @param sha256 the SHA-256 of its file
     */
    record Version(String name, int number, String input, String sha256) {
        String file() {
            return "v" + number + ".jpg";
        }
    }

    /** What there is of a name; the latest version stands last. */
    record Manifest(String name, int latest, List<Version> versions) {

        Manifest and(Version version) {
            return new Manifest(
                    name,
                    version.number(),
                    Stream.concat(versions.stream(), Stream.of(version)).toList());
        }
    }

    /** A library in this folder, which is made if it is missing. */
    static Library in(Path folder) throws IOException {
        return new Library(Files.createDirectories(folder));
    }

    /**
     * Publishes a picture as the next version of its name; what has been made of the same input before stays the version that it is.
     *
     * @param written is told from time to time how many bytes are written
     */
    Version publish(String name, String input, byte[] jpeg, LongConsumer written)
            throws IOException, InterruptedException {
        Path shelf = Files.createDirectories(folder.resolve(name));
        Work<Version> publishing = () -> {
            AtomicFile.sweep(shelf);
            Manifest manifest = manifest(name);
            Optional<Version> before = manifest.versions().stream()
                    .filter(version -> version.input().equals(input))
                    .findFirst();
            if (before.isPresent()) {
                return before.get();
            }
            Version version = new Version(name, manifest.latest() + 1, input, Vault.sha256(jpeg));
            AtomicFile.write(shelf.resolve(version.file()), jpeg, written);
            AtomicFile.write(
                    shelf.resolve(MANIFEST), JSON.writeValueAsBytes(manifest.and(version)), manifestWritten -> {});
            return version;
        };
        return LockedFolder.alone(shelf, publishing);
    }

    /** What is published under this name; nothing: a manifest without versions. */
    Manifest manifest(String name) throws IOException {
        Path file = folder.resolve(name).resolve(MANIFEST);
        return Files.exists(file)
                ? JSON.readValue(Files.readAllBytes(file), Manifest.class)
                : new Manifest(name, 0, List.of());
    }

    Path file(Version version) {
        return folder.resolve(version.name()).resolve(version.file());
    }
}
