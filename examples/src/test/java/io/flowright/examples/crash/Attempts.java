package io.flowright.examples.crash;

import io.flowright.crash.EffectLog;
import java.nio.file.Path;

/** Which attempt it is. A service that goes by it has the same faults for a run that is disturbed as for one that is not. */
public final class Attempts {

    private Attempts() {}

    /**
     * The highest number of an attempt that has begun, in whatever process; 0: none has.
     *
     * @param effects the log of the run
     */
    public static int of(String task, Path effects) {
        return EffectLog.read(effects).stream()
                .filter(effect -> effect.task().equals(task))
                .mapToInt(effect -> effect.attempt())
                .max()
                .orElse(0);
    }
}
