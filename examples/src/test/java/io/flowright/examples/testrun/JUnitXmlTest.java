package io.flowright.examples.testrun;

import static io.flowright.examples.testrun.Executions.error;
import static io.flowright.examples.testrun.Executions.failure;
import static io.flowright.examples.testrun.Executions.passed;
import static io.flowright.examples.testrun.Executions.skipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flowright.examples.testrun.Execution.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JUnitXmlTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("TEST-shop.xml");
    }

    @Test
    void reads_what_junit_writes() throws Exception {
        Files.writeString(file, """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="JUnit Jupiter" tests="4" skipped="1" failures="1" errors="1" time="1,234.5" hostname="vm">
                <properties><property name="java.version" value="17"/></properties>
                <testcase name="sells()" classname="shop.OrderTest" time="1,234.5">
                <system-out><![CDATA[
                unique-id: [engine:junit-jupiter]/[class:shop.OrderTest]/[method:sells()]
                display-name: OrderTest > sells()
                ]]></system-out>
                </testcase>
                <testcase name="ships()" classname="shop.OrderTest" time="0">
                <skipped><![CDATA[not yet]]></skipped>
                </testcase>
                <testcase name="bills()" classname="shop.OrderTest" time="0.007">
                <failure message="2 &lt; 3" type="java.lang.AssertionError"><![CDATA[at bills]]></failure>
                </testcase>
                <testcase name="opens()" classname="shop.OrderTest" time="0.05">
                <error message="no such file" type="java.io.IOException"><![CDATA[at opens]]></error>
                </testcase>
                </testsuite>
                """);

        String shop = "shop.OrderTest";
        assertThat(JUnitXml.read(file))
                .containsExactly(
                        new Execution(
                                "[engine:junit-jupiter]/[class:shop.OrderTest]/[method:sells()]",
                                shop,
                                "sells()",
                                1234.5,
                                Status.PASSED,
                                "",
                                "",
                                ""),
                        new Execution("", shop, "ships()", 0, Status.SKIPPED, "", "", "not yet"),
                        new Execution(
                                "",
                                shop,
                                "bills()",
                                0.007,
                                Status.FAILURE,
                                "java.lang.AssertionError",
                                "2 < 3",
                                "at bills"),
                        new Execution(
                                "",
                                shop,
                                "opens()",
                                0.05,
                                Status.ERROR,
                                "java.io.IOException",
                                "no such file",
                                "at opens"));
    }

    @Test
    void what_is_written_can_be_read_again() throws Exception {
        List<Execution> executions = List.of(passed("a"), skipped("b"), failure("c"), error("d"));

        ScriptedJvm.write(executions, file);

        ReportSchema.validate(file);
        assertThat(JUnitXml.read(file)).isEqualTo(executions);
    }

    @Test
    void the_totals_are_the_sums_and_flaky_tests_are_counted_apart() throws Exception {
        List<TestHistory> tests = List.of(
                new TestHistory(passed("a"), List.of()),
                new TestHistory(skipped("b"), List.of()),
                new TestHistory(failure("c"), List.of(failure("c"), failure("c"))),
                new TestHistory(error("d"), List.of(error("d"), error("d"))),
                new TestHistory(error("e"), List.of(passed("e"))));

        JUnitXml.write(tests, file);

        ReportSchema.validate(file);
        assertThat(file)
                .content()
                .contains("time=\"1.250\" tests=\"5\" errors=\"1\" skipped=\"1\" failures=\"1\" flakes=\"1\"");
    }

    @Test
    void each_execution_that_failed_is_told() throws Exception {
        List<TestHistory> tests = List.of(
                new TestHistory(error("failed"), List.of(failure("failed"), error("failed"))),
                new TestHistory(failure("skipped later"), List.of(skipped("skipped later"))),
                new TestHistory(error("flaky"), List.of(failure("flaky"), passed("flaky"))));

        JUnitXml.write(tests, file);

        ReportSchema.validate(file);
        assertThat(file)
                .content()
                .containsSubsequence(
                        "name=\"failed\"",
                        "<rerunFailure ",
                        "<error ",
                        "<rerunError ",
                        "</testcase>",
                        "name=\"flaky\"",
                        "<flakyFailure ",
                        "<flakyError ",
                        "</testcase>");
    }

    @Test
    void a_file_that_is_no_report_is_named() throws Exception {
        Files.writeString(file, "<testsuite><testcase name=\"sel");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> JUnitXml.read(file))
                .withMessageContaining(file.toString());
    }
}
