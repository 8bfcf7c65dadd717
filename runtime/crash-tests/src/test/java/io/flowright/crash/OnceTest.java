package io.flowright.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.crash.CrashChild.Job;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A task that runs once, in a process that dies around it: nobody but a person lets it run again. */
@Timeout(120)
class OnceTest {

    @TempDir
    private Path directory;

    private String address = "";

    @AfterEach
    void drop() throws Exception {
        if (!address.isEmpty()) {
            StoreKind.drop(address);
        }
    }

    private Job job(StoreKind kind) throws Exception {
        address = kind.create(directory);
        return new Job(FlowKind.ONCE, "r", directory.resolve("effects"), address);
    }

    private void dies(Job job, String point) throws InterruptedException {
        try (ChildProcess child =
                ChildProcess.start(CrashChild.class, directory, "first", List.of(point, job.toString()))) {
            assertThat(child.await(ChildProcess.LIMIT)).as(child.printed()).isEqualTo(CrashingStore.EXIT);
        }
    }

    /** What another process that comes next makes of the run. */
    private String next(Job job) throws InterruptedException {
        try (ChildProcess child =
                ChildProcess.start(CrashChild.class, directory, "second", List.of("", job.toString()))) {
            assertThat(child.await(ChildProcess.LIMIT)).as(child.printed()).isZero();
            List<String> lines = child.lines();
            return lines.get(lines.size() - 1);
        }
    }

    private List<String> resumed(Job job, String... result) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("", job.toString()));
        arguments.addAll(List.of(result));
        try (ChildProcess child = ChildProcess.start(ResumeChild.class, directory, "operator", arguments)) {
            assertThat(child.await(ChildProcess.LIMIT)).as(child.printed()).isZero();
            return child.lines().stream()
                    .filter(line -> !line.startsWith("told\t"))
                    .toList();
        }
    }

    private static List<String> effects(Job job) {
        return EffectLog.read(job.effects()).stream().map(Effect::place).toList();
    }

    private void isInDoubt(Job job) throws InterruptedException {
        assertThat(next(job)).startsWith("outcome\tr\tFAILED\tpayment: ").contains("in-doubt");
        try (RunStore store = StoreKind.open(job.store())) {
            assertThat(store.find("r").orElseThrow().status()).isEqualTo(RunStatus.FAILED);
        }
    }

    static Stream<Arguments> thereIsNoDoubtBeforeItsStartNorAfterItsEnd() {
        return Stream.of(StoreKind.values())
                .flatMap(kind -> Stream.of("before begin payment", "after task payment")
                        .map(point -> Arguments.of(kind, point)));
    }

    @ParameterizedTest
    @MethodSource
    void thereIsNoDoubtBeforeItsStartNorAfterItsEnd(StoreKind kind, String point) throws Exception {
        Job job = job(kind);
        dies(job, point);

        assertThat(next(job)).isEqualTo("outcome\tr\tSUCCEEDED\tpaid!");
        assertThat(effects(job)).containsExactly("order", "payment", "receipt");
    }

    @ParameterizedTest
    @EnumSource
    void resumingRunsItAgain(StoreKind kind) throws Exception {
        Job job = job(kind);
        dies(job, "before task payment");
        isInDoubt(job);
        assertThat(effects(job)).containsExactly("order", "payment");

        assertThat(resumed(job)).containsExactly("resumed: true", "paid!, SUCCEEDED");

        assertThat(effects(job)).containsExactly("order", "payment", "payment", "receipt");
        assertThat(EffectLog.read(job.effects()).stream()
                        .filter(effect -> effect.task().equals("payment"))
                        .map(Effect::key)
                        .distinct())
                .hasSize(1);
        assertThat(resumed(job)).containsExactly("resumed: false", "paid!, SUCCEEDED");
    }

    @ParameterizedTest
    @EnumSource
    void aPersonMaySayWhatItsResultIs(StoreKind kind) throws Exception {
        Job job = job(kind);
        // It had not even begun, but that is not known.
        dies(job, "after begin payment");
        isInDoubt(job);
        assertThat(effects(job)).containsExactly("order");

        assertThat(resumed(job, "payment", "by hand")).containsExactly("resumed: true", "by hand!, SUCCEEDED");

        assertThat(effects(job)).containsExactly("order", "receipt");
    }

    @ParameterizedTest
    @EnumSource
    void whoDiesAgainIsInDoubtAgain(StoreKind kind) throws Exception {
        Job job = job(kind);
        dies(job, "after begin payment");
        isInDoubt(job);
        try (ChildProcess child = ChildProcess.start(
                ResumeChild.class, directory, "dying-operator", List.of("before task payment", job.toString()))) {
            assertThat(child.await(ChildProcess.LIMIT)).isEqualTo(CrashingStore.EXIT);
        }
        isInDoubt(job);
        assertThat(effects(job)).containsExactly("order", "payment");
    }

    /** What a person has said is known, whenever their process dies after that. */
    @ParameterizedTest
    @EnumSource
    void anOperatorWhoDiesDoesNotMakeItRunAgain(StoreKind kind) throws Exception {
        Job job = job(kind);
        dies(job, "before task payment");
        isInDoubt(job);
        try (ChildProcess child = ChildProcess.start(
                ResumeChild.class,
                directory,
                "dying-operator",
                List.of("after acquire", job.toString(), "payment", "by hand"))) {
            assertThat(child.await(ChildProcess.LIMIT)).as(child.printed()).isEqualTo(CrashingStore.EXIT);
        }

        assertThat(next(job)).isEqualTo("outcome\tr\tSUCCEEDED\tby hand!");

        assertThat(effects(job)).containsExactly("order", "payment", "receipt");
    }
}
