package io.flowright.examples.content;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Real photographs, broken ones and a file that is none, as they come with the tests of other libraries. */
final class SamplePictures {

    private SamplePictures() {}

    /** Of the tests of imageio-jpeg: {@code exif/Landscape_6.jpg}, {@code jpeg/cmyk-sample.jpg}, {@code broken-jpeg/…}. */
    static byte[] picture(String path) throws IOException {
        return resource("/" + path);
    }

    /** A table, which comes with the tests of commons-csv. */
    static byte[] table() throws IOException {
        return resource("/org/apache/commons/csv/CSV-196/emoji.csv");
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream input = SamplePictures.class.getResourceAsStream(path)) {
            if (input == null) {
                throw new FileNotFoundException("not on the class path: " + path);
            }
            return input.readAllBytes();
        }
    }
}
