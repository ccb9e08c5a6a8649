package org.guiling.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {

    private static final long MOST_PIXELS = 1_000_000;

    @TempDir
    Path folder;

    @Test
    void theSizeIsReadWithoutDecoding() throws IOException {
        Path bomb = Files.write(folder.resolve("bomb"), SampleFiles.pngThatClaims(100_000, 60_000));

        assertThat(Images.pixels(bomb, FileType.PNG)).hasValue(6_000_000_000L);
        assertThat(Images.pixels(bomb, FileType.JPG)).isEmpty();
        assertThat(Images.pixels(bomb, FileType.PDF)).isEmpty();
    }

    @Test
    void whatClaimsTooMuchIsRefusedBeforeItIsDecoded() {
        assertThatIOException()
                .isThrownBy(() -> shrink(SampleFiles.pngThatClaims(2_000, 501), FileType.PNG))
                .withMessageContaining("2000 × 501");
    }

    @Test
    void whatIsDamagedIsRefused() {
        byte[] photo = SampleFiles.jpg(300, 200);

        assertThatIOException().isThrownBy(() -> shrink(Arrays.copyOf(photo, 100), FileType.JPG));
        assertThatIOException().isThrownBy(() -> shrink(SampleFiles.pngThatClaims(20, 20), FileType.PNG));
    }

    @ParameterizedTest
    @CsvSource({"1000, 500, 100, 50", "500, 1000, 50, 100", "40, 30, 40, 30", "1000, 1, 100, 1"})
    void itFitsTheEdgeAndIsNeverEnlarged(int width, int height, int smallWidth, int smallHeight) throws IOException {
        BufferedImage small = shrink(SampleFiles.png(width, height), FileType.PNG);

        assertThat(small.getWidth()).isEqualTo(smallWidth);
        assertThat(small.getHeight()).isEqualTo(smallHeight);
    }

    /** The left upper corner of the scene is red, wherever the sensor has it. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 0, 1", "7, 1, 1", "8, 1, 0"})
    void itStandsUpright(int orientation, int right, int below) throws IOException {
        BufferedImage sensor = new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sensor.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(right * 40, below * 20, 40, 20);
        graphics.dispose();

        BufferedImage small = shrink(held(sensor, orientation), FileType.JPG);

        assertThat(small.getWidth() > small.getHeight()).isEqualTo(orientation < 5);
        assertThat(red(small, small.getWidth() / 4, small.getHeight() / 4)).isTrue();
        assertThat(red(small, small.getWidth() * 3 / 4, small.getHeight() * 3 / 4))
                .isFalse();
    }

    @Test
    void particularsThatAreNoneMeanUpright() {
        assertThat(Orientation.ofExif(new byte[0]).value()).isEqualTo(1);
        assertThat(Orientation.ofExif("http://ns.adobe.com/xap".getBytes(StandardCharsets.US_ASCII))
                        .value())
                .isEqualTo(1);
    }

    private BufferedImage shrink(byte[] content, FileType type) throws IOException {
        Path small = folder.resolve("small");
        Images.shrink(new ByteArrayInputStream(content), type, folder, 100, MOST_PIXELS, small);
        return ImageIO.read(small.toFile());
    }

    private static boolean red(BufferedImage image, int x, int y) {
        return new Color(image.getRGB(x, y)).getRed() > 128;
    }

    /** A JPEG with Exif's orientation behind its first segment. */
    private static byte[] held(BufferedImage image, int orientation) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", plain);
        ByteBuffer exif = ByteBuffer.allocate(4 + 6 + 8 + 2 + 12 + 4);
        exif.putShort((short) 0xffe1).putShort((short) 34);
        exif.put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
        exif.put("MM\0\u002a".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation).putShort((short) 0).putInt(0);
        byte[] jpeg = plain.toByteArray();
        int firstSegment = 2 + 2 + ((jpeg[4] & 0xff) << 8 | jpeg[5] & 0xff);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(jpeg, 0, firstSegment);
        whole.write(exif.array());
        whole.write(jpeg, firstSegment, jpeg.length - firstSegment);
        return whole.toByteArray();
    }
}
