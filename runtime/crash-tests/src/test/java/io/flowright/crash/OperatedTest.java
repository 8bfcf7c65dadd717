package io.flowright.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.json.JsonCodec;
import io.flowright.runtime.CancelMode;
import io.flowright.runtime.PauseMode;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.operations.RunDescription;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator without the classes of the flow, two engines in processes of their own, one of which is killed. */
@Timeout(120)
class OperatedTest {

    @TempDir
    private Path directory;

    private Path log;
    private Path gate;
    private Path end;
    private Runs runs;

    @ParameterizedTest
    @EnumSource
    void commandsReachWhoeverHasTheRun(StoreKind kind) throws Exception {
        String address = kind.create(directory);
        log = directory.resolve("effects");
        gate = directory.resolve("gate");
        end = directory.resolve("end");
        try (RunStore store = StoreKind.open(address);
                ChildProcess one = child("one", address, "a", "b", "c", "d");
                ChildProcess other = child("other", address, "x", "y")) {
            runs = Runs.in(store, new JsonCodec()).by(Operator.named("alice").because("a drill"));
            RunQuery wave = RunQuery.all().withTag("wave", "first");
            await().atMost(ChildProcess.LIMIT).until(() -> payments() == 6);
            await().atMost(ChildProcess.LIMIT)
                    .until(() -> runs.describe("x").orElseThrow().current().equals(List.of("payment")));

            assertThat(runs.pause("a", PauseMode.INTERRUPT)).isTrue();
            assertThat(runs.cancel("x")).isTrue();
            becomes(RunStatus.PAUSED, "a");
            becomes(RunStatus.CANCELLED, "x");
            assertThat(runs.list(wave.active(), null, 10).runs())
                    .extracting(run -> run.id())
                    .containsExactlyInAnyOrder("b", "c", "d", "y");
            assertThat(runs.resume("a")).isTrue();
            assertThat(runs.resume("a")).isFalse();
            becomes(RunStatus.RUNNING, "a");

            one.kill();
            // The store has not noticed, or nobody has adopted the run, or somebody has: in any case it is paused.
            assertThat(runs.pause("b", PauseMode.INTERRUPT)).isTrue();
            becomes(RunStatus.PAUSED, "b");
            assertThat(runs.pauseAll(wave.active(), PauseMode.INTERRUPT)).isEqualTo(4);
            becomes(RunStatus.PAUSED, "a", "c", "d", "y");

            Files.createFile(gate);
            String again = runs.restartFrom("b", "payment");
            assertThat(runs.resumeAll(wave.resumable())).isEqualTo(5);
            becomes(RunStatus.SUCCEEDED, "a", "b", "c", "d", "y", again);
            RunDescription restarted = runs.describe(again).orElseThrow();
            assertThat(restarted.stepsDone()).isEqualTo(3);
            // What came before the task was kept.
            assertThat(EffectLog.read(log).stream()
                            .filter(effect -> effect.run().equals(again)))
                    .extracting(Effect::task)
                    .containsExactly("payment", "receipt");

            assertThat(runs.trail(null, 0, 100))
                    .allSatisfy(
                            entry -> assertThat(entry.act().operator().name()).isEqualTo("alice"));
            assertThat(runs.firstForgedEntry()).isEmpty();
            assertThat(runs.cancelAll(wave.active(), CancelMode.KEEP)).isZero();
            assertThat(runs.purge(Duration.ZERO, RunStatus.SUCCEEDED, RunStatus.CANCELLED))
                    .isEqualTo(7);
            assertThat(runs.count()).isEmpty();
            Files.createFile(end);
            assertThat(other.await(ChildProcess.LIMIT)).as(other.printed()).isZero();
        }
        StoreKind.drop(address);
    }

    private ChildProcess child(String name, String address, String... starting) {
        List<String> arguments = new ArrayList<>(List.of(address, log.toString(), gate.toString(), end.toString()));
        arguments.addAll(List.of(starting));
        return ChildProcess.start(OperatedChild.class, directory, name, arguments);
    }

    private long payments() {
        return EffectLog.read(log).stream()
                .filter(effect -> effect.task().equals("payment"))
                .count();
    }

    private void becomes(RunStatus status, String... ids) {
        for (String id : ids) {
            await().atMost(ChildProcess.LIMIT)
                    .untilAsserted(() -> assertThat(runs.find(id).orElseThrow().status())
                            .as(id)
                            .isEqualTo(status));
        }
    }
}
