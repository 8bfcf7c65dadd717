package io.flowright.examples.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Contents by their SHA-256, so that tasks hand on a name of 64 characters, in any process, for what would be megabytes in the store of
 * runs. What is in it never changes, and goes when its runs go.
 */
record Vault(Path folder) {

    /** A vault in this folder, which is made if it is missing. */
    static Vault in(Path folder) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.sweep(folder);
        return new Vault(folder);
    }

    /** Keeps a content and returns its SHA-256. Twice is once. */
    String keep(byte[] content) throws IOException {
        String sha256 = sha256(content);
        Path file = folder.resolve(sha256);
        if (!Files.exists(file)) {
            AtomicFile.write(file, content, written -> {});
        }
        return sha256;
    }

    /** The content with this SHA-256. */
    byte[] read(String sha256) throws IOException {
        Path file = folder.resolve(sha256);
        byte[] content = Files.readAllBytes(file);
        if (!sha256(content).equals(sha256)) {
            throw new IOException(file + " is damaged: its content is not that of its name");
        }
        return content;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has it", e);
        }
    }
}
