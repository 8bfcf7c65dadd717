package io.flowright.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The runs to which something is done: by their ids, or all that options choose. */
final class Selection {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "The ids of runs.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "All runs that the options below choose, instead of ids.")
    private boolean isAll;

    @Mixin
    private final Filter filter = new Filter();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    void check(Surroundings surroundings) {
        if (ids.isEmpty() && !isAll) {
            throw new UsageException(
                    filter.isEmpty()
                            ? "Which runs? Give their ids, or --all."
                            : "Options choose among all runs: add --all.");
        }
        if (!ids.isEmpty() && (isAll || !filter.isEmpty())) {
            throw new UsageException("Either ids, or --all with options that choose: not both.");
        }
        if (isAll) {
            filter.query(surroundings.clock());
            confirmation.check(surroundings);
        }
    }

    boolean isAll() {
        return isAll;
    }

    List<String> ids() {
        return List.copyOf(new LinkedHashSet<>(ids));
    }

    Filter filter() {
        return filter;
    }

    Confirmation confirmation() {
        return confirmation;
    }
}
