package io.flowright.examples.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowright.runtime.FlowEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Predicate;

/**
 * A run in another process, step by step: the process says what it is about to do, and does it when it is told to. So whoever wants to
 * kill it can choose the moment.
 */
public final class Steps {

    private Steps() {}

    /** A listener for the engine of the other process: says {@code charge 0} before a task, {@code charge 500} when it reports progress. */
    public static void announce(FlowEvent event) {
        if (event instanceof FlowEvent.TaskStarted started) {
            announce(started.task() + " 0");
        } else if (event instanceof FlowEvent.TaskProgressed progress) {
            announce(progress.task() + " " + progress.done());
        }
    }

    private static void announce(String step) {
        System.out.println(step);
        try {
            // At the end of the input nobody looks on any longer, and the run goes on by itself.
            System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets the process take its steps.
     *
     * @param goOn whether it may take this one; false: the process is killed, as by {@code kill -9}
     * @return the status with which it ended
     */
    public static int follow(Process process, Predicate<String> goOn) throws IOException, InterruptedException {
        try (BufferedReader steps = process.inputReader(UTF_8);
                OutputStream permits = process.getOutputStream()) {
            String step;
            while ((step = steps.readLine()) != null && goOn.test(step)) {
                permits.write('\n');
                permits.flush();
            }
            if (step != null) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }
}
