package io.flowright.cli;

import io.flowright.cli.view.Plain;
import io.flowright.runtime.RunStatus;
import java.util.Collection;
import java.util.List;

/** What several commands say. */
final class Sentences {

    private Sentences() {}

    static String missing(String id) {
        return "There is no run " + name(id) + ".";
    }

    /** The id of a run, which may be anything. */
    static String name(String id) {
        return Plain.text(id);
    }

    /** {@code PAUSED, FAILED or CANCELLED}. */
    static String either(Collection<RunStatus> statuses) {
        List<String> names = statuses.stream().sorted().map(RunStatus::name).toList();
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    static String runs(long number) {
        return number == 1 ? "1 run" : number + " runs";
    }
}
