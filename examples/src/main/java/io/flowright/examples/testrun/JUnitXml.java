package io.flowright.examples.testrun;

import io.flowright.examples.testrun.Execution.Status;
import io.flowright.examples.testrun.TestHistory.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The XML of test reports. */
final class JUnitXml {

    /** How JUnit marks the line of a test's output that holds its id. */
    private static final String ID = "unique-id: ";

    private JUnitXml() {}

    /**
     * What JUnit's console launcher wrote.
     *
     * @throws IOException if the file cannot be read or is not XML; the message names it
     */
    static List<Execution> read(Path file) throws IOException {
        try {
            DocumentBuilder builder =
                    DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
            // The default handler prints errors besides throwing them.
            builder.setErrorHandler(new DefaultHandler());
            Element suite = builder.parse(file.toFile()).getDocumentElement();
            return elements(suite, "testcase").map(JUnitXml::execution).toList();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Execution execution(Element test) {
        for (Status status : List.of(Status.SKIPPED, Status.FAILURE, Status.ERROR)) {
            Optional<Element> reason = elements(test, tag(status)).findFirst();
            if (reason.isPresent()) {
                return execution(
                        test,
                        status,
                        reason.get().getAttribute("type"),
                        reason.get().getAttribute("message"),
                        reason.get().getTextContent());
            }
        }
        return execution(test, Status.PASSED, "", "", "");
    }

    private static Execution execution(Element test, Status status, String type, String message, String text) {
        String id = elements(test, "system-out")
                .flatMap(output -> output.getTextContent().lines())
                .filter(line -> line.startsWith(ID))
                .map(line -> line.substring(ID.length()))
                .findFirst()
                .orElse("");
        // Thousands are separated by commas.
        double seconds = Double.parseDouble(test.getAttribute("time").replace(",", ""));
        return new Execution(
                id, test.getAttribute("classname"), test.getAttribute("name"), seconds, status, type, message, text);
    }

    private static Stream<Element> elements(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
    }

    /**
     * Writes one report for all tests, as Surefire does after reruns: a flaky test counts neither as failure nor as error, and bears a
     * {@code flakyFailure} or {@code flakyError} for each time it failed; a failed one bears a {@code rerunFailure} or {@code rerunError}
     * for each rerun.
     */
    static void write(List<TestHistory> tests, Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
            xml.writeStartDocument();
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "all");
            xml.writeAttribute(
                    "time",
                    time(tests.stream()
                            .mapToDouble(test -> test.first().seconds())
                            .sum()));
            xml.writeAttribute("tests", count(tests, test -> true));
            xml.writeAttribute("errors", count(tests, test -> failed(test, Status.ERROR)));
            xml.writeAttribute("skipped", count(tests, test -> test.verdict() == Verdict.SKIPPED));
            xml.writeAttribute("failures", count(tests, test -> failed(test, Status.FAILURE)));
            xml.writeAttribute("flakes", count(tests, test -> test.verdict() == Verdict.FLAKY));
            for (TestHistory test : tests) {
                writeTest(xml, test);
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static boolean failed(TestHistory test, Status status) {
        return test.verdict() == Verdict.FAILED && test.first().status() == status;
    }

    private static String count(List<TestHistory> tests, Predicate<TestHistory> which) {
        return String.valueOf(tests.stream().filter(which).count());
    }

    private static void writeTest(XMLStreamWriter xml, TestHistory test) throws XMLStreamException {
        Execution first = test.first();
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", first.name());
        xml.writeAttribute("classname", first.className());
        xml.writeAttribute("time", time(first.seconds()));
        boolean flaky = test.verdict() == Verdict.FLAKY;
        // The order of the schema.
        for (Status status : List.of(Status.FAILURE, Status.SKIPPED, Status.ERROR)) {
            if (first.status() == status && !flaky) {
                writeFirst(xml, first);
            } else if (first.status() == status) {
                writeAgain(xml, "flaky", first);
            }
            for (Execution rerun : test.reruns()) {
                if (rerun.status() == status && rerun.failed()) {
                    writeAgain(xml, flaky ? "flaky" : "rerun", rerun);
                }
            }
        }
        writeText(xml, "system-out", ID + first.id());
        xml.writeEndElement();
    }

    private static void writeFirst(XMLStreamWriter xml, Execution execution) throws XMLStreamException {
        xml.writeStartElement(tag(execution.status()));
        xml.writeAttribute("message", execution.message());
        if (execution.failed()) {
            xml.writeAttribute("type", execution.type());
        }
        xml.writeCharacters(execution.text());
        xml.writeEndElement();
    }

    private static void writeAgain(XMLStreamWriter xml, String prefix, Execution execution) throws XMLStreamException {
        String tag = tag(execution.status());
        xml.writeStartElement(prefix + Character.toUpperCase(tag.charAt(0)) + tag.substring(1));
        xml.writeAttribute("message", execution.message());
        xml.writeAttribute("type", execution.type());
        writeText(xml, "stackTrace", execution.text());
        xml.writeEndElement();
    }

    private static void writeText(XMLStreamWriter xml, String tag, String text) throws XMLStreamException {
        xml.writeStartElement(tag);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static String tag(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
