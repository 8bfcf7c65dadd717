package io.flowright.examples.content;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Sizes pictures, marks them and makes files of them. The same pixels give the same bytes. */
final class PictureRenderer {

    static final int WIDTH = 1200;
    static final int HEIGHT = 800;

    /** Where the upper left corner of the watermark goes. */
    static final int MARGIN = 10;

    private PictureRenderer() {}

    /** A picture of 1200 by 800: the middle of the given one, as much as fits, without distortion. */
    static BufferedImage cover(BufferedImage picture) {
        BufferedImage source = picture;
        // Bilinear scaling looks at four pixels and would leave out the others.
        while (source.getWidth() >= 2 * WIDTH && source.getHeight() >= 2 * HEIGHT) {
            int width = source.getWidth() / 2;
            int height = source.getHeight() / 2;
            source = scaled(source, 0, 0, source.getWidth(), source.getHeight(), width, height);
        }
        double scale = Math.max((double) WIDTH / source.getWidth(), (double) HEIGHT / source.getHeight());
        int width = Math.max(1, (int) Math.min(source.getWidth(), Math.round(WIDTH / scale)));
        int height = Math.max(1, (int) Math.min(source.getHeight(), Math.round(HEIGHT / scale)));
        int left = (source.getWidth() - width) / 2;
        int top = (source.getHeight() - height) / 2;
        return scaled(source, left, top, width, height, WIDTH, HEIGHT);
    }

    private static BufferedImage scaled(
            BufferedImage source, int left, int top, int width, int height, int newWidth, int newHeight) {
        BufferedImage scaled = new BufferedImage(newWidth, newHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = scaled.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.drawImage(source, 0, 0, newWidth, newHeight, left, top, left + width, top + height, null);
        canvas.dispose();
        return scaled;
    }

    /** Pastes the watermark on, as opaque as each of its pixels is; the picture itself is changed. */
    static BufferedImage stamp(BufferedImage picture, BufferedImage watermark) {
        Graphics2D canvas = picture.createGraphics();
        canvas.drawImage(watermark, MARGIN, MARGIN, null);
        canvas.dispose();
        return picture;
    }

    /** A file from which the same pixels can be read. Nobody keeps it for long: PNG would be a quarter smaller and take most of the time. */
    static byte[] bmp(BufferedImage picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, "bmp", bytes)) {
            throw new IllegalStateException("every JVM writes BMP");
        }
        return bytes.toByteArray();
    }

    /**
     * A JPEG file.
     *
     * @param quality from 0 to 1
     */
    static byte[] jpeg(BufferedImage picture, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
