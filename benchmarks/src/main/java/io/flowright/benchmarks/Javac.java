package io.flowright.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One cold run of javac: a process of its own, which knows nothing from the run before.
 *
 * @param processing how annotations are processed
 * @param sources the sources by the names of their classes
 */
record Javac(List<String> processing, Map<String, String> sources) {

    /** Compiles the flow. */
    static Javac flowright(SyntheticGraph graph) {
        return new Javac(
                List.of("-processor", "io.flowright.processor.FlowrightProcessor"),
                Map.of(graph.flowTasks(), graph.flowSource()));
    }

    /** Compiles the producers. */
    static Javac dagger(SyntheticGraph graph) {
        return new Javac(
                List.of("-processor", "dagger.internal.codegen.ComponentProcessor"),
                Map.of(graph.component(), graph.componentSource()));
    }

    /** The same sources without a processor: that time is javac's own. */
    Javac unprocessed() {
        return new Javac(List.of("-proc:none"), sources);
    }

    /** The same with one more source. */
    Javac with(String name, String source) {
        Map<String, String> more = new HashMap<>(sources);
        more.put(name, source);
        return new Javac(processing, more);
    }

    /** Compiles and returns how many milliseconds it took. */
    double millis() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("javac");
        try {
            return into(directory);
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    /** Compiles into the directory and returns how many milliseconds it took. */
    double into(Path directory) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        command.addAll(processing);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-d", directory.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey() + ".java");
            Files.writeString(file, source.getValue());
            command.add(file.toString());
        }
        Path log = directory.resolve("javac.log");
        long start = System.nanoTime();
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        double millis = (System.nanoTime() - start) / 1e6;
        if (exit != 0) {
            throw new IllegalStateException(sources.keySet() + " do not compile:\n" + Files.readString(log));
        }
        return millis;
    }
}
