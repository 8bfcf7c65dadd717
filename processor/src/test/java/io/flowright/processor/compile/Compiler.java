package io.flowright.processor.compile;

import io.flowright.annotations.Flow;
import io.flowright.processor.FlowrightProcessor;
import io.flowright.runtime.TaskContext;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.jspecify.annotations.Nullable;

/** A Java compiler that runs the processor over a case. */
public enum Compiler {
    JAVAC(ToolProvider::getSystemJavaCompiler),
    ECJ(EclipseCompiler::new);

    private final Supplier<JavaCompiler> tool;

    Compiler(Supplier<JavaCompiler> tool) {
        this.tool = tool;
    }

    /** Compiles sources with the processor. */
    public Compilation compile(Path directory, List<Source> sources, String... options) {
        return compile(directory, sources, List.of(), List.of(new FlowrightProcessor()), options);
    }

    /**
     * Compiles sources.
     *
     * @param directory an empty directory for sources and classes
     * @param classPath what they may use besides Flowright
     */
    public Compilation compile(
            Path directory, List<Source> sources, List<Path> classPath, List<Processor> processors, String... options) {
        Path sourceDirectory = directory.resolve("sources");
        Path classes = directory.resolve("classes");
        Path generated = directory.resolve("generated");
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaCompiler compiler = tool.get();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
            Files.createDirectories(classes);
            Files.createDirectories(generated);
            List<File> paths = new ArrayList<>();
            for (Source source : sources) {
                paths.add(source.write(sourceDirectory).toFile());
            }
            List<String> arguments = new ArrayList<>(List.of(
                    "--release",
                    "17",
                    "-encoding",
                    "UTF-8",
                    "-d",
                    classes.toString(),
                    "-s",
                    generated.toString(),
                    "-classpath",
                    classPath(classPath)));
            arguments.addAll(List.of(options));
            JavaCompiler.CompilationTask task = compiler.getTask(
                    new StringWriter(), files, diagnostics, arguments, null, files.getJavaFileObjectsFromFiles(paths));
            task.setProcessors(processors);
            boolean success = task.call();
            return new Compilation(success, classes, generated, found(diagnostics));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Compilation.Found> found(DiagnosticCollector<JavaFileObject> diagnostics) {
        return diagnostics.getDiagnostics().stream().map(Compilation.Found::of).toList();
    }

    private static String classPath(List<Path> more) {
        Stream<Path> ours =
                Stream.of(Flow.class, TaskContext.class, Nullable.class).map(Compiler::location);
        return Stream.concat(more.stream(), ours).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path location(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
