package io.flowright.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells engines whose process has ended from those that are only slow: each engine has a file, locked as long as its process lives. The
 * operating system ends the lock with the process, however that dies. Thread-safe.
 *
 * <p>On POSIX systems closing <em>any</em> handle of a file ends all locks that the process has on it. So this process never opens a
 * file of an engine of its own a second time: what it holds is known here, and {@link #process} tells the engines of this process even
 * where these classes were loaded twice.
 */
final class EngineLocks implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(SqliteStore.class);

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,120}");

    /** What this process holds. Guarded by itself, as is all work on the files. */
    private static final Map<Path, FileLock> HELD = new HashMap<>();

    private static final String PROCESS = ProcessHandle.current().pid() + "-"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(start -> Long.toString(start.toEpochMilli()))
                    .orElse("");

    private final Path folder;

    /** Those that this store has locked. Guarded by {@link #HELD}. */
    private final Set<Path> mine = new HashSet<>();

    EngineLocks(Path database) {
        this.folder = database.resolveSibling(database.getFileName() + "-engines");
    }

    /** This process: its number, and when it started, because numbers come again. */
    static String process() {
        return PROCESS;
    }

    /** Takes the lock of an engine of this process, unless it is held already. */
    void hold(String owner) {
        Path file = file(owner);
        synchronized (HELD) {
            if (!HELD.containsKey(file)) {
                HELD.put(file, lock(owner, file));
                mine.add(file);
            }
        }
    }

    private FileLock lock(String owner, Path file) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = tryLock(channel);
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            if (lock == null) {
                throw new StoreException("another process has an engine named " + owner);
            }
            return lock;
        } catch (IOException failure) {
            throw new StoreException("the lock " + file + " of an engine cannot be taken: " + failure, failure);
        }
    }

    /** Ends the lock of an engine that has left. */
    void release(String owner) {
        Path file = file(owner);
        synchronized (HELD) {
            if (mine.remove(file)) {
                unlock(file);
                delete(file);
            }
        }
    }

    /**
     * Whether the engine's process has surely ended. An engine without a file, which somebody has deleted, is not: its lease decides.
     *
     * @param owner an engine of another process
     */
    boolean hasEnded(String owner) {
        Path file = file(owner);
        synchronized (HELD) {
            if (HELD.containsKey(file)) {
                return false;
            }
            // To close the channel is to end the lock.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                return tryLock(channel) != null;
            } catch (NoSuchFileException absent) {
                return false;
            } catch (IOException failure) {
                LOGGER.debug("The lock {} of an engine cannot be looked at; its lease decides", file, failure);
                return false;
            }
        }
    }

    /** Removes the file of an engine whose end has been noted. */
    void forget(String owner) {
        delete(file(owner));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException held) {
            return null;
        }
    }

    private static void unlock(Path file) {
        FileLock lock = HELD.remove(file);
        if (lock != null) {
            try {
                lock.acquiredBy().close();
            } catch (IOException failure) {
                LOGGER.warn("The lock {} of an engine could not be given back", file, failure);
            }
        }
    }

    /** One that stays is only litter. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            LOGGER.debug("The lock {} of an engine that has ended could not be deleted", file, failure);
        }
    }

    private Path file(String owner) {
        String name = FILE_NAME.matcher(owner).matches()
                ? owner
                : UUID.nameUUIDFromBytes(owner.getBytes(StandardCharsets.UTF_8)).toString();
        return folder.resolve(name + ".lock");
    }

    /** Ends all locks of this store; the files stay, for others to see that these engines have ended. */
    @Override
    public void close() {
        synchronized (HELD) {
            mine.forEach(EngineLocks::unlock);
            mine.clear();
        }
    }
}
