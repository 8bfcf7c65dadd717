package io.flowright.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** A question before something is done to many runs. */
final class Confirmation {

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    private boolean isGiven;

    void check(Surroundings surroundings) {
        if (!isGiven && !surroundings.hasTerminal()) {
            throw new UsageException("There is no terminal where somebody could be asked: add --yes.");
        }
    }

    /** Whether the answer is yes. */
    boolean asks(String question, Surroundings surroundings, PrintWriter err) {
        if (isGiven) {
            return true;
        }
        err.print(question + " [y/N] ");
        err.flush();
        try {
            String answer = surroundings.in().readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
