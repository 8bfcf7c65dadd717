package io.flowright.examples.testrun;

import java.io.IOException;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** The shape of Surefire's reports. */
final class ReportSchema {

    private ReportSchema() {}

    /** Throws a {@link SAXException} for a report of another shape. */
    static void validate(Path report) throws SAXException, IOException {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(ReportSchema.class.getResource("/testrun/report.xsd"))
                .newValidator()
                .validate(new StreamSource(report.toFile()));
    }
}
