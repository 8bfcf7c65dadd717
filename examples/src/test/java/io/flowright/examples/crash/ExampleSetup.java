package io.flowright.examples.crash;

import io.flowright.crash.EffectLog;
import io.flowright.crash.matrix.CrashSetup;
import io.flowright.crash.matrix.MortalFlow;
import io.flowright.crash.matrix.World;
import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowListener;
import java.nio.file.Path;

/** The examples for a crash matrix. Their tasks do not know that they are watched, so what is logged is that they begin. */
public class ExampleSetup implements CrashSetup {

    @Override
    public World world(String flow, Path directory, Path effects) throws Exception {
        return Example.valueOf(flow).mortal().world(directory, effects);
    }

    @Override
    public FlowListener listener(EffectLog effects) {
        return effects.starts();
    }

    @Override
    public MortalFlow flow(String name, Engine engine, EffectLog effects, String world) {
        return Example.valueOf(name).mortal().flow(engine, world);
    }
}
