package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random flows: sound ones are accepted, and ones that were broken on purpose give diagnostics, never an exception. */
class BrokenGraphsTest {

    private static final int FLOWS = 25;
    private static final String[] TYPES = {"int", "long", "String", "java.util.List<String>", "Object"};

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void soundFlowsAreAccepted(long seed) {
        Random random = new Random(seed);
        List<Source> flows = IntStream.range(0, FLOWS)
                .mapToObj(number -> new RandomFlow(number, random).source())
                .toList();
        Compilation compilation = Compiler.JAVAC.compile(directory, flows);

        assertThat(compilation.ours()).isEmpty();
        assertThat(compilation.others()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void brokenFlowsGiveDiagnosticsAndNothingElse(long seed) {
        Random random = new Random(seed);
        List<Source> flows = new ArrayList<>();
        for (int number = 0; number < FLOWS; number++) {
            RandomFlow flow = new RandomFlow(number, random);
            int mistakes = 1 + random.nextInt(4);
            for (int i = 0; i < mistakes; i++) {
                flow.breakIt(random);
            }
            flows.add(flow.source());
        }
        Compiler compiler = seed % 2 == 0 ? Compiler.JAVAC : Compiler.ECJ;
        Compilation compilation = compiler.compile(directory, flows);

        assertThat(compilation.ids()).doesNotContain("internal-error");
        assertThat(compilation.ours().stream().map(Compilation.Found::file).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        flows.stream().map(Source::path).toList());
        if (compiler == Compiler.JAVAC) {
            assertThat(compilation.others()).isEmpty();
        }
    }

    /** A flow of up to twelve tasks, each of which takes some of the keys before it. */
    private static final class RandomFlow {

        private final String name;
        private final List<RandomTask> tasks = new ArrayList<>();

        RandomFlow(int number, Random random) {
            name = "Flow%02dTasks".formatted(number);
            int size = 2 + random.nextInt(11);
            for (int i = 0; i < size; i++) {
                RandomTask task = new RandomTask("k" + i, TYPES[random.nextInt(TYPES.length)]);
                for (RandomTask earlier : List.copyOf(tasks)) {
                    if (random.nextInt(3) == 0) {
                        task.parameters.add("@Requires " + earlier.type + " " + earlier.key);
                    }
                }
                if (random.nextInt(4) == 0) {
                    task.parameters.add("@Input int in" + random.nextInt(3));
                }
                tasks.add(task);
            }
        }

        void breakIt(Random random) {
            RandomTask task = tasks.get(random.nextInt(tasks.size()));
            RandomTask other = tasks.get(random.nextInt(tasks.size()));
            switch (random.nextInt(14)) {
                case 0 -> task.parameters.add("@Requires int missing" + task.parameters.size());
                case 1 ->
                    task.parameters.add(
                            "@Requires(\"" + task.key + "\") " + task.type + " self" + task.parameters.size());
                case 2 -> {
                    task.parameters.add(
                            "@Requires(\"" + other.key + "\") " + other.type + " a" + task.parameters.size());
                    other.parameters.add(
                            "@Requires(\"" + task.key + "\") " + task.type + " b" + other.parameters.size());
                }
                case 3 ->
                    task.parameters.add(
                            "@Requires(\"" + other.key + "\") java.util.UUID wrong" + task.parameters.size());
                case 4 -> task.parameters.add("int unannotated" + task.parameters.size());
                case 5 -> task.annotations = "@Provides(\"not a name\")";
                case 6 -> task.annotations = "@Task";
                case 7 -> task.annotations = "@Provides @Timeout(\"never\")";
                case 8 -> task.annotations = "@Provides @Fallback(\"nothing\")";
                case 9 -> task.annotations = "@Provides @Idempotent(\"{nothing}\")";
                case 10 -> task.annotations = "@Provides({\"x\", \"x\", \"\"})";
                case 11 -> task.annotations = "@Provides private";
                case 12 -> task.annotations = "@Provides @Requires({\"" + other.key + "\", \"nowhere\"})";
                default ->
                    task.parameters.add("@Input java.util.Optional<" + name + "> maybe" + task.parameters.size());
            }
        }

        Source source() {
            String methods = tasks.stream().map(RandomTask::text).collect(Collectors.joining("\n"));
            return new Source(
                    name + ".java",
                    "import io.flowright.annotations.*;\n@Flow\nclass " + name + " {\n" + methods + "\n}\n");
        }
    }

    private static final class RandomTask {

        private final String key;
        private final String type;
        private final List<String> parameters = new ArrayList<>();
        private String annotations = "@Provides";

        RandomTask(String key, String type) {
            this.key = key;
            this.type = type;
        }

        String text() {
            String list = String.join(", ", parameters);
            return "%s %s %s(%s) { throw new Error(); }".formatted(annotations, type, key, list);
        }
    }
}
