package io.flowright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.cli.Terminal.Answer;
import io.flowright.runtime.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators see, in a file in which an engine works at the same time. */
class LookingTest {

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

    private JsonNode json(String... arguments) {
        Answer answer = terminal.run(arguments);
        assertThat(answer.code()).as(answer.err()).isEqualTo(ExitCode.DONE);
        assertThat(answer.lines()).hasSize(1);
        return JsonMapper.shared().readTree(answer.out());
    }

    private List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.at("/runs").forEach(run -> ids.add(run.at("/id").asString()));
        return ids;
    }

    @Test
    void runsAreListedTheNewestFirst() {
        shop.succeeded("order-1", 1);
        shop.failed("order-2", 2);

        Answer answer = terminal.run("runs", "list");

        assertThat(answer.code()).isEqualTo(ExitCode.DONE);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.lines()).hasSize(3);
        assertThat(answer.lines().get(0)).matches("ID +FLOW +VERSION +STATUS +STARTED +TOOK +TAGS");
        assertThat(answer.lines().get(1))
                .matches("order-2  shop  7 +FAILED     \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  \\S.*");
        assertThat(answer.lines().get(2)).matches("order-1  shop  7 +SUCCEEDED  .* shop=berlin");
    }

    @Test
    void optionsChooseAmongThem() {
        shop.succeeded("order-1", 1);
        shop.failed("order-2", 2);
        CountDownLatch held = shop.running("order-3", 3);

        assertThat(ids(json("runs", "list", "--json"))).containsExactly("order-3", "order-2", "order-1");
        assertThat(ids(json("runs", "list", "--json", "--status", "failed,paused")))
                .containsExactly("order-2");
        assertThat(ids(json("runs", "list", "--json", "--group", "active"))).containsExactly("order-3");
        assertThat(ids(json("runs", "list", "--json", "--group", "done"))).containsExactly("order-1");
        assertThat(ids(json("runs", "list", "--json", "--tag", "shop=berlin"))).containsExactly("order-1");
        assertThat(ids(json("runs", "list", "--json", "--flow", "other"))).isEmpty();
        assertThat(ids(json("runs", "list", "--json", "--since", "1h"))).hasSize(3);
        assertThat(ids(json("runs", "list", "--json", "--until", "1h"))).isEmpty();
        assertThat(terminal.run("runs", "list", "--flow", "other").out()).isEqualTo("No runs.\n");
        held.countDown();
    }

    @Test
    void aListGoesOnWhereAnotherEnded() {
        for (int i = 1; i <= 5; i++) {
            shop.succeeded("order-" + i, i);
        }

        JsonNode first = json("runs", "list", "--json", "--limit", "3");
        String cursor = first.at("/next").asString();
        JsonNode second = json("runs", "list", "--json", "--limit", "3", "--after", cursor);

        assertThat(ids(first)).containsExactly("order-5", "order-4", "order-3");
        assertThat(ids(second)).containsExactly("order-2", "order-1");
        assertThat(second.at("/next").isNull()).isTrue();
        assertThat(terminal.run("runs", "list", "--limit", "3").lines()).last().isEqualTo("More: --after " + cursor);
    }

    @Test
    void runsAreCounted() {
        shop.succeeded("order-1", 1);
        shop.succeeded("order-2", 2);
        shop.failed("order-3", 3);

        assertThat(terminal.run("runs", "count").out())
                .isEqualTo("FLOW  FAILED  SUCCEEDED  ALL\nshop       1          2    3\n");
        assertThat(json("runs", "count", "--json").at("/counts")).hasSize(2);
    }

    @Test
    void aRunThatFailedIsShownWithItsGraphAndWhatFailed() {
        shop.failed("order-2", 2);

        Answer answer = terminal.run("runs", "show", "order-2");

        assertThat(answer.code()).as(answer.err()).isEqualTo(ExitCode.DONE);
        assertThat(answer.lines().get(0)).isEqualTo("order-2  FAILED");
        assertThat(answer.lines())
                .anyMatch(line -> line.matches("  flow +shop, version 7"))
                .anyMatch(line -> line.matches("  progress +\\[#+-+] \\d+ %, \\d of \\d tasks"))
                .anyMatch(line -> line.matches(" +1  load +SUCCEEDED +.*"))
                .anyMatch(line -> line.matches(" +3  pack +FAILED .*\\[2 SUCCEEDED, 1 FAILED] +items, charge"))
                .anyMatch(line -> line.matches(" +2  label +[A-Z]+"))
                .anyMatch(line -> line.matches(" +3    label.printed +[A-Z]+ .*label.text"))
                .anyMatch(line -> line.matches(" +4  ship +PENDING .*"))
                .contains(
                        "  pack, element 2, attempt 1 failed", "    java.lang.IllegalStateException: item 3 is broken");
        assertThat(answer.out()).doesNotContain("\tat ").doesNotContain("\u001b");
    }

    @Test
    void attemptsAndTracesAreShownToWhoAsksForThem() {
        shop.failed("order-2", 2);

        Answer answer = terminal.run("runs", "show", "order-2", "--attempts", "--trace");
        JsonNode json = json("runs", "show", "order-2", "--json", "--attempts", "--trace");

        assertThat(answer.out()).contains("ShopTasks.pack(ShopTasks.java");
        assertThat(answer.lines()).anyMatch(line -> line.matches("  charge +1  END +SUCCEEDED .*"));
        assertThat(json.at("/attempts")).hasSizeGreaterThanOrEqualTo(6);
        assertThat(json.at("/status").asString()).isEqualTo("FAILED");
        assertThat(json.toString()).contains("ShopTasks.pack(ShopTasks.java");
    }

    @Test
    void aRunThatGoesOnIsShownWithWhatItDoes() {
        CountDownLatch held = shop.running("order-3", 3);

        JsonNode json = json("runs", "show", "order-3", "--json");

        assertThat(json.at("/status").asString()).isEqualTo("RUNNING");
        assertThat(json.at("/endedAt").isNull()).isTrue();
        assertThat(json.at("/priority").intValue()).isEqualTo(3);
        assertThat(json.at("/fraction").doubleValue()).isBetween(0.1, 0.9);
        assertThat(terminal.run("runs", "show", "order-3").out()).contains("priority  3", "owner     shop");
        held.countDown();
    }

    @Test
    void aRunThatIsNotThereIsNamed() {
        Answer answer = terminal.run("runs", "show", "nothing\u001b[2J");

        assertThat(answer.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(answer.err()).isEqualTo("There is no run nothing\\u001b[2J.\n");
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void deadLettersAreListedWithWhatFailed() {
        shop.succeeded("order-1", 1);
        shop.failed("order-2", 2);

        assertThat(terminal.run("runs", "dead-letters").lines())
                .hasSize(2)
                .last()
                .asString()
                .matches("order-2 .* pack, element 2, attempt 1: java.lang.IllegalStateException: item 3 is broken");
        assertThat(json("runs", "dead-letters", "--json").at("/runs/0/failure").asString())
                .contains("item 3 is broken");
        assertThat(terminal.run("runs", "dead-letters", "--flow", "other").out())
                .isEqualTo("No dead letters.\n");
    }

    @Test
    void runsThatNobodyCanGoOnWithAreStranded() {
        shop.failed("order-3", 3);
        shop.engine.close();
        terminal.run("runs", "resume", "order-3");

        Answer answer = terminal.run("runs", "stranded");

        assertThat(answer.lines())
                .hasSize(2)
                .last()
                .asString()
                .matches("order-3 .* no live engine has created flow shop");
        assertThat(ids(json("runs", "stranded", "--json"))).containsExactly("order-3");
    }

    @Test
    void nothingIsStrandedWhereAnEngineLives() {
        assertThat(terminal.run("runs", "stranded").out()).isEqualTo("No run is stranded.\n");
    }

    @Test
    void aTerminalHasColors() {
        shop.failed("order-2", 2);

        assertThat(terminal.withColors().run("runs", "list").out()).contains("\u001b[31m" + RunStatus.FAILED);
        assertThat(terminal.run("runs", "show", "order-2", "--json").out()).doesNotContain("\u001b");
    }
}
