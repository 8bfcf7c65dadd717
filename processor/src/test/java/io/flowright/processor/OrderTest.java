package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.FlowProbe;
import io.flowright.processor.compile.Source;
import io.flowright.processor.model.InputModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order of tasks and of inputs. */
class OrderTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void everyTaskComesAfterAllThatItNeeds(Compiler compiler) {
        FlowProbe flow = read(compiler, """
                @Provides int d(@Requires int b, @Requires int c) { return 1; }
                @Provides int b(@Requires int a) { return 1; }
                @Provides int c(@Requires int a) { return 1; }
                @Task @Requires("d") void e() {}
                @Provides int a() { return 1; }
                """);

        assertThat(flow.order()).containsExactly("a", "b", "c", "d", "e");
    }

    @ParameterizedTest
    @EnumSource
    void readyTasksComeByPriorityThenAsDeclared(Compiler compiler) {
        FlowProbe flow = read(compiler, """
                @Task void zebra() {}
                @Task(priority = -1) void last() {}
                @Task void apple() {}
                @Task(priority = 5) @Requires("late") void afterLate() {}
                @Task(priority = 2) @Provides void late() {}
                @Task(priority = 3) void first() {}
                """);

        assertThat(flow.order()).containsExactly("first", "late", "afterLate", "zebra", "apple", "last");
    }

    @ParameterizedTest
    @EnumSource
    void theFlowClassComesBeforeItsSuperclassesAndWhatItIncludes(Compiler compiler) {
        FlowProbe flow = read(
                compiler,
                "@Flow(include = {Second.class, Third.class}) class OrderTasks extends Base implements Shared {"
                        + " @Task void own() {} }"
                        + "class Base { @Task void inherited() {} }"
                        + "interface Shared { @Task default void shared() {} }"
                        + "@Flow(include = Fourth.class) class Second { @Task void second() {} }"
                        + "@Flow(include = Fourth.class) class Third { @Task void third() {} }"
                        + "class Fourth { @Task void fourth() {} }",
                "OrderTasks");

        assertThat(flow.order()).containsExactly("own", "inherited", "shared", "second", "fourth", "third");
    }

    @ParameterizedTest
    @EnumSource
    void inputsComeByFirstAppearance(Compiler compiler) {
        FlowProbe flow = read(compiler, """
                @Task void b(@Input String name, @Input long id) {}
                @Task void a(@Input boolean gift, @Input long id) {}
                """);

        assertThat(flow.flow().inputs()).extracting(InputModel::name).containsExactly("name", "id", "gift");
        assertThat(flow.flow().positional()).isTrue();
    }

    @Test
    void inputsThatCouldBeSwappedUnnoticedAreNotPositional() {
        assertThat(positional("@Task void a(@Input String from, @Input String to) {}"))
                .isFalse();
        assertThat(positional("@Task void a(@Input int from, @Input Integer to) {}"))
                .isFalse();
        assertThat(positional("@Task void a(@Input String from, @Input Object to) {}"))
                .isFalse();
        assertThat(positional("@Task void a(@Input long from, @Input int to) {}"))
                .isFalse();
        assertThat(positional("@Task void a(@Input int from, @Input Long to) {}"))
                .isTrue();
        assertThat(positional("@Task void a(@Input String from, @Input Number to) {}"))
                .isTrue();
    }

    @Test
    void theComponentsOfARecordArePositionalBecauseTheirOrderIsWritten() {
        FlowProbe flow = read(
                Compiler.JAVAC,
                "@Flow(input = Transfer.class) class OrderTasks { @Task void a(@Input String to, @Input String from) {} }"
                        + "record Transfer(String from, String to) {}",
                "OrderTasks");

        assertThat(flow.flow().inputs()).extracting(InputModel::name).containsExactly("from", "to");
        assertThat(flow.flow().positional()).isTrue();
    }

    @Test
    void moreThanTwelveInputsAreNotPositional() {
        assertThat(positional(inputs(12))).isTrue();
        assertThat(positional(inputs(13))).isFalse();
    }

    /** Inputs of as many different types. */
    private static String inputs(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("record T%1$d() {} @Task void t%1$d(@Input T%1$d i%1$d) {}\n".formatted(i));
        }
        return text.toString();
    }

    private boolean positional(String tasks) {
        return read(Compiler.JAVAC, tasks).flow().positional();
    }

    private FlowProbe read(Compiler compiler, String tasks) {
        return read(compiler, "@Flow class OrderTasks {\n" + tasks + "}", "OrderTasks");
    }

    private FlowProbe read(Compiler compiler, String text, String name) {
        FlowProbe probe = new FlowProbe();
        Source source = new Source(name + ".java", "import io.flowright.annotations.*;\n" + text);
        compiler.compile(directory, List.of(source), List.of(), List.of(probe));
        return probe;
    }
}
