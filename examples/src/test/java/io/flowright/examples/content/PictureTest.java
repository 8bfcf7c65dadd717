package io.flowright.examples.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowright.runtime.BusinessFailure;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real pictures, taken apart and made ready. */
class PictureTest {

    /** What two encodings of one photograph may differ by in the mean, of 255. */
    private static final double SAME = 6;

    /** Each of the photographs bears its number here. */
    private static final Rectangle NUMBER = new Rectangle(540, 300, 130, 180);

    @ParameterizedTest
    @CsvSource({
        "Landscape, 2", "Landscape, 3", "Landscape, 4", "Landscape, 5", "Landscape, 6", "Landscape, 7", "Landscape, 8",
        "Portrait, 2", "Portrait, 3", "Portrait, 4", "Portrait, 5", "Portrait, 6", "Portrait, 7", "Portrait, 8"
    })
    void however_the_camera_was_held_the_picture_comes_out_the_same_way_up(String photograph, int orientation)
            throws IOException {
        BufferedImage upright = ready("exif/" + photograph + "_1.jpg");
        BufferedImage turned = ready("exif/" + photograph + "_" + orientation + ".jpg");

        assertThat(turned.getWidth()).isEqualTo(1200);
        assertThat(turned.getHeight()).isEqualTo(800);
        assertThat(Pixels.difference(upright, turned, NUMBER)).isLessThan(SAME);
    }

    @Test
    void the_difference_of_two_pictures_sees_when_one_is_mirrored() throws IOException {
        BufferedImage upright = ready("exif/Landscape_1.jpg");
        byte[] mirrored = SamplePictures.picture("exif/Landscape_2.jpg");
        BufferedImage notTurned = PictureRenderer.cover(ImageIO.read(new ByteArrayInputStream(mirrored)));

        assertThat(Pixels.difference(upright, notTurned, NUMBER)).isGreaterThan(4 * SAME);
    }

    @Test
    void the_pixels_are_those_of_the_file() throws IOException {
        byte[] file = SamplePictures.picture("jpeg/exif-rgb-thumbnail-sony-d700.jpg");
        BufferedImage plain = ImageIO.read(new ByteArrayInputStream(file));

        BufferedImage decoded = PictureDecoder.decode("a.jpg", file);

        assertThat(Pixels.difference(decoded, plain, new Rectangle())).isZero();
    }

    /** The leaflet is blue, and the record gray. */
    @Test
    void pictures_for_printers_and_gray_ones_keep_their_colors() throws IOException {
        int[] blue = Pixels.mean(ready("jpeg/cmyk-sample.jpg"), new Rectangle(1170, 200, 25, 400));
        assertThat(blue[2]).isGreaterThan(blue[0] + 60).isGreaterThan(blue[1] + 20);

        byte[] file = SamplePictures.picture("jpeg/gray-sample.jpg");
        BufferedImage stored = ImageIO.read(new ByteArrayInputStream(file));
        long sum = 0;
        for (int y = 0; y < stored.getHeight(); y++) {
            for (int x = 0; x < stored.getWidth(); x++) {
                sum += stored.getRaster().getSample(x, y, 0);
            }
        }
        int mean = (int) (sum / ((long) stored.getWidth() * stored.getHeight()));
        BufferedImage decoded = PictureDecoder.decode("gray.jpg", file);
        assertThat(Pixels.mean(decoded, new Rectangle(0, 0, decoded.getWidth(), decoded.getHeight())))
                .containsExactly(mean, mean, mean);
    }

    @Test
    void what_one_can_see_through_becomes_white() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_ARGB), "png", png);

        BufferedImage decoded = PictureDecoder.decode("glass.png", png.toByteArray());

        assertThat(Pixels.mean(decoded, new Rectangle(0, 0, 30, 20))).containsExactly(255, 255, 255);
    }

    @ParameterizedTest
    @CsvSource({"1800, 1200", "1200, 800", "10, 10", "1, 4000", "4000, 1", "5000, 3000", "2400, 1600"})
    void pictures_of_all_shapes_fill_the_same_frame(int width, int height) {
        BufferedImage white = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, 0xffffff);
        white.setRGB(0, 0, width, height, pixels, 0, width);

        BufferedImage covered = PictureRenderer.cover(white);

        assertThat(covered.getWidth()).isEqualTo(1200);
        assertThat(covered.getHeight()).isEqualTo(800);
        assertThat(Pixels.mean(covered, new Rectangle(0, 0, 1200, 800))).containsExactly(255, 255, 255);
    }

    /** Twice as high as wide in the middle third, and so it stays. */
    @Test
    void nothing_is_distorted() {
        BufferedImage tall = new BufferedImage(300, 900, BufferedImage.TYPE_INT_RGB);
        for (int y = 430; y < 470; y++) {
            for (int x = 130; x < 170; x++) {
                tall.setRGB(x, y, 0xffffff);
            }
        }

        BufferedImage covered = PictureRenderer.cover(tall);

        // 40 pixels become 160 both ways, around the middle.
        assertThat(covered.getRGB(600 - 75, 400) & 0xff).isGreaterThan(200);
        assertThat(covered.getRGB(600 - 85, 400) & 0xff).isLessThan(50);
        assertThat(covered.getRGB(600, 400 - 75) & 0xff).isGreaterThan(200);
        assertThat(covered.getRGB(600, 400 - 85) & 0xff).isLessThan(50);
    }

    @Test
    void the_watermark_is_as_opaque_as_each_of_its_pixels() {
        BufferedImage watermark = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        watermark.setRGB(0, 0, 0x00ff0000);
        watermark.setRGB(1, 0, 0x80ff0000);
        watermark.setRGB(2, 0, 0xffff0000);

        BufferedImage stamped = PictureRenderer.stamp(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB), watermark);

        assertThat(red(stamped, 9, 10)).isZero();
        assertThat(red(stamped, 10, 10)).isZero();
        assertThat(red(stamped, 11, 10)).isBetween(126, 130);
        assertThat(red(stamped, 12, 10)).isEqualTo(255);
        assertThat(red(stamped, 13, 10)).isZero();
    }

    @Test
    void the_same_pixels_give_the_same_bytes() throws IOException {
        BufferedImage picture = ready("exif/Landscape_1.jpg");

        assertThat(PictureRenderer.jpeg(picture, 0.85f)).isEqualTo(PictureRenderer.jpeg(picture, 0.85f));
        assertThat(PictureRenderer.jpeg(picture, 0.85f)).hasSizeLessThan(PictureRenderer.jpeg(picture, 0.95f).length);
    }

    @Test
    void what_one_task_hands_on_to_the_next_loses_nothing() throws IOException {
        BufferedImage picture = ready("exif/Landscape_1.jpg");

        BufferedImage handedOn = PictureDecoder.decode("a.bmp", PictureRenderer.bmp(picture));

        assertThat(Pixels.difference(picture, handedOn, new Rectangle())).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broken-bogus-segment-length.jpg",
                "broken-sos-before-sof.jpg",
                "broken-no-sof-ascii-transfer-mode.jpg",
                "broken-adobe-marker-bad-length.jpg",
                "5145e95a-02a8-11e7-8372-4787a7307ab8.jpg"
            })
    void a_broken_picture_is_a_failure_that_no_second_attempt_would_change(String name) throws IOException {
        byte[] broken = SamplePictures.picture("broken-jpeg/" + name);

        BusinessFailure failure =
                catchThrowableOfType(BusinessFailure.class, () -> PictureDecoder.decode(name, broken));

        assertThat(failure).hasMessageStartingWith(name + " is broken: ").hasCauseInstanceOf(IIOException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 0.99})
    void half_a_picture_is_a_broken_one(double share) throws IOException {
        byte[] whole = SamplePictures.picture("exif/Landscape_1.jpg");
        byte[] part = Arrays.copyOf(whole, (int) (whole.length * share));

        assertThatThrownBy(() -> PictureDecoder.decode("part.jpg", part))
                .isInstanceOf(BusinessFailure.class)
                .hasMessageStartingWith("part.jpg is broken: ");
    }

    @Test
    void a_table_that_is_called_a_picture_is_none() throws IOException {
        byte[] table = SamplePictures.table();
        assertThat(ImageIO.read(new ByteArrayInputStream(table))).isNull();

        assertThatThrownBy(() -> PictureDecoder.decode("fake.png", table))
                .isInstanceOf(BusinessFailure.class)
                .hasMessage("fake.png is not a picture, or none of a known kind");
    }

    /** The size in the header of a PNG is all it takes to ask for gigabytes. */
    @Test
    void a_small_file_cannot_take_all_the_memory() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(10_001, 10_000, BufferedImage.TYPE_BYTE_BINARY), "png", png);
        assertThat(png.size()).isLessThan(100_000);

        assertThatThrownBy(() -> PictureDecoder.decode("bomb.png", png.toByteArray()))
                .isInstanceOf(BusinessFailure.class)
                .hasMessageStartingWith("bomb.png has 100")
                .hasMessageContaining("more than");
    }

    /** The notes of that camera cannot be read, its picture can. */
    @Test
    void notes_of_a_camera_that_make_no_sense_cost_nobody_the_picture() throws IOException {
        byte[] picture = SamplePictures.picture("jpeg/exif-rgb-thumbnail-bad-exif-kodak-dc210.jpg");

        assertThat(Orientation.of(picture)).isEqualTo(Orientation.UPRIGHT);
        assertThat(PictureDecoder.decode("kodak.jpg", picture).getWidth()).isEqualTo(640);
    }

    private static BufferedImage ready(String path) throws IOException {
        return PictureRenderer.cover(PictureDecoder.decode(path, SamplePictures.picture(path)));
    }

    private static int red(BufferedImage picture, int x, int y) {
        return picture.getRGB(x, y) >> 16 & 0xff;
    }
}
