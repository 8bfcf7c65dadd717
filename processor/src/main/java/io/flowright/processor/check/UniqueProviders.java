package io.flowright.processor.check;

import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.List;
import java.util.stream.Collectors;

/** Keys that several tasks provide. */
final class UniqueProviders implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        wiring.provisions().forEach((key, provisions) -> {
            List<Integer> tasks =
                    provisions.stream().map(Wiring.Provision::task).distinct().toList();
            if (tasks.size() > 1) {
                String names = tasks.stream()
                        .map(task -> wiring.task(task).displayName())
                        .collect(Collectors.joining(", "));
                problems.add(
                        Message.AMBIGUOUS_PROVIDER,
                        provisions.get(provisions.size() - 1).key().site(),
                        key,
                        tasks.size(),
                        names);
            }
        });
    }
}
