package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes of one run in one epoch, in order, which may as well be one. */
final class RunEntry {

    final String run;
    final long epoch;
    final List<TaskRecord> tasks = new ArrayList<>();
    final List<KeyWrite> keys = new ArrayList<>();

    @Nullable
    NewRun begin;

    RunWrite.@Nullable Change change;

    RunEntry(RunWrite first) {
        this.run = first.run();
        this.epoch = first.epoch();
        this.begin = first.begin();
        add(first);
    }

    private RunEntry(String run, long epoch) {
        this.run = run;
        this.epoch = epoch;
    }

    /** Adds a write that does not begin the run. */
    void add(RunWrite write) {
        tasks.addAll(write.tasks());
        keys.addAll(write.keys());
        RunWrite.Change next = write.change();
        if (next != null) {
            boolean released = next.released() || (change != null && change.released());
            change = new RunWrite.Change(next.status(), next.error(), released, next.at());
        }
    }

    /** The same for a run that has begun already. */
    RunEntry begun() {
        RunEntry begun = new RunEntry(run, epoch);
        begun.tasks.addAll(tasks);
        begun.keys.addAll(keys);
        begun.change = change;
        return begun;
    }

    /** Nothing but the run: it begins, or is locked. */
    RunEntry bare() {
        RunEntry bare = new RunEntry(run, epoch);
        bare.begin = begin;
        return bare;
    }

    // ---- the row of a run that begins, with what it becomes at once -----------------------------------------------

    String status() {
        return (change == null ? RunStatus.RUNNING : change.status()).name();
    }

    String owner(NewRun beginning) {
        return change != null && change.released() ? "" : beginning.owner();
    }

    byte @Nullable [] error() {
        return change == null ? null : change.error();
    }

    @Nullable
    Instant endedAt() {
        return change == null || change.status().isActive() ? null : change.at();
    }
}
