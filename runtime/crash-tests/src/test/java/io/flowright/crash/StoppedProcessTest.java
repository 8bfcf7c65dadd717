package io.flowright.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process is stopped for longer than its lease, as by a suspended machine, and wakes up when another has done its work. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no SIGSTOP")
class StoppedProcessTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void whoWakesUpLateRecordsAndStartsNothing(StoreKind kind) throws Exception {
        String address = kind.create(directory);
        Path log = directory.resolve("effects");
        Path gate = directory.resolve("gate");
        List<String> arguments = List.of(address, log.toString(), gate.toString());

        try (RunStore store = StoreKind.open(address);
                ChildProcess sleeper = child("sleeper", arguments, "r", "later")) {
            await().atMost(ChildProcess.LIMIT).until(() -> tasks(log, sleeper).equals(List.of("order", "payment")));
            stop(sleeper, store);
            Files.createFile(gate);

            List<String> after;
            try (ChildProcess other = child("other", arguments, "r", "other")) {
                assertThat(other.await(ChildProcess.LIMIT)).as(other.printed()).isZero();
                assertThat(other.lines()).containsExactly("r ended: paid!", "other ended: paid!");
                assertThat(tasks(log, other)).containsExactly("payment", "receipt", "order", "payment", "receipt");
                after = records(store);
            }
            sleeper.goOn();
            assertThat(sleeper.await(ChildProcess.LIMIT)).as(sleeper.printed()).isZero();

            // It is told that the run is not its own any more, and is of use for another.
            assertThat(sleeper.lines().get(0)).startsWith("r left: ");
            assertThat(sleeper.lines().get(1)).isEqualTo("later ended: paid!");
            assertThat(EffectLog.read(log).stream()
                            .filter(effect -> effect.run().equals("r") && effect.pid() == sleeper.pid())
                            .map(Effect::place))
                    .containsExactly("order", "payment");
            assertThat(EffectLog.read(log).stream()
                            .filter(effect ->
                                    effect.run().equals("r") && effect.task().equals("payment"))
                            .map(Effect::key)
                            .distinct())
                    .hasSize(1);
            assertThat(records(store)).isEqualTo(after).hasSize(3);
            assertThat(store.find("r")).hasValueSatisfying(run -> {
                assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
                assertThat(run.epoch()).isEqualTo(2);
                assertThat(run.owner()).isNull();
            });
        }
        StoreKind.drop(address);
    }

    private ChildProcess child(String name, List<String> arguments, String run, String next) {
        List<String> all = new ArrayList<>(arguments);
        all.add(run);
        all.add(next);
        return ChildProcess.start(StoppedChild.class, directory, name, all);
    }

    /** Not while it holds the lock of a file: then nobody could do anything, however long its lease. */
    private static void stop(ChildProcess child, RunStore store) throws InterruptedException {
        while (true) {
            child.stop();
            // Its threads stop one by one, and one that waits for the disk does so when it has been answered.
            TimeUnit.MILLISECONDS.sleep(200);
            try {
                store.leave("nobody");
                return;
            } catch (StoreUnavailableException e) {
                child.goOn();
            }
        }
    }

    private static List<String> tasks(Path log, ChildProcess child) {
        return EffectLog.read(log).stream()
                .filter(effect -> effect.pid() == child.pid())
                .map(Effect::place)
                .toList();
    }

    private static List<String> records(RunStore store) {
        return store.tasks("r").stream()
                .map(task -> task + " " + task.endedAt())
                .toList();
    }
}
