package io.flowright.crash;

import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowListener;
import io.flowright.runtime.TaskContext;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The world outside, as a file to which any number of processes append: what is in it has happened, whatever becomes of the process.
 * Thread-safe.
 */
public final class EffectLog implements AutoCloseable {

    /** No channel: an interrupt, as an element gets one when its quorum is reached, would close that. */
    private final FileOutputStream file;

    private final long pid = ProcessHandle.current().pid();

    private EffectLog(FileOutputStream file) {
        this.file = file;
    }

    /** Adds each attempt that starts, for tasks that know nothing of a log. No event has its idempotency key: the place stands for that. */
    public FlowListener starts() {
        return event -> {
            if (event instanceof FlowEvent.TaskStarted started) {
                Integer element = started.element();
                String of = started.task() + (element == null ? "" : "[" + element + "]");
                add(new Effect(
                        started.runId(),
                        started.task(),
                        element == null ? -1 : element,
                        started.attempt(),
                        of,
                        "",
                        pid));
            }
        };
    }

    /** Opens the log in this file, which is made if it is not there. */
    public static EffectLog open(Path file) {
        try {
            return new EffectLog(new FileOutputStream(file.toFile(), true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The task has an effect; it is safe when the method returns. */
    public void add(TaskContext task) {
        add(task, "");
    }

    /**
     * As {@link #add(TaskContext)}.
     *
     * @param received what the task has received, a text without tabs and line breaks
     */
    public void add(TaskContext task, String received) {
        add(new Effect(
                task.runId(), task.task(), task.element(), task.attempt(), task.idempotencyKey(), received, pid));
    }

    /** A person decides that what is in doubt in the run runs again; it is safe when the method returns. */
    public void decided(String run) {
        add(new Effect(run, Effect.PERSON, -1, 1, "", "", pid));
    }

    private void add(Effect effect) {
        String line = String.join(
                        "\t",
                        effect.run(),
                        effect.task(),
                        Integer.toString(effect.element()),
                        Integer.toString(effect.attempt()),
                        effect.key(),
                        effect.received(),
                        Long.toString(effect.pid()))
                + "\n";
        try {
            // One write of one line: lines of several processes do not mix.
            file.write(line.getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
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
                fields[5],
                Long.parseLong(fields[6]));
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
