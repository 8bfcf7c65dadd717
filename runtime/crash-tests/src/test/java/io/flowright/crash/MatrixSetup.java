package io.flowright.crash;

import io.flowright.crash.drawn.DrawnFlows;
import io.flowright.crash.matrix.CrashSetup;
import io.flowright.crash.matrix.MortalFlow;
import io.flowright.runtime.Engine;

/** The flows of the tests, and those that are drawn by lot, for a crash matrix. */
public class MatrixSetup implements CrashSetup {

    @Override
    public MortalFlow flow(String name, Engine engine, EffectLog effects, String world) {
        if (Character.isDigit(name.charAt(0))) {
            return DrawnFlows.load(name, engine, effects);
        }
        Opened flow = FlowKind.valueOf(name).on(engine, effects);
        return run -> flow.outcome(flow.start(run));
    }
}
