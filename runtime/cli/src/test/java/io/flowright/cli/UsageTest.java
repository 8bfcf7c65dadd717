package io.flowright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.cli.Terminal.Answer;
import io.flowright.jdbc.SqliteStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that say nothing that could be done. None of them comes as far as to look for the store. */
class UsageTest {

    private final Terminal terminal = Terminal.at("nowhere/runs.db");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | What is to be done?",
                "runs                                   | What is to be done with the runs?",
                "runs lits                              | Did you mean: runs list?",
                "runs list --limit 0                    | --limit is between 1 and 10000, not 0.",
                "runs list --status DEAD                | expected one of [PENDING, RUNNING,",
                "runs list --group active --status DONE | Invalid value for option '--status'",
                "runs list --group done --status FAILED | --status and --group say the same",
                "runs list --tag berlin                 | (NAME=VALUE) should be in KEY=VALUE format",
                "runs list --since tomorrow             | --since': 'tomorrow' is no moment",
                "runs list --after 7                    | --after': '7' is no place in a list",
                "runs list --watch --interval 0s        | --interval is at least 1ms.",
                "runs show                              | Missing required parameter: 'ID'",
                "runs pause                             | Which runs? Give their ids, or --all.",
                "runs pause --flow shop                 | Options choose among all runs: add --all.",
                "runs pause a --all                     | Either ids, or --all with options that choose: not both.",
                "runs pause a --flow shop               | Either ids, or --all with options that choose: not both.",
                "runs pause --all                       | There is no terminal where somebody could be asked: add --yes.",
                "runs pause --all --yes --status FAILED | Only runs that are PENDING, RUNNING, WAITING or COMPENSATING can be paused.",
                "runs resume --all -y --group done      | can be resumed.",
                "runs restart-from a                    | Missing required parameter: 'TASK'",
                "runs purge --older-than 7d             | Missing required option: '--status=STATUS",
                "runs purge --status FAILED             | Missing required option: '--older-than=TIME'",
                "runs purge --status RUNNING --older-than 7d -y | Runs that are RUNNING go on, and are not removed",
                "runs purge --status FAILED --older-than 7d | add --yes.",
                "runs dead-letters --status PAUSED      | Dead letters are FAILED or COMPENSATION_FAILED",
                "runs trail a --verify                  | --verify takes no run.",
                "runs count --operator ' '              | The name of the operator is blank.",
                "runs count --store redis:x             | There is no store for redis",
            })
    void whatIsWrongIsSaidInOneLine(String line, String message) {
        Answer answer = terminal.run(line.isEmpty() ? new String[0] : split(line));

        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains(message).contains("Try: flowright");
        assertThat(answer.err().lines()).hasSizeLessThanOrEqualTo(3);
        assertThat(answer.out()).isEmpty();
    }

    private static String[] split(String line) {
        return line.contains("' '")
                ? new String[] {"runs", "count", "--operator", " "}
                : line.strip().split("\\s+");
    }

    @Test
    void aStoreHasToBeNamed() {
        Answer answer = new Terminal().run("runs", "count");

        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).startsWith("Which store? Say --store, or set FLOWRIGHT_STORE.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "count",
                "show",
                "dead-letters",
                "stranded",
                "pause",
                "resume",
                "cancel",
                "restart",
                "restart-from",
                "redrive",
                "discard",
                "purge",
                "trail"
            })
    void eachCommandHasHelpWithTheExitCodes(String name) {
        Answer answer = terminal.run("runs", name, "--help");

        assertThat(answer.code()).isEqualTo(ExitCode.DONE);
        assertThat(answer.out())
                .startsWith("Usage: flowright runs " + name)
                .contains("--store=URL", "Exit codes:", "3   the store does not answer");
    }

    @Test
    void optionsOfTheStoreMayStandAnywhere(@TempDir Path folder) {
        String file = folder.resolve("runs.db").toString();
        SqliteStore.open(Path.of(file)).close();

        assertThat(terminal.run("--store", file, "runs", "count").out()).isEqualTo("No runs.\n");
        assertThat(terminal.run("runs", "--store=" + file, "count").out()).isEqualTo("No runs.\n");
        assertThat(terminal.run("--json", "runs", "count", "--store", "sqlite:" + file)
                        .out())
                .isEqualTo("{\"counts\":[]}\n");
    }
}
