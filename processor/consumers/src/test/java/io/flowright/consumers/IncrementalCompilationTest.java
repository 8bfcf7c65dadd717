package io.flowright.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Gradle relies on when it recompiles only what has changed: an isolating processor names, for each file that it
 * generates, the one type that the file is made from, and that type alone yields the same file again.
 *
 * @see <a href="https://docs.gradle.org/current/userguide/java_plugin.html#sec:incremental_annotation_processing">the
 *     contract</a>
 */
class IncrementalCompilationTest {

    private static final String ISOLATING = "org.gradle.annotation.processing.isolating";
    private static final String AGGREGATING = "org.gradle.annotation.processing.aggregating";

    private final Project project;
    private final Path work;

    IncrementalCompilationTest(@TempDir Path work) {
        this.project = new Project("two-flows", work);
        this.work = work;
    }

    @Test
    void oneFileIsMadeFromEachFlowClass() throws IOException {
        assertThat(compile(project.javaFiles("")).originsByFile())
                .isEqualTo(Map.of(
                        "shop.OrderFlow", List.of("shop.OrderTasks"),
                        "shop.RefundFlow", List.of("shop.RefundTasks")));
    }

    @Test
    void aFlowClassAloneYieldsTheSameFile() throws IOException {
        compile(project.javaFiles(""));
        Path generated = work.resolve("shop").resolve("OrderFlow.java");
        String first = Files.readString(generated);
        Files.delete(generated);

        List<String> changed = List.of(project.file("shop/OrderTasks.java").toString());
        assertThat(compile(changed).originsByFile()).containsOnlyKeys("shop.OrderFlow");
        assertThat(Files.readString(generated)).isEqualTo(first);
    }

    @Test
    void theProcessorIsIsolating() throws IOException {
        assertThat(compile(project.javaFiles("")).getSupportedOptions())
                .contains(ISOLATING)
                .doesNotContain(AGGREGATING);
    }

    /** A diagram is written past the filer: Gradle cannot know what it was made from. */
    @Test
    void theProcessorIsAggregatingWhenItDrawsDiagrams() throws IOException {
        assertThat(compile(project.javaFiles(""), "-Aflowright.diagram=" + work).getSupportedOptions())
                .contains(AGGREGATING)
                .doesNotContain(ISOLATING);
    }

    /** Classes and generated sources go to the working folder, where a later compilation finds the classes. */
    private RecordingProcessor compile(List<String> sources, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-g", "-d", work.toString()));
        arguments.addAll(List.of("-s", work.toString(), "-cp", Jars.join(Jars.COMPILE, work), "-implicit:none"));
        arguments.addAll(List.of(options));
        RecordingProcessor processor = new RecordingProcessor(flowright());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            CompilationTask task = compiler.getTask(
                    null, files, null, arguments, null, files.getJavaFileObjects(sources.toArray(String[]::new)));
            task.setProcessors(Set.of(processor));
            assertThat(task.call()).isTrue();
        }
        return processor;
    }

    private static Processor flowright() {
        return ServiceLoader.load(Processor.class).stream()
                .filter(provider -> provider.type().getName().startsWith("io.flowright."))
                .findFirst()
                .orElseThrow()
                .get();
    }
}
