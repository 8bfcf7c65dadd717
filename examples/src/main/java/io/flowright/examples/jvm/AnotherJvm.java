package io.flowright.examples.jvm;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A second JVM as this one, with the same class path. */
public final class AnotherJvm {

    private AnotherJvm() {}

    /**
     * A process yet to be started.
     *
     * @param options what stands before the main class: {@code -Xmx512m}, {@code -Dshop.url=…}
     */
    public static ProcessBuilder running(Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Too long for a command line on some systems.
        builder.environment().put("CLASSPATH", classPath());
        return builder;
    }

    private static String classPath() {
        // As under Maven's exec:java, where the class path is Maven's own.
        if (AnotherJvm.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }
}
