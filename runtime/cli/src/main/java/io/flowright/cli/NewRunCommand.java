package io.flowright.cli;

import io.flowright.cli.view.RunJson;
import io.flowright.cli.view.Times;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.RunSummary;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that starts a new run with the inputs of another. */
abstract class NewRunCommand extends StoreCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The id of the other run.")
    private String id = "";

    @Mixin
    private final Patience patience = new Patience();

    NewRunCommand(Flowright flowright) {
        super(flowright);
    }

    /**
     * Starts it; returns its id.
     *
     * @throws IllegalArgumentException if there is no such run or no such task
     * @throws IllegalStateException if the other run does not allow it
     */
    abstract String start(Runs runs, String other);

    @Override
    final int run(Runs runs) throws InterruptedException {
        if (runs.find(id).isEmpty()) {
            note(Sentences.missing(id));
            return ExitCode.REFUSED;
        }
        String started;
        try {
            started = start(runs, id);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            note(Sentences.name(String.valueOf(refused.getMessage())));
            return ExitCode.REFUSED;
        }
        // Whoever is asked by others what has been started must not lose it while waiting.
        RunSummary run = patience.isWaiting()
                ? awaited(runs, started)
                : runs.find(started).orElse(null);
        if (flowright().isJson()) {
            print(RunJson.object()
                    .put("id", started)
                    .put("from", id)
                    .put("status", run == null ? null : run.status().name()));
        } else {
            print(List.of(Sentences.name(started)));
        }
        boolean isGood = run != null && (!patience.isWaiting() || Deed.RESUME.isSeen(run));
        if (run != null && !isGood) {
            note(Outcome.awaited(Deed.RESUME, run, List.of(), Times.length(patience.timeout()))
                    .sentence());
        }
        return isGood ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private @Nullable RunSummary awaited(Runs runs, String started) throws InterruptedException {
        Optional<RunSummary> run =
                patience.await(runs, started, Deed.RESUME::isSeen, patience.end(surroundings()), surroundings());
        return run.orElse(null);
    }
}
