package io.flowright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.cli.Terminal.Answer;
import io.flowright.runtime.RunStatus;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that show something again and again. */
class WatchTest {

    @TempDir
    private Path folder;

    private Shop shop;
    private Terminal terminal;

    @BeforeEach
    void open() {
        shop = Shop.in(folder.resolve("runs.db"));
        terminal = Terminal.at(folder.resolve("runs.db"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** As ctrl-c in the third pause. */
    private static Surroundings.Pause twice() {
        AtomicInteger pauses = new AtomicInteger();
        return time -> {
            if (pauses.incrementAndGet() > 2) {
                throw new InterruptedException();
            }
        };
    }

    @Test
    void aRunIsShownUntilItIsNotActiveAnyMore() {
        CountDownLatch held = shop.running("order-1", 1);
        AtomicInteger pauses = new AtomicInteger();
        terminal.pausing(time -> {
            if (pauses.incrementAndGet() == 2) {
                held.countDown();
                shop.awaitStatus("order-1", RunStatus.SUCCEEDED);
            }
        });

        Answer answer = terminal.run("runs", "show", "order-1", "--watch");

        assertThat(answer.code()).isEqualTo(ExitCode.DONE);
        assertThat(answer.lines().stream().filter(line -> line.startsWith("order-1  ")))
                .containsExactly("order-1  RUNNING", "order-1  RUNNING", "order-1  SUCCEEDED");
        assertThat(answer.out()).doesNotContain("\u001b");
    }

    @Test
    void aListIsShownUntilSomebodyHasSeenEnough() {
        shop.succeeded("order-1", 1);

        Answer answer = terminal.pausing(twice()).run("runs", "list", "--watch", "--json");
        assertThat(Thread.interrupted()).isTrue();

        assertThat(answer.code()).isEqualTo(ExitCode.DONE);
        assertThat(answer.lines()).hasSize(3).allMatch(line -> line.startsWith("{\"runs\":[{\"id\":\"order-1\""));
    }

    @Test
    void onlyATerminalIsCleared() {
        Answer piped = terminal.pausing(twice()).run("runs", "count", "--watch");
        assertThat(Thread.interrupted()).isTrue();
        Answer seen = terminal.answering("").pausing(twice()).run("runs", "count", "--watch", "--interval", "2s");
        assertThat(Thread.interrupted()).isTrue();

        assertThat(piped.out()).isEqualTo("No runs.\n\n".repeat(3));
        assertThat(seen.out()).startsWith("\u001b[2J\u001b[H").contains("every 2s until ctrl-c", "No runs.\u001b[K");
        assertThat(seen.out().split("\u001b\\[H", -1)).hasSize(4);
    }

    @Test
    void aRunThatIsNotThereIsNotWatched() {
        assertThat(terminal.run("runs", "show", "nothing", "--watch").code()).isEqualTo(ExitCode.REFUSED);
    }
}
