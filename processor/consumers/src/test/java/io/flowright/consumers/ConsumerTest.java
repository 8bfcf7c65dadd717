package io.flowright.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strangers' projects: whole programs, compiled and run with nothing of ours but the jars that we publish. */
class ConsumerTest {

    private static final String RECEIPT = "Receipt[order=42, total=21, lines=[paid 21 for 42]]\n";

    @TempDir
    Path work;

    @Test
    void aProgramOnTheClassPathWithRecords() {
        Project project = new Project("plain", work);
        Path classes = project.folder("classes");
        project.compile("", classes, "-cp", Jars.COMPILE, "--processor-path", Jars.PROCESSOR);
        assertThat(project.java("-cp", Jars.join(classes, Jars.RUN), "shop.Main"))
                .isEqualTo(RECEIPT);
    }

    @Test
    void aTaskIsAMethodThatNeedsNoJarOfOurs() {
        Project project = new Project("plain", work);
        Path classes = project.folder("classes");
        project.compile("", classes, "-cp", Jars.COMPILE, "--processor-path", Jars.PROCESSOR);
        assertThat(project.java("-cp", classes.toString(), "shop.Alone")).isEqualTo("21\n");
    }

    @Test
    void theHelloOfTheReadme() throws Exception {
        String hello = code("Workflows that `javac` checks", 1);
        assertThat(hello.lines()).hasSizeBetween(5, 15);
        Project project = new Project(work.toString(), work);
        Files.writeString(project.folder("hello").resolve("HelloTasks.java"), hello);
        Path classes = project.folder("classes");
        project.compile("hello", classes, "-cp", Jars.COMPILE, "--processor-path", Jars.PROCESSOR);
        assertThat(project.java("-cp", Jars.join(classes, Jars.RUN), "HelloTasks"))
                .isEqualTo("Hello, world\n");
    }

    @Test
    void theFirstFlowOfTheReadme() throws Exception {
        Project project = new Project(work.toString(), work);
        Files.writeString(project.folder("shop").resolve("OrderTasks.java"), code("## A first flow", 1));
        Path classes = project.folder("classes");
        project.compile("shop", classes, "-cp", Jars.COMPILE, "--processor-path", Jars.PROCESSOR);
        assertThat(project.java("-cp", Jars.join(classes, Jars.RUN), "shop.OrderTasks"))
                .startsWith("paid 4200 for order 42, parcel for order 42\n");
    }

    @Test
    void theDurableRunOfTheReadme() throws Exception {
        Project project = new Project(work.toString(), work);
        Path sources = project.folder("shop");
        Files.writeString(sources.resolve("OrderTasks.java"), code("## A first flow", 1));
        Files.writeString(sources.resolve("DurableOrders.java"), code("## Durable runs", 1));
        Files.writeString(
                sources.resolve("Desk.java"), """
                package shop;

                import io.flowright.runtime.*;
                import io.flowright.runtime.operations.*;
                import java.time.Duration;
                import java.util.Optional;

                class Desk {
                    void look(Engine engine, OrderFlow flow) {
                        %s
                    }

                    void operate(Engine engine) {
                        %s
                    }
                }
                """.formatted(code("## Durable runs", 2), code("### Operating them", 1)));
        Path classes = project.folder("classes");
        String compileTime = Jars.join(Jars.COMPILE, Jars.STORE);
        project.compile("shop", classes, "-cp", compileTime, "--processor-path", Jars.PROCESSOR);

        String runTime = Jars.join(classes, Jars.RUN, Jars.STORE_RUN);
        assertThat(project.java("-cp", runTime, "shop.DurableOrders").lines())
                .contains("paid 4200 for order 42, parcel for order 42");
        assertThat(project.java("-cp", runTime, "shop.DurableOrders").lines())
                .contains("paid 4200 for order 42, parcel for order 42");
        assertThat(work.resolve("runs.db")).isNotEmptyFile();
    }

    @Test
    void aDurableFlowInANamedModule() {
        Project project = new Project("durable-module", work);
        Path classes = project.folder("classes");
        String compileTime = Jars.join(Jars.COMPILE, Jars.STORE_RUN);
        project.compile("src", classes, "--module-path", compileTime, "--processor-path", Jars.PROCESSOR);

        String runTime = Jars.join(classes, Jars.RUN, Jars.STORE_RUN);
        assertThat(project.java("--module-path", runTime, "-m", "shop/shop.Main")
                        .lines())
                .contains("prices", "[Price[amount=21.50, currency=EUR], Price[amount=22, currency=EUR]]");
        // The second time it is only read.
        assertThat(project.java("--module-path", runTime, "-m", "shop/shop.Main")
                        .lines())
                .contains("[Price[amount=21.50, currency=EUR], Price[amount=22, currency=EUR]]")
                .doesNotContain("prices");
    }

    @Test
    void aNamedModuleOnTheModulePath() {
        Project project = new Project("named-module", work);
        Path classes = project.folder("classes");
        project.compile("src", classes, "--module-path", Jars.COMPILE, "--processor-path", Jars.PROCESSOR);
        assertThat(project.java("--module-path", Jars.join(classes, Jars.RUN), "-m", "shop/shop.Main"))
                .isEqualTo(RECEIPT);
    }

    @Test
    void aNamedModuleWithTheProcessorOnAModulePathOfItsOwn() {
        Project project = new Project("named-module", work);
        Path classes = project.folder("classes");
        project.compile("src", classes, "--module-path", Jars.COMPILE, "--processor-module-path", Jars.PROCESSOR);
        assertThat(classes.resolve("shop/OrderFlow.class")).exists();
    }

    @Test
    void lombokBeforeFlowright() {
        assertThat(runWithLombok(Jars.join(Jars.LOMBOK, Jars.PROCESSOR))).isEqualTo("21\n");
    }

    @Test
    void lombokAfterFlowright() {
        assertThat(runWithLombok(Jars.join(Jars.PROCESSOR, Jars.LOMBOK))).isEqualTo("21\n");
    }

    private String runWithLombok(String processors) {
        Project project = new Project("lombok", work);
        Path classes = project.folder("classes");
        project.compile("", classes, "-cp", Jars.join(Jars.COMPILE, Jars.LOMBOK), "--processor-path", processors);
        return project.java("-cp", Jars.join(classes, Jars.RUN), "shop.Main");
    }

    /** Either flag writes the names into the class file. */
    @ParameterizedTest
    @CsvSource({"-g", "-parameters"})
    void taskClassesOfAnotherJarThatHasParameterNames(String flag) {
        Project project = new Project("two-jars", work);
        Path library = project.folder("library");
        Path app = project.folder("app");
        project.compile("library", library, "-cp", Jars.COMPILE, "-proc:none", flag);
        String compilePath = Jars.join(Jars.COMPILE, library);
        project.compile("app", app, "-cp", compilePath, "--processor-path", Jars.PROCESSOR);
        assertThat(project.java("-cp", Jars.join(app, library, Jars.RUN), "shop.Main"))
                .isEqualTo("shelf 4, 4 left\n");
    }

    @Test
    void taskClassesOfAnotherJarWithoutParameterNames() {
        Project project = new Project("two-jars", work);
        Path library = project.folder("library");
        Path app = project.folder("app");
        project.compile("library", library, "-cp", Jars.COMPILE, "-proc:none", "-g:none");
        String compilePath = Jars.join(Jars.COMPILE, library);
        Project.Outcome outcome = project.javac("app", app, "-cp", compilePath, "--processor-path", Jars.PROCESSOR);
        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.output())
                .contains("[flowright:unknown-parameter-name]")
                .contains("-parameters")
                .doesNotContain("arg0")
                .doesNotContain("cannot find symbol");
    }

    @Test
    void classesWithoutAPackage() {
        Project project = new Project("no-package", work);
        Path classes = project.folder("classes");
        project.compile("", classes, "-cp", Jars.COMPILE, "--processor-path", Jars.PROCESSOR);
        assertThat(project.java("-cp", Jars.join(classes, Jars.RUN), "Main")).isEqualTo("Hello, Ada\n");
    }

    @ParameterizedTest
    @CsvSource({"plain, shop.Main", "no-package, Main"})
    void theCompilerOfEclipse(String name, String main) {
        Project project = new Project(name, work);
        Path classes = project.folder("classes");
        Project.Outcome outcome = project.ecj("", classes, "-cp", Jars.COMPILE, "-processorpath", Jars.PROCESSOR);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.exit()).isZero();
        assertThat(project.java("-cp", Jars.join(classes, Jars.RUN), main)).isNotEmpty();
    }

    @Test
    void typesThatAnotherProcessorGeneratesInTheSameCompilation() throws Exception {
        Project project = new Project("generated-types", work);
        Path generator = project.folder("generator");
        Path classes = project.folder("classes");
        project.compile("generator", generator, "-proc:none");
        Path services = Files.createDirectories(generator.resolve("META-INF/services"));
        Files.writeString(services.resolve("javax.annotation.processing.Processor"), "generator.OrderGenerator\n");
        for (String processors : List.of(Jars.join(Jars.PROCESSOR, generator), Jars.join(generator, Jars.PROCESSOR))) {
            String compilePath = Jars.join(Jars.COMPILE, generator);
            project.compile("app", classes, "-cp", compilePath, "--processor-path", processors);
            assertThat(project.java("-cp", Jars.join(classes, Jars.RUN), "shop.Main"))
                    .isEqualTo("21\n");
        }
    }

    /** Also no "cannot find symbol" for the flow class, which other classes use. */
    @Test
    void aMistakeIsTheOnlyThingTheCompilerReports() {
        Project project = new Project("mistakes", work);
        Project.Outcome outcome =
                project.javac("", project.folder("classes"), "-cp", Jars.COMPILE, "--processor-path", Jars.PROCESSOR);
        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.output())
                .contains("OrderTasks.java:17: error: [flowright:missing-provider]")
                .endsWith("1 error\n");
    }

    @Test
    void theMistakesOfTheReadme() throws Exception {
        Project project = new Project("three-mistakes", work);
        Project.Outcome outcome =
                project.javac("", project.folder("classes"), "-cp", Jars.COMPILE, "--processor-path", Jars.PROCESSOR);
        assertThat(outcome.output().replace(project.file("shop") + File.separator, ""))
                .isEqualTo(block("## What a mistake looks like", "```\n", 1));
    }

    /** A piece of Java in the README: the first, second, ... below a heading. */
    private static String code(String heading, int number) throws IOException {
        return block(heading, "```java\n", number);
    }

    private static String block(String heading, String begin, int number) throws IOException {
        String readme = Files.readString(Path.of("..", "..", "README.md"));
        return readme.split("\n" + heading, 2)[1].split(begin)[number].split("```", 2)[0];
    }
}
