package io.flowright.cli;

import io.flowright.jdbc.StoreException;
import io.flowright.runtime.StoreUnavailableException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What people are told when a command could not do its work, and what the shell is. */
final class Mistakes {

    private Mistakes() {}

    static int usage(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        say(command, mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, err);
        hint(command);
        return ExitCode.USAGE;
    }

    static int execution(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof UsageException) {
            say(command, failure.getMessage());
            hint(command);
            return ExitCode.USAGE;
        }
        if (failure instanceof StoreUnavailableException) {
            say(command, "The store does not answer: " + failure.getMessage());
            return ExitCode.STORE;
        }
        if (failure instanceof StoreException) {
            say(command, "The store cannot be used: " + failure.getMessage());
            return ExitCode.STORE;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            say(command, "Interrupted.");
            return ExitCode.REFUSED;
        }
        failure.printStackTrace(command.getErr());
        return ExitCode.BROKEN;
    }

    private static void say(CommandLine command, @Nullable String message) {
        command.getErr().println(command.getColorScheme().errorText(String.valueOf(message)));
    }

    private static void hint(CommandLine command) {
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    }
}
