package io.flowright.examples.testrun;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;

/**
 * Test classes that run in one JVM.
 *
 * @param number from 1
 * @param seconds how long they are expected to take together
 */
public record Shard(int number, List<String> classes, double seconds) {

    /**
     * Deals classes out, the longest first, each to the shard that has the least to do: at most 4/3 of the best possible time (R. L.
     * Graham, Bounds on multiprocessing timing anomalies, 1969). A class without a time counts as an average one, so without any
     * times the classes go round robin. The same arguments give the same shards.
     *
     * @param seconds the known times by class
     * @param count how many shards; fewer if there are fewer classes
     */
    static List<Shard> plan(List<String> classes, Map<String, Double> seconds, int count) {
        double average = seconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(1);
        ToDoubleFunction<String> time = name -> seconds.getOrDefault(name, average);
        PriorityQueue<Shard> shards =
                new PriorityQueue<>(comparingDouble(Shard::seconds).thenComparingInt(Shard::number));
        for (int number = 1; number <= Math.min(count, classes.size()); number++) {
            shards.add(new Shard(number, List.of(), 0));
        }
        classes.stream().sorted(comparingDouble(time).reversed()).forEach(name -> {
            Shard least = shards.remove();
            shards.add(least.with(name, time.applyAsDouble(name)));
        });
        return shards.stream().sorted(Comparator.comparingInt(Shard::number)).toList();
    }

    private Shard with(String name, double more) {
        List<String> all = new ArrayList<>(classes);
        all.add(name);
        return new Shard(number, List.copyOf(all), seconds + more);
    }
}
