package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.Order;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How often the file system says that something is on the disk: 512 bytes at the end of a file, one file for each caller. */
final class Fsyncs implements Peer {

    private static final int BYTES = 512;

    private final List<FileChannel> files = new CopyOnWriteArrayList<>();
    private final ThreadLocal<FileChannel> mine;

    Fsyncs(Place place) throws IOException {
        Path folder = place.folder();
        mine = ThreadLocal.withInitial(() -> open(folder));
    }

    private FileChannel open(Path folder) {
        try {
            FileChannel file = FileChannel.open(Files.createTempFile(folder, "fsync", ""), StandardOpenOption.APPEND);
            files.add(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Order run(Shape shape, long id) throws IOException {
        FileChannel file = mine.get();
        file.write(ByteBuffer.allocate(BYTES));
        file.force(false);
        return Order.placed(id);
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }
}
