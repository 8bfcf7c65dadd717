package io.flowright.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was measured: for each name one number a round, so that what was measured in one round can be compared. */
public final class Scores {

    private final Map<String, List<Double>> scores = new LinkedHashMap<>();

    /** Keeps a number, and prints it: a long run that breaks off has not been in vain. */
    public void add(String name, double score) {
        System.out.printf(Locale.ROOT, "    %s: %,.1f%n", name, score);
        scores.computeIfAbsent(name, none -> new ArrayList<>()).add(score);
    }

    /** All names, in the order in which they came. */
    public Set<String> names() {
        return scores.keySet();
    }

    /** The numbers of all rounds. */
    public double[] of(String name) {
        return scores.getOrDefault(name, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** The middle one, or the mean of the two in the middle; NaN of none. */
    public static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
