package io.flowright.examples.retry;

import io.flowright.crash.matrix.MortalFlow;
import io.flowright.crash.matrix.World;
import io.flowright.examples.crash.Attempts;
import io.flowright.examples.crash.MortalExample;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An exchange that answers the third attempt: no process has more of them than the others left. */
public final class MortalQuote implements MortalExample {

    @Override
    public Ending ending() {
        return new Ending(RunStatus.SUCCEEDED, "101.25", List.of());
    }

    @Override
    public Map<String, Set<String>> needs() {
        return Map.of();
    }

    @Override
    public World world(Path directory, Path effects) {
        return new World() {
            @Override
            public String address() {
                return effects.toString();
            }
        };
    }

    @Override
    public MortalFlow flow(Engine engine, String world) {
        QuoteFlow flow = QuoteFlow.create(new QuoteTasks(symbol -> quote(Path.of(world))), engine);
        return run ->
                MortalFlow.outcome(flow.start(RunOptions.id(run), "ACME"), result -> Double.toString(result.quote()));
    }

    private static double quote(Path effects) throws IOException {
        if (Attempts.of(QuoteFlow.Tasks.QUOTE, effects) < 3) {
            throw new IOException("the exchange is busy");
        }
        return 101.25;
    }
}
