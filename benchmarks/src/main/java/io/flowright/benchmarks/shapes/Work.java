package io.flowright.benchmarks.shapes;

/**
 * What each task does besides handing on its argument.
 *
 * @param nanos how long it keeps its thread busy; 0: a no-op task
 */
public record Work(long nanos) {

    Value on(Value value) {
        if (nanos != 0) {
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
        return value;
    }
}
