package io.flowright.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** Where commands are typed, and what is read there. */
final class Terminal {

    /** What a command has printed, and told the shell. */
    record Answer(int code, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }
    }

    private final Map<String, String> environment = new HashMap<>();
    private boolean hasPerson;
    private boolean hasColors;
    private String input = "";
    private Surroundings.Pause pause = time -> Thread.sleep(time.toMillis());

    /** One whose commands look into a store. */
    static Terminal at(Object store) {
        Terminal terminal = new Terminal();
        terminal.environment.put(Flowright.STORE_VARIABLE, store.toString());
        return terminal;
    }

    /** With somebody who answers. */
    Terminal answering(String text) {
        hasPerson = true;
        input = text + "\n";
        return this;
    }

    Terminal withColors() {
        hasColors = true;
        return this;
    }

    Terminal pausing(Surroundings.Pause how) {
        pause = how;
        return this;
    }

    Answer run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                environment,
                "tester",
                Clock.system(ZoneOffset.UTC),
                hasPerson,
                new BufferedReader(new StringReader(input)),
                pause);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Flowright.commandLine(surroundings)
                .setColorScheme(Help.defaultColorScheme(hasColors ? Ansi.ON : Ansi.OFF))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int code = command.execute(arguments);
        return new Answer(code, out.toString(), err.toString());
    }
}
