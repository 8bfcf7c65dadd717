package io.flowright.cli;

import io.flowright.cli.view.RunJson;
import io.flowright.json.JsonCodec;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.spi.RunStore;
import java.util.List;
import java.util.concurrent.Callable;
import tools.jackson.databind.node.ObjectNode;

/** A command that needs a store. It opens one, and closes it when it is done. */
abstract class StoreCommand implements Callable<Integer> {

    private final Flowright flowright;

    StoreCommand(Flowright flowright) {
        this.flowright = flowright;
    }

    @Override
    public final Integer call() throws InterruptedException {
        check();
        Operator operator = flowright.operator();
        try (RunStore store = flowright.store().open()) {
            return run(Runs.in(store, new JsonCodec()).by(operator));
        }
    }

    /** Looks at the options before there is a store. */
    void check() {}

    /** Does the work; returns the exit code. */
    abstract int run(Runs runs) throws InterruptedException;

    final Flowright flowright() {
        return flowright;
    }

    final Surroundings surroundings() {
        return flowright.surroundings();
    }

    final void print(List<String> lines) {
        lines.forEach(flowright.out()::println);
        flowright.out().flush();
    }

    final void print(ObjectNode document) {
        print(List.of(RunJson.text(document)));
    }

    /** For people who read along, and not part of what a command gives. */
    final void note(String line) {
        flowright.err().println(line);
        flowright.err().flush();
    }
}
