package io.flowright.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own, with the class path of this one. What it prints goes to the files {@code <name>.out} and {@code <name>.log}. To close it
 * is to kill it.
 */
public final class ChildProcess implements AutoCloseable {

    /** What takes longer hangs, however busy the machine is and slow its disk. */
    public static final Duration LIMIT = Duration.ofMinutes(10);

    private final Process process;
    private final Path out;
    private final Path log;

    private ChildProcess(Process process, Path out, Path log) {
        this.process = process;
        this.out = out;
        this.log = log;
    }

    /**
     * Starts the main method of a class.
     *
     * @param directory where what it prints is kept
     * @param name of the files, unique there
     */
    public static ChildProcess start(Class<?> main, Path directory, String name, List<String> arguments) {
        return start(List.of(), List.of(), main, directory, name, arguments);
    }

    /**
     * Starts the main method of a class by a command that becomes the JVM.
     *
     * @param before the command, before that of the JVM
     * @param directory where what it prints is kept
     * @param name of the files, unique there
     */
    public static ChildProcess start(
            List<String> before, Class<?> main, Path directory, String name, List<String> arguments) {
        return start(before, List.of(), main, directory, name, arguments);
    }

    /**
     * Starts the main method of a class.
     *
     * @param more folders of classes that this JVM does not have on its class path
     * @param directory where what it prints is kept
     * @param name of the files, unique there
     */
    public static ChildProcess start(
            Class<?> main, List<Path> more, Path directory, String name, List<String> arguments) {
        return start(List.of(), more, main, directory, name, arguments);
    }

    private static ChildProcess start(
            List<String> before, List<Path> more, Class<?> main, Path directory, String name, List<String> arguments) {
        Path out = directory.resolve(name + ".out");
        Path log = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                // It lives for a second.
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(log.toFile());
        // Longer than some systems let a command be.
        StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
        more.forEach(folder -> classPath.append(File.pathSeparator).append(folder));
        builder.environment().put("CLASSPATH", classPath.toString());
        try {
            return new ChildProcess(builder.start(), out, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its number at the operating system. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for it to end.
     *
     * @return its exit status
     * @throws AssertionError if it does not end in time; it is killed, and what it logged and what its threads did last are in the
     *     message
     */
    public int await(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            // A JVM answers by printing the stacks of its threads.
            signal("QUIT");
            process.waitFor(2, TimeUnit.SECONDS);
            close();
            throw new AssertionError("process " + pid() + " has not ended within " + limit + ":\n" + printed());
        }
        return process.exitValue();
    }

    /** What it has printed so far, whole lines. */
    public List<String> lines() {
        String text = read(out);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** What it has printed and logged, for people. */
    public String printed() {
        return read(out) + read(log);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it in the middle of whatever it does, until {@link #goOn}. POSIX only. */
    public void stop() throws InterruptedException {
        signal("STOP");
    }

    /** Lets it go on after {@link #stop}. */
    public void goOn() throws InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws InterruptedException {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("process " + pid() + " could not be sent " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
