package io.flowright.cli;

import io.flowright.cli.view.Palette;
import io.flowright.cli.view.Times;
import io.flowright.runtime.operations.Operator;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command {@code flowright}, for those who look after durable runs. It works on the store alone: it needs none of the classes of a
 * flow, and no engine in its process.
 */
@Command(
        name = "flowright",
        description = "Looks after the durable runs in a store.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:there is no such run, its state does not allow it, or it did not come to pass in time",
            "2:the command line is wrong",
            "3:the store does not answer, or has not the tables of this release",
            "4:a defect of this program"
        })
public final class Flowright implements Runnable {

    static final String STORE_VARIABLE = "FLOWRIGHT_STORE";

    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--store",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description =
                    "Where the runs are: a file of SQLite (path or sqlite:path), or postgres://user:password@host/database, or"
                            + " jdbc:postgresql:... The default is the environment's " + STORE_VARIABLE + ".")
    private @Nullable String store;

    @Option(
            names = "--schema",
            scope = ScopeType.INHERIT,
            description = "PostgreSQL: the schema of the tables; by default the first one of the search path.")
    private @Nullable String schema;

    @Option(
            names = "--prefix",
            scope = ScopeType.INHERIT,
            description = "What the names of the tables begin with; by default flowright_.")
    private @Nullable String prefix;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Prints one line of JSON.")
    private boolean isJson;

    @Option(
            names = "--operator",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Who does it, for the audit trail; by default the user of the system.")
    private @Nullable String operator;

    @Option(
            names = "--reason",
            scope = ScopeType.INHERIT,
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why, for the audit trail.")
    private String reason = "";

    private Flowright(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Runs the command, and ends the process with its exit code. */
    public static void main(String... arguments) {
        // A writer around the stream itself, which knows when the reader of a pipe has left.
        Charset charset = Charset.forName(
                System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
        CommandLine command = commandLine(Surroundings.ofProcess()).setOut(new PrintWriter(System.out, true, charset));
        System.exit(command.execute(arguments));
    }

    /** The command with all its commands. */
    static CommandLine commandLine(Surroundings surroundings) {
        Flowright flowright = new Flowright(surroundings);
        CommandLine runs = new CommandLine(new RunsCommand());
        for (Object command : new Object[] {
            new ListCommand(flowright),
            new CountCommand(flowright),
            new ShowCommand(flowright),
            new DeadLettersCommand(flowright),
            new StrandedCommand(flowright),
            new PauseCommand(flowright),
            new ResumeCommand(flowright),
            new CancelCommand(flowright),
            new RestartCommand(flowright),
            new RestartFromCommand(flowright),
            new RedriveCommand(flowright),
            new DiscardCommand(flowright),
            new PurgeCommand(flowright),
            new TrailCommand(flowright)
        }) {
            runs.addSubcommand(command);
        }
        CommandLine all = new CommandLine(flowright).addSubcommand(runs).addSubcommand(new GenerateCompletion());
        return all.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Mistakes::usage)
                .setExecutionExceptionHandler(Mistakes::execution);
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(commandLine(), "What is to be done?");
    }

    StoreAddress store() {
        String address = store == null ? surroundings.environment().get(STORE_VARIABLE) : store;
        if (address == null) {
            throw new UsageException("Which store? Say --store, or set " + STORE_VARIABLE + ".");
        }
        return StoreAddress.parse(address, schema, prefix);
    }

    Operator operator() {
        String name = operator == null ? surroundings.user() : operator;
        if (name.isBlank()) {
            throw new UsageException("The name of the operator is blank.");
        }
        return new Operator(name, reason);
    }

    boolean isJson() {
        return isJson;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Times times() {
        return new Times(surroundings.clock());
    }

    Palette palette() {
        return Palette.of(commandLine().getColorScheme().ansi());
    }

    PrintWriter out() {
        return commandLine().getOut();
    }

    PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
