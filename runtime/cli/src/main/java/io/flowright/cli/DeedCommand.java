package io.flowright.cli;

import io.flowright.cli.view.RunJson;
import io.flowright.cli.view.Times;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.RunDescription;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

/** A command that does something to runs, one by one. */
abstract class DeedCommand extends StoreCommand {

    @Mixin
    private final Selection selection = new Selection();

    @Mixin
    private final Patience patience = new Patience();

    DeedCommand(Flowright flowright) {
        super(flowright);
    }

    abstract Deed deed();

    /** Does it; returns whether it has an effect. */
    abstract boolean act(Runs runs, String id);

    @Override
    final void check() {
        selection.check(surroundings());
        if (selection.isAll()) {
            query();
        }
    }

    /** The query, without the runs to which it cannot be done: it would be refused, and each refusal stands in the audit trail. */
    private RunQuery query() {
        RunQuery query = selection.filter().query(surroundings().clock());
        Set<RunStatus> statuses = EnumSet.copyOf(deed().from());
        if (!query.statuses().isEmpty()) {
            statuses.retainAll(query.statuses());
        }
        if (statuses.isEmpty()) {
            throw new UsageException(
                    "Only runs that are " + Sentences.either(deed().from()) + " can be " + deed().participle() + ".");
        }
        return query.withStatuses(statuses);
    }

    @Override
    final int run(Runs runs) throws InterruptedException {
        Optional<List<String>> chosen = selection.isAll() ? chosen(runs) : Optional.of(selection.ids());
        if (chosen.isEmpty()) {
            note("Nothing is done.");
            return ExitCode.REFUSED;
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (String id : chosen.get()) {
            Outcome outcome = done(runs, id);
            outcomes.add(outcome);
            if (!patience.isWaiting()) {
                say(outcome);
            }
        }
        if (patience.isWaiting()) {
            outcomes = awaited(runs, outcomes);
        }
        if (flowright().isJson()) {
            print(json(outcomes));
        } else if (selection.isAll()) {
            note(summary(outcomes));
        }
        return outcomes.stream().allMatch(Outcome::isGood) ? ExitCode.DONE : ExitCode.REFUSED;
    }

    /** The runs that the query means now, if whoever is asked wants that; those that begin meanwhile are left alone. */
    private Optional<List<String>> chosen(Runs runs) {
        List<String> ids = new ArrayList<>();
        Map<String, Integer> flows = new TreeMap<>();
        runs.forEach(query(), run -> {
            ids.add(run.id());
            flows.merge(run.flow(), 1, Integer::sum);
        });
        String details = flows.entrySet().stream()
                .map(flow -> flow.getValue() + " of " + Sentences.name(flow.getKey()))
                .collect(Collectors.joining(", "));
        String question = "To " + deed().verb() + ": " + Sentences.runs(ids.size()) + " (" + details + "). Go on?";
        boolean isWanted = ids.isEmpty()
                || selection
                        .confirmation()
                        .asks(question, surroundings(), flowright().err());
        return isWanted ? Optional.of(ids) : Optional.empty();
    }

    private Outcome done(Runs runs, String id) {
        boolean isAccepted = act(runs, id);
        Optional<RunSummary> run = runs.find(id);
        return run.map(now -> isAccepted ? Outcome.accepted(deed(), now) : Outcome.refused(deed(), now))
                .orElseGet(() -> Outcome.missing(id));
    }

    private List<Outcome> awaited(Runs runs, List<Outcome> outcomes) throws InterruptedException {
        Instant end = patience.end(surroundings());
        List<Outcome> awaited = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            Outcome last = outcome.isAccepted() ? awaited(runs, outcome.run(), end) : outcome;
            awaited.add(last);
            say(last);
        }
        return awaited;
    }

    private Outcome awaited(Runs runs, String id, Instant end) throws InterruptedException {
        return patience.await(runs, id, deed()::isSeen, end, surroundings())
                .map(run -> Outcome.awaited(deed(), run, interrupted(runs, id), Times.length(patience.timeout())))
                .orElseGet(() -> Outcome.missing(id));
    }

    private List<String> interrupted(Runs runs, String id) {
        return deed().isSettingGoing()
                ? List.of()
                : runs.describe(id).map(RunDescription::interrupted).orElse(List.of());
    }

    /** What is good belongs to what the command gives, the rest to what people are told. */
    private void say(Outcome outcome) {
        if (outcome.isGood() && !flowright().isJson()) {
            print(List.of(outcome.sentence()));
        } else if (!outcome.isGood()) {
            note(outcome.sentence());
        }
    }

    private String summary(List<Outcome> outcomes) {
        long accepted = outcomes.stream().filter(Outcome::isAccepted).count();
        return outcomes.isEmpty()
                ? "There is no run to " + deed().verb() + "."
                : accepted + " of " + Sentences.runs(outcomes.size()) + " " + deed().participle() + ".";
    }

    private ObjectNode json(List<Outcome> outcomes) {
        ObjectNode json = RunJson.object().put("action", deed().verb());
        json.set("runs", RunJson.array(outcomes, Outcome::json));
        return json;
    }
}
