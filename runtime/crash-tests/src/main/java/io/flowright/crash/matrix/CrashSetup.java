package io.flowright.crash.matrix;

import io.flowright.crash.EffectLog;
import io.flowright.runtime.Engine;
import io.flowright.runtime.spi.RunStore;

/**
 * What a process of the crash matrix works with. Its class has a public constructor without parameters; each process makes one of its
 * own. Thread-safe: several runs begin at once.
 */
public interface CrashSetup {

    /** Opens the store at this address, as one of the matrix's {@link CrashMatrix.Stores} has made it. */
    RunStore open(String address);

    /**
     * Makes a flow.
     *
     * @param name its name in the matrix
     * @param engine where it runs
     * @param effects the world: each task adds to it when it has its effect. Tasks that add nothing are not watched
     */
    MortalFlow flow(String name, Engine engine, EffectLog effects);
}
