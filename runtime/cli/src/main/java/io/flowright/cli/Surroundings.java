package io.flowright.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a command finds where it runs.
 *
 * @param environment the environment's variables
 * @param user the user of the system
 * @param clock the time, in the zone in which people read it
 * @param hasTerminal whether a person sits there, whose screen can be cleared and who can be asked
 * @param in where answers come from
 * @param pause waits
 */
record Surroundings(
        Map<String, String> environment,
        String user,
        Clock clock,
        boolean hasTerminal,
        BufferedReader in,
        Pause pause) {

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void last(Duration time) throws InterruptedException;
    }

    /** Those of this process. */
    static Surroundings ofProcess() {
        String user = System.getProperty("user.name", "");
        return new Surroundings(
                System.getenv(),
                user.isBlank() ? "unknown" : user,
                Clock.system(ZoneId.systemDefault()),
                hasConsole(),
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                time -> Thread.sleep(time.toMillis()));
    }

    /** Since JDK 22 there is a console where there is no terminal, which has a method to say so. */
    @SuppressWarnings("SystemConsoleNull") // Before that it is null.
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException beforeThat) {
            return true;
        } catch (ReflectiveOperationException unlikely) {
            return false;
        }
    }
}
