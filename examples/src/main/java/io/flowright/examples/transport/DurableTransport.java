package io.flowright.examples.transport;

import io.flowright.examples.jvm.Steps;
import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;

/** The pipeline with a store: kill it, start it again, and it goes on. {@link TransportSurvives} does that. */
final class DurableTransport {

    static final String RUN = "points-of-transport";

    private DurableTransport() {}

    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        try (RunStore store = store(directory);
                Engine engine =
                        Engine.builder().store(store).listener(Steps::announce).build()) {
            TransportFlow flow = TransportFlow.create(new TransportTasks(), engine);
            Run<TransportFlow.Result> run = flow.start(
                    RunOptions.id(RUN), Transport.points(), Transport.SINGAPORE, directory.resolve("airports.csv"));
            run.result();
        }
    }

    static RunStore store(Path directory) {
        return SqliteStore.open(directory.resolve("runs.db"));
    }
}
