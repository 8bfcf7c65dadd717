package io.flowright.examples.content;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Whose pictures these are. Drawn without letters, for not every server has fonts. */
final class Watermark {

    private static final int WIDTH = 160;
    private static final int HEIGHT = 60;

    private Watermark() {}

    /** A dark plate through which one sees the picture, with round corners, and a light arrow through which one does not. */
    static BufferedImage arrow() {
        BufferedImage mark = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        Graphics2D canvas = mark.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setColor(new Color(20, 30, 60, 128));
        canvas.fillRoundRect(0, 0, WIDTH, HEIGHT, HEIGHT, HEIGHT);
        canvas.setColor(new Color(255, 240, 200));
        canvas.fillRect(30, 24, 60, 12);
        canvas.fillPolygon(new int[] {90, 130, 90}, new int[] {10, 30, 50}, 3);
        canvas.dispose();
        return mark;
    }
}
