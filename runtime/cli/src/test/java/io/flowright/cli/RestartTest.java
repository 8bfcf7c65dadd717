package io.flowright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.cli.Terminal.Answer;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.TaskRecord;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that begin again. */
class RestartTest {

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

    @Test
    void aRunBeginsAgainInTheMiddle() {
        shop.succeeded("order-1", 1);

        Answer answer = terminal.run("runs", "restart-from", "order-1", "charge", "--wait", "--timeout", "60s");
        String id = answer.out().strip();

        assertThat(answer.code()).as(answer.err()).isEqualTo(ExitCode.DONE);
        shop.awaitStatus(id, RunStatus.SUCCEEDED);
        TaskRecord kept = record("order-1", "load");
        assertThat(record(id, "load").endedAt()).isEqualTo(kept.endedAt());
        assertThat(record(id, "charge").endedAt())
                .isNotEqualTo(record("order-1", "charge").endedAt());
        assertThat(terminal.run("runs", "show", id).out()).contains("flowright.restarted-from=order-1");
    }

    private TaskRecord record(String run, String task) {
        return shop.store.tasks(run).stream()
                .filter(known -> known.task().equals(task))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRunBeginsAgainFromTheStart() {
        shop.failed("order-1", 1);

        Answer answer = terminal.run("runs", "restart", "order-1", "--json");

        assertThat(answer.code()).as(answer.err()).isEqualTo(ExitCode.DONE);
        assertThat(answer.out()).contains("\"from\":\"order-1\"");
    }

    @Test
    void whatCannotBeginAgainIsNamed() {
        shop.succeeded("order-1", 1);
        CountDownLatch held = shop.running("order-2", 2);

        Answer task = terminal.run("runs", "restart-from", "order-1", "bake");
        Answer active = terminal.run("runs", "restart", "order-2");
        Answer missing = terminal.run("runs", "restart-from", "order-9", "load");

        assertThat(task.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(task.err()).contains("flow shop has no task bake").contains("load");
        assertThat(active.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(active.err()).contains("order-2 is RUNNING");
        assertThat(missing.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(missing.err()).isEqualTo("There is no run order-9.\n");
        held.countDown();
    }
}
