package io.flowright.examples.testrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShardTest {

    @Test
    void the_longest_class_goes_first_to_whoever_has_the_least_to_do() {
        Map<String, Double> seconds = Map.of("a", 1.0, "b", 18.0, "c", 7.0, "d", 6.0, "e", 5.0);

        List<Shard> shards = Shard.plan(List.of("a", "b", "c", "d", "e"), seconds, 2);

        assertThat(shards)
                .containsExactly(new Shard(1, List.of("b", "a"), 19), new Shard(2, List.of("c", "d", "e"), 18));
    }

    @Test
    void without_times_classes_go_round_robin() {
        List<Shard> shards = Shard.plan(List.of("a", "b", "c", "d", "e"), Map.of(), 2);

        assertThat(shards).extracting(Shard::classes).containsExactly(List.of("a", "c", "e"), List.of("b", "d"));
    }

    @Test
    void an_unknown_class_counts_as_an_average_one() {
        List<Shard> shards = Shard.plan(List.of("new", "short", "long"), Map.of("short", 1.0, "long", 5.0), 2);

        assertThat(shards).containsExactly(new Shard(1, List.of("long"), 5), new Shard(2, List.of("new", "short"), 4));
    }

    @Test
    void no_shard_is_empty() {
        assertThat(Shard.plan(List.of("a"), Map.of(), 4))
                .extracting(Shard::classes)
                .containsExactly(List.of("a"));
        assertThat(Shard.plan(List.of(), Map.of(), 4)).isEmpty();
    }
}
