package io.flowright.crash;

import io.flowright.crash.drawn.DrawnFlows;
import io.flowright.crash.matrix.CrashMatrix;
import io.flowright.crash.matrix.CrashSetup;
import io.flowright.crash.matrix.MortalFlow;
import io.flowright.runtime.Engine;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.sql.SQLException;

/** The flows of the tests, and those that are drawn by lot, for a crash matrix. */
public class MatrixSetup implements CrashSetup {

    /** A kind of store for a crash matrix. */
    record Kind(StoreKind kind) implements CrashMatrix.Stores {

        @Override
        public String name() {
            return kind.name();
        }

        @Override
        public String create(Path directory) throws SQLException {
            return kind.create(directory);
        }

        @Override
        public void drop(String address) throws SQLException {
            StoreKind.drop(address);
        }
    }

    @Override
    public RunStore open(String address) {
        return StoreKind.open(address);
    }

    @Override
    public MortalFlow flow(String name, Engine engine, EffectLog effects) {
        if (Character.isDigit(name.charAt(0))) {
            return DrawnFlows.load(name, engine, effects);
        }
        Opened flow = FlowKind.valueOf(name).on(engine, effects);
        return run -> flow.outcome(flow.start(run));
    }
}
