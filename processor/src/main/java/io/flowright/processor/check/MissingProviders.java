package io.flowright.processor.check;

import io.flowright.processor.report.Message;
import io.flowright.processor.report.NearName;
import io.flowright.processor.report.Problems;
import java.util.ArrayList;
import java.util.List;

/** Keys that a task requires and nobody provides. */
final class MissingProviders implements Rule {

    /** Looking for near names compares with every key; compilers print no more than a hundred errors anyway. */
    private static final int MOST_SUGGESTIONS = 100;

    @Override
    public void check(Wiring wiring, Problems problems) {
        List<String> known = new ArrayList<>(wiring.inputs().keySet());
        known.addAll(wiring.provisions().keySet());
        int missing = 0;
        for (Wiring.Use use : wiring.uses()) {
            String key = use.key().name();
            if (wiring.inputs().containsKey(key) || wiring.provisions().containsKey(key)) {
                continue;
            }
            String question = missing++ < MOST_SUGGESTIONS ? NearName.question(key, known) : "";
            problems.add(
                    Message.MISSING_PROVIDER,
                    use.key().site(),
                    wiring.task(use.task()).displayName(),
                    key,
                    question);
        }
    }
}
