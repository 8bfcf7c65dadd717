package io.flowright.crash.matrix;

import io.flowright.crash.ChildProcess;
import io.flowright.crash.CrashPoint;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a process may die, by what an undisturbed one has told its store. */
final class CommitPoints {

    private static final String BATCH = "batch";

    private CommitPoints() {}

    /** What a process has told the store of a run, all that was told at once in one list. */
    static List<List<String>> told(ChildProcess process, String run) {
        String start = "told\t" + run + "\t";
        return process.lines().stream()
                .filter(line -> line.startsWith(start))
                .map(line -> List.of(line.substring(start.length()).split("\t")))
                .toList();
    }

    /** Before and after each thing that was told. What is told together in one write is one point, of the last name. */
    static List<CrashPoint> of(List<List<String>> told) {
        Set<CrashPoint> points = new LinkedHashSet<>();
        Map<String, Integer> times = new HashMap<>();
        for (List<String> moments : told) {
            moments.forEach(moment -> times.merge(moment, 1, Integer::sum));
            boolean batch = isBatch(moments);
            for (String moment : batch ? moments : moments.subList(moments.size() - 1, moments.size())) {
                int time = times.getOrDefault(moment, 1);
                // How many batches there are is chance, but for the first.
                if (!moment.equals(BATCH) || time == 1) {
                    points.add(new CrashPoint(false, moment, time));
                    points.add(new CrashPoint(true, moment, time));
                }
            }
        }
        return List.copyOf(points);
    }

    /** Whether a point is there only if several writes come together. */
    static boolean isBatch(CrashPoint point) {
        return point.moment().equals(BATCH);
    }

    private static boolean isBatch(List<String> moments) {
        return moments.get(0).equals(BATCH);
    }
}
