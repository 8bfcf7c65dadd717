package io.flowright.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes on one store, each with many runs. One is killed in the middle; the other ends all of them. */
@Timeout(120)
class TwoProcessesTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void whoSurvivesEndsTheRunsOfBoth(StoreKind kind) throws Exception {
        String address = kind.create(directory);
        Path log = directory.resolve("effects");
        try (RunStore store = StoreKind.open(address);
                ChildProcess mortal = child("mortal", address, log, "a");
                ChildProcess survivor = child("survivor", address, log, "b", "a")) {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(ChildProcess.LIMIT)
                    .until(() -> effectsOf(mortal, log) > ManyRunsChild.RUNS);
            mortal.kill();

            assertThat(survivor.await(ChildProcess.LIMIT))
                    .as(survivor.printed())
                    .isZero();

            List<String> all =
                    Stream.of("a", "b").flatMap(prefix -> ids(prefix).stream()).toList();
            assertThat(survivor.lines())
                    .containsExactlyInAnyOrderElementsOf(all.stream()
                            .map(id -> id + "\t" + FlowKind.CHAIN.outcome())
                            .toList());
            Map<String, Long> epochs = new HashMap<>();
            for (String id : all) {
                RunRecord run = store.find(id).orElseThrow();
                assertThat(run.status()).as(id).isEqualTo(RunStatus.SUCCEEDED);
                assertThat(run.owner()).as(id).isNull();
                // Nobody has owned it but who started it and, of those that had begun and not ended, who adopted it.
                assertThat(run.epoch()).as(id + ": epoch").isBetween(1L, id.startsWith("a") ? 2L : 1L);
                epochs.put(id, run.epoch());
                assertThat(store.tasks(id).stream()
                                .map(task -> task.task() + " " + task.attempt())
                                .toList())
                        .as(id)
                        .containsExactly("order 1", "tax 1", "tax 2", "receipt 1");
            }
            assertThat(epochs.values()).as("some were adopted").contains(2L);
            check(EffectLog.read(log), epochs, survivor.pid());
        }
        StoreKind.drop(address);
    }

    private ChildProcess child(String name, String address, Path log, String... prefixes) {
        List<String> arguments = new ArrayList<>(List.of(address, log.toString()));
        arguments.addAll(List.of(prefixes));
        return ChildProcess.start(ManyRunsChild.class, directory, name, arguments);
    }

    private static long effectsOf(ChildProcess child, Path log) {
        return EffectLog.read(log).stream()
                .filter(effect -> effect.pid() == child.pid())
                .count();
    }

    private static List<String> ids(String prefix) {
        return IntStream.range(0, ManyRunsChild.RUNS)
                .mapToObj(number -> prefix + number)
                .toList();
    }

    private static void check(List<Effect> effects, Map<String, Long> epochs, long survivor) {
        Map<String, List<Effect>> byRun = effects.stream().collect(Collectors.groupingBy(Effect::run));
        assertThat(byRun).hasSize(2 * ManyRunsChild.RUNS);
        byRun.forEach((run, those) -> {
            Map<String, Long> counts = those.stream()
                    .collect(Collectors.groupingBy(
                            effect -> effect.task() + " " + effect.attempt(), Collectors.counting()));
            assertThat(counts.keySet()).as(run).containsExactlyInAnyOrder("order 1", "tax 1", "tax 2", "receipt 1");
            long most = epochs.getOrDefault(run, 1L);
            assertThat(counts.values()).as(run + " " + counts).allMatch(count -> count <= most);
            // One process dies in the middle of one task, of which both attempts run again if the disk was slower than
            // the delay.
            assertThat(those).as(run).hasSizeBetween(4, 4 + 2 * ((int) most - 1));
            assertThat(those.stream()
                            .map(effect -> effect.task() + effect.key())
                            .distinct())
                    .as(run + ": keys")
                    .hasSize(3);
            if (run.startsWith("b")) {
                assertThat(those).as(run).allMatch(effect -> effect.pid() == survivor);
            }
        });
    }
}
