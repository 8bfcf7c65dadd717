package io.flowright.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One of the small projects under {@code src/test/projects}, built and run by the tools of this JDK, each in a process of its own. */
final class Project {

    private static final Path PROJECTS = Path.of("src", "test", "projects").toAbsolutePath();

    private final Path sources;
    private final Path work;

    Project(String name, Path work) {
        this.sources = PROJECTS.resolve(name);
        this.work = work;
    }

    /** A folder for class files, empty at first. */
    Path folder(String name) {
        try {
            return Files.createDirectories(work.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles a source folder of the project and expects no word from the compiler. */
    Project compile(String sourceFolder, Path classes, String... options) {
        Outcome outcome = javac(sourceFolder, classes, options);
        assertThat(outcome.output().lines().filter(line -> !isFromTheJvm(line))).isEmpty();
        assertThat(outcome.exit()).isZero();
        return this;
    }

    /** Compiles a source folder of the project, every warning an error, as a careful team would. */
    Outcome javac(String sourceFolder, Path classes, String... options) {
        List<String> command = new ArrayList<>(List.of(tool("javac"), "--release", "17", "-Xlint:all", "-Werror"));
        command.addAll(List.of("-encoding", "UTF-8", "-d", classes.toString()));
        command.addAll(List.of(options));
        command.addAll(javaFiles(sourceFolder));
        return execute(command);
    }

    /** The same with the compiler of Eclipse. */
    Outcome ecj(String sourceFolder, Path classes, String... options) {
        List<String> command =
                new ArrayList<>(List.of(tool("java"), "-jar", Jars.ECJ, "--release", "17", "-failOnWarning"));
        command.addAll(List.of("-proceedOnError", "-encoding", "UTF-8", "-d", classes.toString()));
        command.addAll(List.of(options));
        command.addAll(javaFiles(sourceFolder));
        return execute(command);
    }

    /** Runs a program of the project and returns what it printed. */
    String java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.addAll(List.of(arguments));
        Outcome outcome = execute(command);
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        return outcome.output();
    }

    List<String> javaFiles(String folder) {
        try (Stream<Path> files = Files.walk(sources.resolve(folder))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String name) {
        return sources.resolve(name);
    }

    private Outcome execute(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(work.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output.replace(System.lineSeparator(), "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** From JDK 24 on the JVM grumbles about what Lombok does inside of it; javac says "warning" in small letters. */
    private static boolean isFromTheJvm(String line) {
        return line.startsWith("WARNING: ");
    }

    private static String tool(String name) {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + name;
    }

    record Outcome(int exit, String output) {}
}
