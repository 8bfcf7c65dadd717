package io.flowright.examples.content;

import io.flowright.runtime.BusinessFailure;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Makes pixels of files: JPEG with whatever colors, and all else that ImageIO can read. */
final class PictureDecoder {

    /** Beyond it a small file could take all the memory there is. */
    private static final long MAX_PIXELS = 100_000_000;

    private static final String CUT_OFF = "premature end";

    private PictureDecoder() {}

    /**
     * The picture in RGB and the right way up, whatever its colors were and however the camera was held.
     *
     * @param name for those who read the failure
     * @throws BusinessFailure if it is no picture, a broken one, or too large: no second attempt would change that
     */
    static BufferedImage decode(String name, byte[] content) {
        BufferedImage stored;
        // Both are in memory, so what fails here is the content's fault; decoders answer what is broken with all kinds
        // of exceptions.
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new BusinessFailure(name + " is not a picture, or none of a known kind");
            }
            stored = read(readers.next(), input, name);
        } catch (BusinessFailure e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new BusinessFailure(name + " is broken: " + e.getMessage(), e);
        }
        return upright(stored, Orientation.of(content));
    }

    private static BufferedImage read(ImageReader reader, ImageInputStream input, String name) throws IOException {
        try {
            reader.setInput(input, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MAX_PIXELS) {
                throw new BusinessFailure("%s has %,d pixels, more than %,d".formatted(name, pixels, MAX_PIXELS));
            }
            // What is missing of a JPEG would be gray, and only a warning.
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            BufferedImage picture = reader.read(0);
            if (warnings.stream().anyMatch(warning -> warning.contains(CUT_OFF))) {
                throw new BusinessFailure(name + " is broken: it ends too early");
            }
            return picture;
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage upright(BufferedImage stored, Orientation orientation) {
        int width = stored.getWidth();
        int height = stored.getHeight();
        boolean turned = orientation.swapsSides();
        BufferedImage upright =
                new BufferedImage(turned ? height : width, turned ? width : height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = upright.createGraphics();
        // For pictures that one can see through.
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, upright.getWidth(), upright.getHeight());
        canvas.drawImage(stored, orientation.toUpright(width, height), null);
        canvas.dispose();
        return upright;
    }
}
