package io.flowright.runtime.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The tasks of one run that run for each element of something, or their compensations. */
final class FanOuts {

    private final FlowRun<?> run;

    /** Those that have been ready, by number. */
    private final AtomicReferenceArray<@Nullable FanOut> begun;

    private final IntFunction<FanOut> maker;

    /** @param maker gives the task with a number, which begins */
    FanOuts(FlowRun<?> run, int numbers, IntFunction<FanOut> maker) {
        this.run = run;
        this.maker = maker;
        begun = new AtomicReferenceArray<>(numbers);
    }

    boolean contains(int task) {
        return run.graph.task(task).fanOut() != null;
    }

    /** The task, which begins if it has not. Called by the thread that holds it. */
    FanOut get(int task) {
        FanOut known = begun.get(task);
        if (known == null) {
            known = maker.apply(task);
            begun.set(task, known);
        }
        return known;
    }

    /** The task; null if it has not begun. */
    @Nullable
    FanOut known(int task) {
        return begun.get(task);
    }

    /** Sees what elements say now; not under any lock. */
    void look() {
        for (int task = 0; task < begun.length(); task++) {
            FanOut known = begun.get(task);
            if (known != null) {
                known.look();
            }
        }
    }

    /** The run stops: waits of elements end, and pending stages too if {@code all}. */
    void stopWaiting(boolean all) {
        for (int task = 0; task < begun.length(); task++) {
            FanOut known = begun.get(task);
            if (known != null) {
                known.stopWaiting(all);
            }
        }
    }

    /** The run has stopped: what has not ended is to begin again. */
    void rest() {
        for (int task = 0; task < begun.length(); task++) {
            FanOut known = begun.get(task);
            if (known != null) {
                known.rest();
            }
        }
    }
}
