package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the javadoc of each annotation compile without a diagnostic. */
class AnnotationExamplesTest {

    private static final Path ANNOTATIONS = Path.of("../annotations/src/main/java/io/flowright/annotations");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\n(.+?)\n *\\* }</pre>", Pattern.DOTALL);

    /** What the examples take for granted: the shop around them, and the keys that they require but do not provide. */
    private static final String SHOP = """
            import io.flowright.annotations.*;
            import io.flowright.runtime.FlowFailure;
            import io.flowright.runtime.TaskContext;
            import java.io.IOException;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.List;

            record Order(String id, long total) {
                Order in(String currency) { return this; }
            }
            record Payment(String id) {}
            record Receipt(String text) {}
            interface Warehouse {
                Order find(long id);
            }
            interface Bank {
                Payment charge(long amount) throws IOException;
                Payment charge(long amount, String key) throws IOException;
                double rate(String currency) throws IOException;
                void refund(String id, String reason, String key) throws IOException;
            }
            interface Mail {
                void send(Receipt receipt);
            }
            record Image(int width) {
                static Image read(String file) { throw new Error(); }
                Image scaledTo(int width) { return this; }
            }
            record Shard(String name) {}
            record Report(Path directory) {}
            interface Runner {
                Report test(Shard shard);
                void remove(Shard shard, Path directory);
            }
            class Shop {
                Runner runner;
                Warehouse warehouse;
                Bank bank;
                Mail mail;
            }
            class Rest {
                %s
            }
            """;

    @TempDir
    Path directory;

    static Stream<Path> annotations() throws IOException {
        try (Stream<Path> files = Files.list(ANNOTATIONS)) {
            return files.filter(file -> !file.endsWith("package-info.java")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("annotations")
    void itsExamplesCompile(Path annotation) throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(annotation))
                .results()
                .map(result -> result.group(1).replaceAll("(?m)^ *\\* ?", ""))
                .toList();
        assertThat(examples).isNotEmpty();
        for (int i = 0; i < examples.size(); i++) {
            compile(directory.resolve("example" + i), examples.get(i));
        }
    }

    private static void compile(Path directory, String example) {
        String flow = example.contains("@Flow")
                ? example
                : "@Flow(include = Rest.class)\nclass ExampleTasks extends Shop {\n" + example + "\n}\n";
        Compilation compilation = Compiler.JAVAC.compile(
                directory,
                List.of(new Source("Example.java", SHOP.formatted(rest(example)) + flow)),
                "-Xlint:all,-auxiliaryclass");

        assertThat(compilation.found()).isEmpty();
        assertThat(compilation.success()).isTrue();
    }

    /** Tasks that provide the keys which the example requires but does not provide. */
    private static String rest(String example) {
        return provider(example, "order", "Order")
                + provider(example, "payment", "Payment")
                + provider(example, "receipt", "Receipt")
                + (example.contains("\"shards\"") ? provider(example, "shards", "List<Shard>") : "")
                + provider(example, "subtotal", "long")
                + provider(example, "tax", "long");
    }

    private static String provider(String example, String key, String type) {
        boolean provided = example.contains("@Provides(\"" + key + "\")")
                || example.contains(type + " " + key + "(")
                || example.contains("@Provides({\"subtotal\"") && type.equals("long");
        return provided ? "" : "@Provides %s %s() { throw new Error(); }\n".formatted(type, key);
    }
}
