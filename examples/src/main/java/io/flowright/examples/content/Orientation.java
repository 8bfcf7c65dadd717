package io.flowright.examples.content;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.awt.geom.AffineTransform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * How the rows and columns of a picture lie, as its camera has noted it.
 *
 * @param exif the number that EXIF has for it, 1 to 8; 1: as one sees them
 */
record Orientation(int exif) {

    static final Orientation UPRIGHT = new Orientation(1);

    /** What a JPEG says of itself; upright if it says nothing, or nothing that makes sense, for its pixels may be fine. */
    static Orientation of(byte[] jpeg) {
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            List<JPEGSegment> segments = JPEGSegmentUtil.readSegments(input, JPEG.APP1, "Exif");
            return segments.isEmpty() ? UPRIGHT : of(segments.get(0));
        } catch (IOException | RuntimeException e) {
            return UPRIGHT;
        }
    }

    private static Orientation of(JPEGSegment segment) throws IOException {
        InputStream data = segment.data();
        // A byte of padding lies between the name of the segment and its content.
        data.skipNBytes(1);
        try (ImageInputStream exif = new MemoryCacheImageInputStream(data)) {
            Entry entry = new TIFFReader().read(exif).getEntryById(TIFF.TAG_ORIENTATION);
            return entry != null && entry.getValue() instanceof Integer number && number >= 1 && number <= 8
                    ? new Orientation(number)
                    : UPRIGHT;
        }
    }

    /** Whether rows are columns. */
    boolean swapsSides() {
        return exif >= 5;
    }

    /** Takes each pixel of a picture with this width and height to where one wants to see it. */
    AffineTransform toUpright(int width, int height) {
        return switch (exif) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
