package io.flowright.crash;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Starts many runs on one engine, then waits for them; and for those of another process, which it starts if that has not. */
final class ManyRunsChild {

    static final int RUNS = 40;
    static final Duration LEASE = Duration.ofSeconds(3);

    private ManyRunsChild() {}

    /** Store, log of effects, the first letter of its runs; then perhaps those of the other process's. */
    public static void main(String[] arguments) {
        // A commit takes its time, so that there is a middle to die in.
        try (RunStore store =
                        new CrashingStore(StoreKind.open(arguments[0]), null, Duration.ofMillis(20), moments -> {});
                EffectLog effects = EffectLog.open(Path.of(arguments[1]));
                Engine engine = Engine.builder().store(store).lease(LEASE).build()) {
            Opened flow = FlowKind.CHAIN.on(engine, effects);
            for (int i = 2; i < arguments.length; i++) {
                Map<String, Run<?>> runs = new LinkedHashMap<>();
                for (int number = 0; number < RUNS; number++) {
                    String id = arguments[i] + number;
                    runs.put(id, flow.start(id));
                }
                runs.forEach((id, run) -> System.out.println(id + "\t" + flow.outcome(run)));
            }
        }
    }
}
