package io.flowright.cli;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.RunQuery;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which runs are meant. */
final class Filter {

    /** Statuses that have a name together. */
    enum Group {
        ACTIVE,
        RESUMABLE,
        DONE
    }

    @Option(names = "--flow", paramLabel = "NAME", description = "Runs of this flow.")
    private @Nullable String flow;

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATUS",
            description = "Runs with one of these: ${COMPLETION-CANDIDATES}.")
    private Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);

    @Option(
            names = "--group",
            description =
                    "Runs that go on by themselves (active), rest until someone acts (resumable) or never change again (done).")
    private @Nullable Group group;

    @Option(
            names = "--tag",
            paramLabel = "NAME=VALUE",
            description = "Runs with this tag; may be given several times, for runs that have them all.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Runs not started before that: 2026-11-21T10:00:00Z, 2026-11-21, or how long ago: 2h.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Runs started before that.")
    private @Nullable String until;

    boolean isEmpty() {
        return flow == null && statuses.isEmpty() && group == null && tags.isEmpty() && since == null && until == null;
    }

    /** The query; dates are those of the clock's zone. */
    RunQuery query(Clock clock) {
        if (group != null && !statuses.isEmpty()) {
            throw new UsageException("--status and --group say the same: one of them is enough.");
        }
        RunQuery query = RunQuery.all().withStatuses(statuses);
        if (group != null) {
            query = switch (group) {
                case ACTIVE -> query.active();
                case RESUMABLE -> query.resumable();
                case DONE -> query.done();
            };
        }
        query = flow == null ? query : query.ofFlow(flow);
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            query = query.withTag(tag.getKey(), tag.getValue());
        }
        query = since == null ? query : query.from(Moments.parse("--since", since, clock));
        return until == null ? query : query.before(Moments.parse("--until", until, clock));
    }
}
