package org.guiling.evidence.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.guiling.evidence.SampleFiles;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.evidence.format.FileType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

    private static final long MAX_PIXELS = 1_000_000;
    private static final int MAX_SCANS = 20;

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

    @Test
    void aProgressiveImageOfOrdinaryScansIsDecoded() throws IOException {
        assertThat(shrink(SampleFiles.progressiveJpg(400, 200, 1), FileType.JPG).getWidth())
                .isEqualTo(100);
    }

    /** Each scan is work for every pixel: 324 kB took 78 seconds. */
    @Test
    void whatHasTooManyScansIsRefusedBeforeItIsDecoded() {
        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> shrink(SampleFiles.progressiveJpg(400, 200, 300), FileType.JPG))
                .withMessageContaining("20 scans");
    }

    /** Refused by nothing else, wherever the time ends: while it is copied, read or put out. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 20, 100, 250})
    void decodingEndsWithItsTime(int asked) {
        AtomicInteger time = new AtomicInteger();
        Deadline deadline = new Deadline(Duration.ofNanos(asked), time::getAndIncrement);

        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> shrink(
                        SampleFiles.progressiveJpg(1000, 1000, 300), FileType.JPG, limits(MAX_PIXELS, 1000), deadline))
                .withMessageContaining("too long");
        // Soon: a decoder that went on would ask for each of 300 times 1,000 rows.
        assertThat(time.get()).isLessThan(asked + 1000);
    }

    @Test
    void whatIsCancelledEnds() {
        Deadline deadline = new Deadline(Duration.ofHours(1), () -> 0);
        deadline.cancel();

        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(
                        () -> shrink(SampleFiles.png(20, 20), FileType.PNG, limits(MAX_PIXELS, MAX_SCANS), deadline));
    }

    static Stream<byte[]> whatIsNotNeeded() {
        byte[] photo = SampleFiles.png(30, 20);
        byte[] text = SampleFiles.compressedText(64);
        return Stream.of(
                SampleFiles.withChunk(photo, "zTXt", text),
                SampleFiles.withChunk(photo, "iTXt", text),
                SampleFiles.withChunk(photo, "tEXt", new byte[1_000_000]),
                SampleFiles.withChunk(photo, "iCCP", text),
                SampleFiles.withChunk(photo, "eXIf", new byte[100]),
                SampleFiles.withChunk(SampleFiles.withChunk(photo, "zTXt", text), "abCd", text));
    }

    /** Text that inflates to gigabytes cost an {@code OutOfMemoryError}. */
    @ParameterizedTest
    @MethodSource
    void whatIsNotNeeded(byte[] image) throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        BareImage bare =
                BareImage.copy(new ByteArrayInputStream(image), FileType.PNG, copy, limits(MAX_PIXELS, MAX_SCANS));

        assertThat(bare.width()).isEqualTo(30);
        List<String> types = new ArrayList<>();
        PngChunks chunks = new PngChunks(new ByteArrayInputStream(copy.toByteArray()));
        while (chunks.next()) {
            types.add(chunks.type());
        }
        assertThat(types).containsOnly("IHDR", "IDAT", "IEND");
        assertThat(shrink(image, FileType.PNG).getWidth()).isEqualTo(30);
    }

    @Test
    void aDecoderOfJpegReadsNoParticulars() throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        byte[] image = held(new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB), 6);

        BareImage bare =
                BareImage.copy(new ByteArrayInputStream(image), FileType.JPG, copy, limits(MAX_PIXELS, MAX_SCANS));

        assertThat(bare.orientation().value()).isEqualTo(6);
        assertThat(copy.toString(StandardCharsets.ISO_8859_1))
                .doesNotContain("Exif")
                .contains("JFIF");
    }

    @Test
    void whatHasTooManyChunksIsRefused() {
        byte[] photo = SampleFiles.png(30, 20);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(photo, 0, 33);
        byte[] empty = Arrays.copyOfRange(SampleFiles.withChunk(photo, "IDAT", new byte[0]), 33, 45);
        for (int i = 0; i < 100_001; i++) {
            many.writeBytes(empty);
        }
        many.write(photo, 33, photo.length - 33);

        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> shrink(many.toByteArray(), FileType.PNG))
                .withMessageContaining("100000 chunks");
    }

    /** The decoder keeps two rows of it. */
    @Test
    void aSideIsNoLongerThanOfAnyCamera() {
        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> shrink(SampleFiles.pngThatClaims(900_000, 1), FileType.PNG))
                .withMessageContaining("900000");
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
        assertThat(Orientation.of(new byte[0]).value()).isEqualTo(1);
        assertThat(Orientation.of("http://ns.adobe.com/xap".getBytes(StandardCharsets.US_ASCII))
                        .value())
                .isEqualTo(1);
    }

    private BufferedImage shrink(byte[] content, FileType type) throws IOException {
        return shrink(content, type, limits(MAX_PIXELS, MAX_SCANS), new Deadline(Duration.ofHours(1), () -> 0));
    }

    private BufferedImage shrink(byte[] content, FileType type, EvidenceProperties.Thumbnail limits, Deadline deadline)
            throws IOException {
        Path copies = Files.createDirectories(folder.resolve("copies"));
        Path small = folder.resolve("small");
        try {
            Images.shrink(new ByteArrayInputStream(content), type, copies, limits, deadline, small);
            return ImageIO.read(small.toFile());
        } finally {
            assertThat(copies).isEmptyDirectory();
        }
    }

    private static EvidenceProperties.Thumbnail limits(long mostPixels, int mostScans) {
        return new EvidenceProperties.Thumbnail(100, mostPixels, mostScans, Duration.ofHours(1), 1, 1);
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
