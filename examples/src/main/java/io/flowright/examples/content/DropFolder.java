package io.flowright.examples.content;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder into which people drop files. Nobody says when a file is complete, so it is taken when two looks in a row have found it the
 * same; until then it may be half a file. Files stay where they are: what has been taken is forgotten with the process, and a new one
 * takes everything again, which is nothing new to those who know files by their content. Not thread-safe.
 */
final class DropFolder {

    private static final System.Logger LOG = System.getLogger(DropFolder.class.getName());

    private static final long MAX_BYTES = 64L << 20;

    private final Path folder;
    private final Map<Path, State> seen = new HashMap<>();
    private final Map<Path, State> taken = new HashMap<>();
    private final Map<Path, State> failed = new HashMap<>();

    /** How a file looked. */
    private record State(long size, FileTime modified) {}

    /** Takes a file. What it throws is logged, and the file is offered again. */
    @FunctionalInterface
    interface Taker {
        void take(String name, byte[] content) throws IOException;
    }

    DropFolder(Path folder) {
        this.folder = folder;
    }

    /** Looks what there is, and hands over what is complete and has changed since it was taken. */
    void look(Taker taker) throws IOException {
        Set<Path> present = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                present.add(file);
                State state = state(file);
                if (state != null && state.equals(seen.put(file, state)) && !state.equals(taken.get(file))) {
                    offer(file, state, taker);
                }
            }
        }
        seen.keySet().retainAll(present);
        taken.keySet().retainAll(present);
        failed.keySet().retainAll(present);
    }

    private void offer(Path file, State state, Taker taker) {
        try {
            if (state.size > MAX_BYTES) {
                throw new IOException("%,d bytes are more than %,d".formatted(state.size, MAX_BYTES));
            }
            byte[] content = Files.readAllBytes(file);
            if (state.equals(state(file))) {
                taker.take(file.getFileName().toString(), content);
                taken.put(file, state);
            }
        } catch (NoSuchFileException e) {
            LOG.log(Level.DEBUG, "gone before it was taken: {0}", file);
        } catch (IOException | RuntimeException e) {
            // Once, for it is offered again with each look.
            if (!state.equals(failed.put(file, state))) {
                LOG.log(Level.WARNING, "not taken yet: {0}: {1}", file, e);
            }
        }
    }

    /** Null: there is nothing to take, or nothing yet. Names with a leading dot are those of files that are being written. */
    private static @Nullable State state(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            boolean dotted = file.getFileName().toString().startsWith(".");
            return dotted || !attributes.isRegularFile() || attributes.size() == 0
                    ? null
                    : new State(attributes.size(), attributes.lastModifiedTime());
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
