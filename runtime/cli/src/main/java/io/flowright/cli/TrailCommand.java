package io.flowright.cli;

import io.flowright.cli.view.RunJson;
import io.flowright.cli.view.TrailTable;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.AuditEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "trail",
        description = "Prints the audit trail, the oldest entry first: who did what to which run, when and why.")
final class TrailCommand extends StoreCommand {

    private static final int MOST = 10_000;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The run that it is about; without one all of it.")
    private @Nullable String id;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many entries at most, up to 10000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--after",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Begins after the entry with this number.")
    private long after;

    @Option(
            names = "--verify",
            description =
                    "Checks that nobody has changed, added or removed an entry, and prints the newest hash: kept elsewhere, it shows"
                            + " later that the end has not been cut off.")
    private boolean isVerifying;

    TrailCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    void check() {
        if (limit < 1 || limit > MOST) {
            throw new UsageException("--limit is between 1 and " + MOST + ", not " + limit + ".");
        }
        if (after < 0) {
            throw new UsageException("--after is the number of an entry, not " + after + ".");
        }
        if (isVerifying && id != null) {
            throw new UsageException("The trail is verified as a whole: --verify takes no run.");
        }
    }

    @Override
    int run(Runs runs) {
        return isVerifying ? verify(runs) : list(runs);
    }

    private int list(Runs runs) {
        List<AuditEntry> entries = runs.trail(id, after, limit);
        if (flowright().isJson()) {
            ObjectNode json = RunJson.object();
            json.set("entries", RunJson.array(entries, RunJson::of));
            print(json.put("next", next(entries)));
            return ExitCode.DONE;
        }
        List<String> lines = new ArrayList<>(
                entries.isEmpty()
                        ? List.of("No entries.")
                        : TrailTable.lines(
                                entries, flowright().times(), flowright().palette()));
        Long next = next(entries);
        if (next != null) {
            lines.addAll(List.of("", "More: --after " + next));
        }
        print(lines);
        return ExitCode.DONE;
    }

    /** Where the trail goes on; null: it ends here. */
    private @Nullable Long next(List<AuditEntry> entries) {
        return entries.size() < limit ? null : entries.get(entries.size() - 1).number();
    }

    private int verify(Runs runs) {
        Optional<Long> forged = runs.firstForgedEntry();
        Optional<AuditEntry> newest = forged.isPresent() ? Optional.empty() : newest(runs);
        long entries = newest.map(AuditEntry::number).orElse(0L);
        if (flowright().isJson()) {
            print(RunJson.object()
                    .put("genuine", forged.isEmpty())
                    .put("firstForged", forged.orElse(null))
                    .put("entries", forged.isPresent() ? null : entries)
                    .put("newestHash", newest.map(AuditEntry::hash).orElse(null)));
        } else if (forged.isEmpty()) {
            print(List.of("The trail is genuine: " + entries + (entries == 1 ? " entry" : " entries")
                    + newest.map(entry -> ", the newest hash is " + entry.hash())
                            .orElse("") + "."));
        }
        forged.ifPresent(number ->
                note("Entry " + number + " is not genuine, or does not follow the one before: the trail was changed."));
        return forged.isPresent() ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private static Optional<AuditEntry> newest(Runs runs) {
        AuditEntry newest = null;
        while (true) {
            List<AuditEntry> page = runs.trail(null, newest == null ? 0 : newest.number(), MOST);
            if (page.isEmpty()) {
                return Optional.ofNullable(newest);
            }
            newest = page.get(page.size() - 1);
        }
    }
}
