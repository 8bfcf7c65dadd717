package io.flowright.examples.content;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;

/** Looks at pixels. */
final class Pixels {

    private Pixels() {}

    /** How much two pictures of one size differ in the mean of red, green and blue, 0 to 255, outside of a part. */
    static double difference(BufferedImage one, BufferedImage other, Rectangle besides) {
        if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
            throw new IllegalArgumentException("pictures of different sizes");
        }
        long sum = 0;
        long count = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                if (!besides.contains(x, y)) {
                    sum += difference(one.getRGB(x, y), other.getRGB(x, y));
                    count += 3;
                }
            }
        }
        return (double) sum / count;
    }

    static double differenceWithin(BufferedImage one, BufferedImage other, Rectangle part) {
        BufferedImage there = one.getSubimage(part.x, part.y, part.width, part.height);
        return difference(there, other.getSubimage(part.x, part.y, part.width, part.height), new Rectangle());
    }

    /** The mean red, green and blue of a part. */
    static int[] mean(BufferedImage picture, Rectangle part) {
        long[] sums = new long[3];
        for (int y = part.y; y < part.y + part.height; y++) {
            for (int x = part.x; x < part.x + part.width; x++) {
                int pixel = picture.getRGB(x, y);
                sums[0] += pixel >> 16 & 0xff;
                sums[1] += pixel >> 8 & 0xff;
                sums[2] += pixel & 0xff;
            }
        }
        int count = part.width * part.height;
        return new int[] {(int) (sums[0] / count), (int) (sums[1] / count), (int) (sums[2] / count)};
    }

    private static int difference(int one, int other) {
        return Math.abs((one >> 16 & 0xff) - (other >> 16 & 0xff))
                + Math.abs((one >> 8 & 0xff) - (other >> 8 & 0xff))
                + Math.abs((one & 0xff) - (other & 0xff));
    }
}
