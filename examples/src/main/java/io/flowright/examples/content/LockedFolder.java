package io.flowright.examples.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** A folder in which one thread of one process works at a time. */
final class LockedFolder {

    /** A lock on a file is the process's, so its threads line up first. */
    private static final ReentrantLock[] LINES =
            Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

    private LockedFolder() {}

    /** What is to be done. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does it when nobody else is at work in the folder. A process that dies is at work no longer. */
    static <T> T alone(Path folder, Work<T> work) throws IOException, InterruptedException {
        Path place = folder.toRealPath();
        ReentrantLock line = LINES[Math.floorMod(place.hashCode(), LINES.length)];
        line.lockInterruptibly();
        try (FileChannel file =
                FileChannel.open(place.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock();
            return work.run();
        } finally {
            line.unlock();
        }
    }
}
