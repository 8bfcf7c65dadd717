package io.flowright.examples.transport;

import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowListener;
import java.io.PrintStream;

/** Draws how far a task is, a mark at a time, so that it looks the same on a terminal and in a file. */
final class ProgressBar implements FlowListener {

    private static final int WIDTH = 40;

    private final PrintStream out;
    private int drawn;

    ProgressBar(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void on(FlowEvent event) {
        if (event instanceof FlowEvent.TaskProgressed progress) {
            if (drawn == 0) {
                out.print(progress.task() + " [");
            }
            int width = (int) (WIDTH * progress.done() / progress.total());
            out.print("#".repeat(width - drawn));
            drawn = width;
            if (progress.done() == progress.total()) {
                out.println("] " + progress.total());
                drawn = 0;
            }
            out.flush();
        }
    }
}
