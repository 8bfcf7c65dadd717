package io.flowright.crash;

import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowException;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Starts or joins a run that waits at a gate, says what comes of it, and then starts another. */
final class StoppedChild {

    private StoppedChild() {}

    /** Store, log of effects, gate, run, and the further run. */
    public static void main(String[] arguments) throws InterruptedException {
        try (RunStore store = StoreKind.open(arguments[0]);
                EffectLog effects = EffectLog.open(Path.of(arguments[1]));
                Engine engine = Engine.builder()
                        .store(store)
                        .lease(Duration.ofSeconds(3))
                        .build()) {
            GateFlow flow = GateFlow.create(new GateTasks(effects, Path.of(arguments[2])), engine);
            System.out.println(outcome(flow, arguments[3]));
            String next = outcome(flow, arguments[4]);
            while (next.contains("left")) {
                // The engine enters the store again with a beat of its heart.
                TimeUnit.MILLISECONDS.sleep(50);
                next = outcome(flow, arguments[4]);
            }
            System.out.println(next);
        }
    }

    private static String outcome(GateFlow flow, String run) {
        try {
            return run + " ended: "
                    + flow.start(RunOptions.id(run), run).result().receipt();
        } catch (FlowException e) {
            return run + " left: " + e.getClass().getSimpleName();
        }
    }
}
