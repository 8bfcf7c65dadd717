package io.flowright.examples.transport;

import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowListener;

/** Draws how far a task is. */
final class ProgressBar implements FlowListener {

    @Override
    public void on(FlowEvent event) {
        if (event instanceof FlowEvent.TaskProgressed progress) {
            int percent = (int) (100 * progress.done() / progress.total());
            String bar = "#".repeat(percent / 2) + ".".repeat(50 - percent / 2);
            System.out.printf("\r%s [%s] %d %%%s", progress.task(), bar, percent, percent == 100 ? "\n" : "");
        }
    }
}
