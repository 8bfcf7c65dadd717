package io.flowright.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/** The three shapes with a pause between runs, in which helping threads fall asleep. */
public class PausedShapesBenchmark extends ShapesBenchmark {

    /** Spins: a caller that slept would be measured with a cold processor. */
    @Setup(Level.Invocation)
    public void pause() {
        long end = System.nanoTime() + 50_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
