package io.flowright.crash.chaos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What callers tried and were told.
 *
 * @param tried runs that somebody set out to start
 * @param started those of which the start returned
 * @param ended what came of runs, as their callers heard it
 */
record Told(Set<String> tried, Set<String> started, Map<String, String> ended) {

    static String tried(String run) {
        return "tried\t" + run;
    }

    static String started(String run) {
        return "started\t" + run;
    }

    static String ended(String run, String outcome) {
        return "ended\t" + run + "\t" + outcome;
    }

    static Told parse(List<String> lines) {
        Told told = new Told(new HashSet<>(), new HashSet<>(), new HashMap<>());
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            switch (fields[0]) {
                case "tried" -> told.tried.add(fields[1]);
                case "started" -> told.started.add(fields[1]);
                case "ended" -> told.ended.put(fields[1], fields[2]);
                default -> throw new IllegalArgumentException(line);
            }
        }
        return told;
    }
}
