package io.flowright.cli;

import io.flowright.cli.view.RunJson;
import io.flowright.cli.view.Times;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.RunCount;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "purge",
        description =
                "Removes runs that have had a status for some time, with all that belongs to them, and expired idempotency keys. The"
                        + " audit trail stays.")
final class PurgeCommand extends StoreCommand {

    @Option(
            names = "--older-than",
            required = true,
            paramLabel = "TIME",
            converter = Converters.OfDuration.class,
            description = "For how long at least: 12h, 7d.")
    private Duration olderThan = Duration.ZERO;

    @Option(
            names = "--status",
            required = true,
            split = ",",
            paramLabel = "STATUS",
            description =
                    "Which statuses: SUCCEEDED, COMPENSATED, CANCELLED, or of runs that rest PAUSED, FAILED, COMPENSATION_FAILED.")
    private Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    PurgeCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    void check() {
        List<RunStatus> active = statuses.stream().filter(RunStatus::isActive).toList();
        if (!active.isEmpty()) {
            throw new UsageException(
                    "Runs that are " + Sentences.either(active) + " go on, and are not removed: cancel them before.");
        }
        confirmation.check(surroundings());
    }

    @Override
    int run(Runs runs) {
        long most = runs.count().stream()
                .filter(count -> statuses.contains(count.status()))
                .mapToLong(RunCount::runs)
                .sum();
        String question = "To remove: those of " + Sentences.runs(most) + " that have been "
                + Sentences.either(statuses) + " for " + Times.length(olderThan) + " or longer. Go on?";
        if (!confirmation.asks(question, surroundings(), flowright().err())) {
            note("Nothing is done.");
            return ExitCode.REFUSED;
        }
        long removed = runs.purge(olderThan, statuses.toArray(RunStatus[]::new));
        if (flowright().isJson()) {
            print(RunJson.object().put("removed", removed));
        } else {
            print(List.of(Sentences.runs(removed) + " removed."));
        }
        return ExitCode.DONE;
    }
}
