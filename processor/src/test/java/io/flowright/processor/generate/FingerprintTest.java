package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fingerprint of a flow changes when recorded runs cannot go on with it, and then only. */
class FingerprintTest {

    private static final Pattern FINGERPRINT = Pattern.compile("graph\\.fingerprint\\(\"([0-9a-f]{32})\"\\)");

    private static final String ORDERS = """
            package shop;

            import io.flowright.annotations.*;
            import io.flowright.annotations.ForEach.OnElementFailure;
            import java.util.*;

            @Flow
            public class OrderTasks {
                public enum Verdict { GOOD, BAD }
                public record Size(int width, int height) {}
                public interface Open<T extends Comparable<T>> {}

                @Provides("order") public String load(@Input long orderId, @Input List<? extends Open<?>> extras) { return ""; }
                @Provides("items") public List<Integer> read(@Requires String order) { return List.of(); }
                @Provides("note") public Optional<String> comment(@Requires String order) { return Optional.empty(); }
                @Provides({"width", "height"}) public Size size(@Requires String order) { return new Size(1, 2); }
                @Provides("verdict") public Verdict judge(@Requires String order) { return Verdict.GOOD; }
                @Task(name = "send") @When(value = "verdict", is = "GOOD") @Requires("width") public void send() {}
                @Provides("sums") public long sum(@ForEach("items") int item) { return item; }
                @Provides("total") public long total(@Requires List<Long> sums, @Requires Optional<String> note) { return 1; }
                @Compensates("total") public void undo(@Requires long total) {}
            }
            """;

    @TempDir
    Path directory;

    private final AtomicInteger compilations = new AtomicInteger();

    private String fingerprint(Compiler compiler, String source) throws Exception {
        Compilation compilation = compiler.compile(
                directory.resolve("compilation" + compilations.incrementAndGet()), List.of(Source.of(source)));
        assertThat(compilation.success()).as(compilation.found().toString()).isTrue();
        Matcher matcher =
                FINGERPRINT.matcher(Files.readString(compilation.generated().resolve("shop/OrderFlow.java")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String changed(String before, String after) {
        assertThat(ORDERS).contains(before);
        return ORDERS.replace(before, after);
    }

    /** As it was when the flow was first compiled, by whatever compiler: runs that were recorded with it go on. */
    @ParameterizedTest
    @EnumSource
    void itIsTheSameUnderEveryCompiler(Compiler compiler) throws Exception {
        assertThat(fingerprint(compiler, ORDERS)).isEqualTo("3d3b0b137204975f91221be219b21c0c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            public void send()              | public void post()
            @Task(name = "send")            | @Task(name = "send", priority = 3)
            @Task(name = "send")            | @Task(name = "send", once = true)
            @Provides("sums") public        | @Provides("sums") @Retry(maxAttempts = 7) @Timeout("1m") public
            @ForEach("items")               | @ForEach(value = "items", maxConcurrency = 2)
            @Flow                           | @Flow(version = "2", onFailure = OnFailure.HOLD, durable = false)
            long total(@Requires List<Long> | long total(@Requires Collection<Long>
            GOOD, BAD                       | GOOD, BAD, UGLY
            public void undo                | @Retry(maxAttempts = 2) public void reverse
            """)
    void whatRunsDoNotDependOnKeepsIt(String before, String after) throws Exception {
        assertThat(fingerprint(Compiler.JAVAC, changed(before, after))).isEqualTo(fingerprint(Compiler.JAVAC, ORDERS));
    }

    @Test
    void theOrderOfMethodsKeepsIt() throws Exception {
        List<String> lines = ORDERS.lines().toList();
        int first = lines.indexOf("    "
                + lines.stream()
                        .filter(line -> line.contains("@Provides(\"items\")"))
                        .findFirst()
                        .orElseThrow()
                        .strip());
        StringBuilder reversed = new StringBuilder();
        lines.subList(0, first).forEach(line -> reversed.append(line).append('\n'));
        for (int line = lines.size() - 2; line >= first; line--) {
            reversed.append(lines.get(line)).append('\n');
        }

        assertThat(fingerprint(Compiler.JAVAC, reversed.append("}\n").toString()))
                .isEqualTo(fingerprint(Compiler.JAVAC, ORDERS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @Task(name = "send")                        | @Task(name = "post")
            Size(int width,                             | Size(long width,
            List<Integer> read                          | Collection<Integer> read
            @Input long orderId                         | @Input int orderId
            @Input long orderId, @Input List<? extends Open<?>> extras | @Input List<? extends Open<?>> extras, @Input long orderId
            {"width", "height"}                         | {"height", "width"}
            @Requires("width")                          | @Requires("height")
            is = "GOOD"                                 | is = "BAD"
            @When(                                      | @Unless(
            @Requires long total                        |
            @Compensates("total")                       | @Compensates(value = "send")
            @ForEach("items")                           | @ForEach(value = "items", quorum = 1)
            @Task(name = "send")                        | @Task(name = "send", optional = true)
            @Provides("note") public                    | @Provides(value = "note", keep = false) public
            """)
    void whatRecordedRunsDependOnChangesIt(String before, String after) throws Exception {
        String changed = changed(before, after == null ? "" : after);
        if (changed.contains("@Compensates(value = \"send\")")) {
            changed = changed.replace("@Requires long total", "");
        }
        if (before.equals("@Provides(\"note\") public")) {
            changed = changed.replace(", @Requires Optional<String> note", "");
        }
        assertThat(fingerprint(Compiler.JAVAC, changed)).isNotEqualTo(fingerprint(Compiler.JAVAC, ORDERS));
    }
}
