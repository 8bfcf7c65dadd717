package io.flowright.cli;

import io.flowright.runtime.Runs;
import picocli.CommandLine.Command;

@Command(
        name = "resume",
        description = "Sets runs going that are paused or failed: an engine that has their flow goes on with them.")
final class ResumeCommand extends DeedCommand {

    ResumeCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    Deed deed() {
        return Deed.RESUME;
    }

    @Override
    boolean act(Runs runs, String id) {
        return runs.resume(id);
    }
}
