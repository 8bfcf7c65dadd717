package io.flowright.crash.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of it.
 *
 * @param title the store, the seed and the time
 * @param numbers what was counted, in order
 * @param disturbances how often each was done
 * @param violations all that was wrong
 */
record ChaosReport(
        String title, Map<String, String> numbers, Map<String, Integer> disturbances, List<Violation> violations) {

    private static final int MOST_SHOWN = 20;

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    /** A table for people. */
    String table() {
        List<String> lines = new ArrayList<>(List.of("", title, "-".repeat(title.length())));
        numbers.forEach((name, number) -> lines.add(row(name, number)));
        new TreeMap<>(disturbances).forEach((name, number) -> lines.add(row("  " + name, number.toString())));
        lines.add(row("violations", Integer.toString(violations.size())));
        violations.stream()
                .collect(Collectors.groupingBy(Violation::rule, TreeMap::new, Collectors.counting()))
                .forEach((rule, count) -> lines.add(row("  " + rule, count.toString())));
        violations.stream().limit(MOST_SHOWN).forEach(violation -> lines.add(violation.toString()));
        return String.join(System.lineSeparator(), lines);
    }

    private static String row(String name, String number) {
        return String.format(Locale.ROOT, "%-34s %12s", name, number);
    }
}
