package io.flowright.crash.matrix;

import io.flowright.crash.EffectLog;
import io.flowright.crash.StoreKind;
import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowListener;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;

/**
 * What a process of the crash matrix works with. Its class has a public constructor without parameters; each process makes one of its
 * own. Thread-safe: several runs begin at once.
 */
public interface CrashSetup {

    /** Opens the store at this address, which {@link StoreKind#create} has made. */
    default RunStore open(String address) {
        return StoreKind.open(address);
    }

    /**
     * Makes what the tasks of a run act on. The JVM of the matrix calls it once for each run, and closes it after the run.
     *
     * @param flow the name of the flow in the matrix
     * @param directory an empty folder, for this run alone
     * @param effects the file of the run's {@link EffectLog}
     */
    default World world(String flow, Path directory, Path effects) throws Exception {
        return World.NONE;
    }

    /** Hears what happens to the runs of a process. */
    default FlowListener listener(EffectLog effects) {
        return event -> {};
    }

    /**
     * Makes a flow.
     *
     * @param name its name in the matrix
     * @param engine where it runs
     * @param effects what happens outside: each task adds to it when it has its effect. Tasks that add nothing are not watched
     * @param world the address of the run's {@link #world}
     */
    MortalFlow flow(String name, Engine engine, EffectLog effects, String world);
}
