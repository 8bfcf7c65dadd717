package io.flowright.runtime.internal;

import io.flowright.runtime.CancelMode;
import io.flowright.runtime.PauseMode;
import io.flowright.runtime.spi.RunCommand;
import io.flowright.runtime.spi.RunStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what operators want of an engine's runs. A command stays in the store, and is done again, until the run has come to rest: if the
 * process dies before, whoever adopts the run finds it. Used by one thread.
 */
final class Commands {

    private static final Logger log = LoggerFactory.getLogger(Commands.class);

    private final RunStore store;
    private final Collection<FlowRun<?>> runs;

    /** Those that have been begun with, and the runs that were told. */
    private final Map<RunCommand, FlowRun<?>> begun = new HashMap<>();

    /** @param runs those that belong to the engine */
    Commands(RunStore store, Collection<FlowRun<?>> runs) {
        this.store = store;
        this.runs = runs;
    }

    void obey(String owner) {
        settle();
        List<RunCommand> wanted =
                runs.isEmpty() ? List.of() : store.administration().commands(owner);
        if (wanted.isEmpty()) {
            return;
        }
        Map<String, FlowRun<?>> here = new HashMap<>();
        // One that is about to begin may have the id of another, which the command is for.
        runs.stream().filter(FlowRun::isOfEngine).forEach(run -> here.put(run.id(), run));
        for (RunCommand command : wanted) {
            FlowRun<?> run = here.get(command.run());
            // Else it has been claimed and is not read yet.
            if (run != null) {
                if (begun.put(command, run) == null) {
                    log.info("Run {} is told by an operator: {}", command.run(), command.kind());
                }
                if (run.isActive()) {
                    tell(run, command.kind());
                }
            }
        }
    }

    private static void tell(FlowRun<?> run, RunCommand.Kind kind) {
        switch (kind) {
            case PAUSE -> run.pause(PauseMode.DRAIN);
            case INTERRUPT -> run.pause(PauseMode.INTERRUPT);
            case CANCEL -> run.cancel(CancelMode.KEEP);
            case COMPENSATE -> run.cancel(CancelMode.COMPENSATE);
        }
    }

    /** What has been done is taken from the store. A run that is no longer this engine's takes its commands with it. */
    private void settle() {
        List<RunCommand> done = new ArrayList<>();
        begun.entrySet().removeIf(entry -> {
            FlowRun<?> run = entry.getValue();
            if (!run.isLost() && !run.isActive()) {
                done.add(entry.getKey());
                return true;
            }
            return run.isLost();
        });
        if (!done.isEmpty()) {
            store.administration().settle(done);
        }
    }
}
