package io.flowright.crash;

import io.flowright.runtime.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The world outside, as a file to which any number of processes append: what is in it has happened, whatever becomes of the process.
 * Thread-safe.
 */
public final class EffectLog implements AutoCloseable {

    private final FileChannel channel;
    private final long pid = ProcessHandle.current().pid();

    private EffectLog(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens the log in this file, which is made if it is not there. */
    public static EffectLog open(Path file) {
        try {
            return new EffectLog(FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The task has an effect; it is safe when the method returns. */
    public void add(TaskContext task) {
        String line = String.join(
                        "\t",
                        task.runId(),
                        task.task(),
                        Integer.toString(task.element()),
                        Integer.toString(task.attempt()),
                        task.idempotencyKey(),
                        Long.toString(pid))
                + "\n";
        try {
            // One write of one line: lines of several processes do not mix.
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has happened so far, in order; nothing if there is no such file. */
    public static List<Effect> read(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(EffectLog::effect).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Effect effect(String line) {
        String[] fields = line.split("\t", -1);
        return new Effect(
                fields[0],
                fields[1],
                Integer.parseInt(fields[2]),
                Integer.parseInt(fields[3]),
                fields[4],
                Long.parseLong(fields[5]));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
