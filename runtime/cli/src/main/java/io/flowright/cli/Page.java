package io.flowright.cli;

import io.flowright.cli.view.RunJson;
import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunPage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Which part of a list. */
final class Page {

    private static final int MOST = 10_000;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many runs at most, up to 10000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            converter = Converters.OfCursor.class,
            description = "Goes on where another list ended.")
    private @Nullable RunCursor after;

    int limit() {
        if (limit < 1 || limit > MOST) {
            throw new UsageException("--limit is between 1 and " + MOST + ", not " + limit + ".");
        }
        return limit;
    }

    @Nullable
    RunCursor after() {
        return after;
    }

    /** How people get the next part. */
    static List<String> next(RunPage page) {
        return page.next() == null ? List.of() : List.of("", "More: --after " + page.next());
    }

    /** How programs get it. */
    static ObjectNode json(RunPage page) {
        ObjectNode json = RunJson.object();
        json.set("runs", RunJson.array(page.runs(), RunJson::of));
        return json.put("next", page.next() == null ? null : page.next().toString());
    }
}
