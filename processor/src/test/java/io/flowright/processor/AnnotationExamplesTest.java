package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example in the javadoc of each annotation compiles without a diagnostic. */
class AnnotationExamplesTest {

    private static final Path ANNOTATIONS = Path.of("../annotations/src/main/java/io/flowright/annotations");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\n(.+?)\n \\* }</pre>", Pattern.DOTALL);

    /** What the examples take for granted: the shop around them, and the keys that they require but do not provide. */
    private static final String SHOP = """
            import io.flowright.annotations.*;
            import io.flowright.runtime.TaskContext;
            import java.io.IOException;
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
            }
            interface Mail {
                void send(Receipt receipt);
            }
            class Shop {
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
    void theExampleCompiles(Path annotation) throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(annotation));
        assertThat(matcher.find()).as("has an example").isTrue();
        String example = matcher.group(1).replaceAll("(?m)^ \\* ?", "");

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
