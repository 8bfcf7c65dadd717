package io.flowright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.cli.Terminal.Answer;
import io.flowright.runtime.RunStatus;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators do to runs that an engine has, which knows of it only through the file. */
class DeedTest {

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

    private RunStatus status(String id) {
        return shop.store.find(id).orElseThrow().status();
    }

    @Test
    void aRunIsPausedAndResumed() {
        CountDownLatch held = shop.running("order-1", 1);

        Answer asked = terminal.run("runs", "pause", "order-1");
        Answer paused = terminal.run("runs", "pause", "order-1", "--interrupt", "--wait", "--timeout", "60s");
        RunStatus between = status("order-1");
        held.countDown();
        Answer resumed = terminal.run("runs", "resume", "order-1", "--wait", "--timeout", "60s");

        assertThat(asked.code()).as(asked.err()).isEqualTo(ExitCode.DONE);
        assertThat(asked.out()).isEqualTo("order-1 will be paused; it is RUNNING now.\n");
        assertThat(paused.code()).as(paused.err()).isEqualTo(ExitCode.DONE);
        assertThat(paused.out()).isEqualTo("order-1 is PAUSED. Interrupted: charge.\n");
        assertThat(between).isEqualTo(RunStatus.PAUSED);
        assertThat(resumed.code()).as(resumed.err()).isEqualTo(ExitCode.DONE);
        assertThat(resumed.out()).matches("order-1 is (RUNNING|SUCCEEDED)\\.\n");
        shop.awaitStatus("order-1", RunStatus.SUCCEEDED);
    }

    @Test
    void whoWaitsIsToldWhatHasNotHappenedInTime() {
        CountDownLatch held = shop.running("order-1", 1);

        Answer answer = terminal.run("runs", "pause", "order-1", "--wait", "--timeout", "200ms");

        assertThat(answer.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(answer.err()).isEqualTo("order-1 is still RUNNING after 200ms; it will be paused.\n");
        assertThat(answer.out()).isEmpty();
        held.countDown();
    }

    @Test
    void aResumedRunThatNoEngineTakesIsSaid() {
        shop.failed("order-1", 1);
        shop.engine.close();

        Answer answer = terminal.run("runs", "resume", "order-1", "--wait", "--timeout", "200ms");

        assertThat(answer.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(answer.err())
                .isEqualTo("order-1 is RUNNING, but no engine has taken it within 200ms:"
                        + " flowright runs stranded may tell why.\n");
    }

    @Test
    void whatIsRefusedIsSaidWithTheStatus() {
        shop.succeeded("order-1", 1);
        shop.failed("order-2", 2);

        Answer pause = terminal.run("runs", "pause", "order-1");
        Answer resume = terminal.run("runs", "resume", "order-1", "order-2", "order-9");
        Answer cancel = terminal.run("runs", "cancel", "order-1");
        Answer redrive = terminal.run("runs", "redrive", "order-1");

        assertThat(pause.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(pause.err())
                .isEqualTo("order-1 is SUCCEEDED, and only a run that is PENDING, RUNNING, WAITING or COMPENSATING"
                        + " can be paused.\n");
        assertThat(resume.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(resume.err())
                .isEqualTo("order-1 is SUCCEEDED, and only a run that is PAUSED, FAILED or COMPENSATION_FAILED"
                        + " can be resumed.\nThere is no run order-9.\n");
        assertThat(resume.out()).startsWith("order-2 is ");
        assertThat(cancel.err()).startsWith("order-1 is SUCCEEDED, and only").endsWith("can be cancelled.\n");
        assertThat(redrive.err()).contains("FAILED or COMPENSATION_FAILED can be re-driven");
        shop.awaitStatus("order-2", RunStatus.SUCCEEDED);
    }

    @Test
    void runsAreCancelledWithOrWithoutBeingUndone() {
        shop.failed("order-1", 1);
        shop.failed("order-2", 2);

        Answer kept = terminal.run("runs", "cancel", "order-1");
        Answer undone = terminal.run("runs", "cancel", "order-2", "--compensate", "--wait", "--timeout", "60s");

        assertThat(kept.out()).isEqualTo("order-1 is CANCELLED.\n");
        assertThat(undone.out()).isEqualTo("order-2 is COMPENSATED.\n");
        assertThat(undone.code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void deadLettersAreRedrivenOrDiscarded() {
        shop.failed("order-1", 1);
        shop.failed("order-2", 2);

        Answer redriven = terminal.run("runs", "redrive", "order-1");
        Answer discarded = terminal.run("runs", "discard", "order-2", "--wait");

        assertThat(redriven.code()).isEqualTo(ExitCode.DONE);
        assertThat(discarded.out()).isEqualTo("order-2 is CANCELLED.\n");
        shop.awaitStatus("order-1", RunStatus.SUCCEEDED);
    }

    @Test
    void manyAreChosenByOptionsAndAskedAbout() {
        shop.succeeded("order-1", 1);
        shop.failed("order-2", 2);
        shop.failed("order-3", 3);

        Answer declined = terminal.answering("").run("runs", "discard", "--all", "--flow", "shop");
        Answer confirmed = terminal.answering("y").run("runs", "discard", "--all", "--flow", "shop");
        Answer again = terminal.run("runs", "discard", "--all", "--flow", "shop", "--yes");

        assertThat(declined.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(declined.err()).isEqualTo("To discard: 2 runs (2 of shop). Go on? [y/N] Nothing is done.\n");
        assertThat(confirmed.code()).isEqualTo(ExitCode.DONE);
        assertThat(confirmed.lines()).containsExactly("order-3 is CANCELLED.", "order-2 is CANCELLED.");
        assertThat(confirmed.err()).endsWith("2 of 2 runs discarded.\n");
        assertThat(again.code()).isEqualTo(ExitCode.DONE);
        assertThat(again.err()).isEqualTo("There is no run to discard.\n");
        assertThat(status("order-1")).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void nothingIsRefusedToRunsThatAreNotMeant() {
        shop.succeeded("order-1", 1);
        shop.failed("order-2", 2);

        terminal.run("runs", "cancel", "--all", "--yes");

        assertThat(terminal.run("runs", "trail").lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("order-2");
    }

    @Test
    void programsGetOneDocument() {
        shop.failed("order-1", 1);

        Answer answer = terminal.run("runs", "discard", "order-1", "order-9", "--json");
        JsonNode json = JsonMapper.shared().readTree(answer.out());

        assertThat(answer.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(answer.lines()).hasSize(1);
        assertThat(json.at("/action").asString()).isEqualTo("discard");
        assertThat(json.at("/runs/0").toString())
                .isEqualTo("{\"id\":\"order-1\",\"accepted\":true,\"ok\":true,\"status\":\"CANCELLED\","
                        + "\"message\":\"order-1 is CANCELLED.\"}");
        assertThat(json.at("/runs/1/accepted").booleanValue()).isFalse();
        assertThat(json.at("/runs/1/status").isNull()).isTrue();
    }
}
