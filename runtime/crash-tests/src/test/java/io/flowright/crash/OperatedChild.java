package io.flowright.crash;

import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An engine that starts runs which wait at a gate, and lives until it is told to end. */
final class OperatedChild {

    private OperatedChild() {}

    /** Store, log of effects, gate, the file that says that it is to end, and the runs that it starts. */
    public static void main(String[] arguments) throws InterruptedException {
        try (RunStore store = StoreKind.open(arguments[0]);
                EffectLog effects = EffectLog.open(Path.of(arguments[1]));
                Engine engine = Engine.builder()
                        .store(store)
                        .lease(StoreKind.of(arguments[0]).lease())
                        .build()) {
            GateFlow flow = GateFlow.create(new GateTasks(effects, Path.of(arguments[2])), engine);
            for (int i = 4; i < arguments.length; i++) {
                flow.start(RunOptions.id(arguments[i]).withTag("wave", "first"), arguments[i]);
            }
            System.out.println("started");
            while (!Files.exists(Path.of(arguments[3]))) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }
}
