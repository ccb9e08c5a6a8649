package org.guiling.evidence.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.guiling.evidence.SampleFiles;
import org.guiling.evidence.format.FileType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The place where a picture was taken is missing from the content that is served, and nothing else is. */
class LocationsTest {

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(FileType.JPG, PlacedFiles.jpg()),
                Arguments.of(FileType.PNG, PlacedFiles.png()),
                Arguments.of(FileType.WEBP, PlacedFiles.webp()),
                Arguments.of(FileType.HEIC, PlacedFiles.heic()),
                Arguments.of(FileType.MP4, PlacedFiles.mp4()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingTellsThePlace(FileType type, byte[] original) throws IOException {
        byte[] served = served(original, type);

        assertThat(text(original)).contains(PlacedFiles.PLACE);
        assertThat(text(served)).doesNotContain(PlacedFiles.PLACE).doesNotContain("E121");
        assertThat(served).hasSameSizeAs(original);
        // A picture without a place is served as it is.
        assertThat(served(served, type)).isEqualTo(served);
    }

    /** However the file is cut, nothing of a place that was cut through is served. */
    @ParameterizedTest
    @MethodSource("files")
    void nothingTellsThePlaceWhereTheFileBreaksOff(FileType type, byte[] original) throws IOException {
        for (int length = 0; length < original.length; length += 7) {
            byte[] cut = Arrays.copyOf(original, length);
            try {
                assertThat(text(served(cut, type)))
                        .as("%s of %s", length, original.length)
                        .doesNotContain("121.4");
            } catch (IOException e) {
                assertThat(e).isInstanceOfAny(UnreadableImageException.class, EOFException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JPG", "PNG"})
    void thePictureIsTheSame(FileType type) throws IOException {
        byte[] original = type == FileType.JPG ? PlacedFiles.jpg() : PlacedFiles.png();

        BufferedImage served = ImageIO.read(new ByteArrayInputStream(served(original, type)));

        BufferedImage expected = ImageIO.read(new ByteArrayInputStream(original));
        assertThat(served.getRGB(0, 0, 40, 30, null, 0, 40)).isEqualTo(expected.getRGB(0, 0, 40, 30, null, 0, 40));
    }

    @Test
    void howAndWhenAPhotoWasTakenStays() throws IOException {
        byte[] jpg = served(PlacedFiles.jpg(), FileType.JPG);
        JpegSegments segments = new JpegSegments(new ByteArrayInputStream(jpg));
        int orientation = 0;
        while (segments.next() && orientation == 0) {
            orientation = segments.marker() == JpegSegments.APP1
                    ? Orientation.of(segments.payload()).value()
                    : 0;
        }

        assertThat(orientation).isEqualTo(6);
        assertThat(text(jpg)).contains(PlacedFiles.TIME);
        assertThat(text(served(PlacedFiles.png(), FileType.PNG))).contains("eXIf", PlacedFiles.TIME);
        assertThat(text(served(PlacedFiles.webp(), FileType.WEBP))).contains("EXIF", PlacedFiles.TIME, "/picture");
        assertThat(text(served(PlacedFiles.heic(), FileType.HEIC))).contains("hvc1", "picture");
        assertThat(text(served(PlacedFiles.mp4(), FileType.MP4))).contains("mvhd", "vide", "picture");
    }

    @Test
    void eachChunkOfThePngHasItsCheckSum() throws IOException {
        byte[] served = served(PlacedFiles.png(), FileType.PNG);
        PngChunks chunks = new PngChunks(new ByteArrayInputStream(served));
        List<String> types = new ArrayList<>();
        while (chunks.next()) {
            types.add(chunks.type());
            int at = (int) chunks.start() + 4;
            CRC32 sum = new CRC32();
            sum.update(served, at, 4 + (int) chunks.length());
            int kept = ByteBuffer.wrap(served).getInt(at + 4 + (int) chunks.length());
            assertThat(kept).as(chunks.type()).isEqualTo((int) sum.getValue());
        }

        assertThat(types).contains("IHDR", "eXIf", "guLi", "IDAT", "IEND").doesNotContain("iTXt", "tEXt", "abCd");
    }

    @Test
    void theFlagOfXmpIsGoneFromTheWebp() throws IOException {
        byte[] served = served(PlacedFiles.webp(), FileType.WEBP);

        assertThat(served[20] & 0x04).isZero();
        assertThat(served[20] & 0x08).isNotZero();
        assertThat(text(served)).contains("JUNK").doesNotContain("XMP ");
    }

    @Test
    void whatIsPlainIsServedAsItIs() throws IOException {
        byte[] jpg = SampleFiles.jpg(30, 20);
        byte[] png = SampleFiles.png(30, 20);
        byte[] progressive = SampleFiles.progressiveJpg(300, 200, 2);

        assertThat(served(jpg, FileType.JPG)).isEqualTo(jpg);
        assertThat(served(png, FileType.PNG)).isEqualTo(png);
        assertThat(served(progressive, FileType.JPG)).isEqualTo(progressive);
    }

    @Test
    void boxesThatLieAreNotServed() {
        byte[] original = PlacedFiles.heic();
        byte[] longer = original.clone();
        int kinds = text(original).indexOf("iinf") - 4;
        longer[kinds + 2] = 1;

        assertThatExceptionOfType(UnreadableImageException.class).isThrownBy(() -> served(longer, FileType.HEIC));
    }

    /** A million segments would be a million stretches in memory. */
    @Test
    void whatHasTooManySegmentsIsCoveredAsAWhole() throws IOException {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8});
        for (int i = 0; i < 30_000; i++) {
            many.writeBytes(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 3, 'x'});
        }
        many.writeBytes(bytes(PlacedFiles.PLACE));

        List<Blot> blots = Locations.of(new ByteArrayInputStream(many.toByteArray()), FileType.JPG);

        assertThat(blots).hasSizeLessThan(20_010);
        assertThat(text(served(many.toByteArray(), FileType.JPG))).doesNotContain(PlacedFiles.PLACE, "x");
    }

    @Test
    void particularsThatPointAnywhereAreDropped() {
        byte[] tiff = PlacedFiles.exif(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < tiff.length; at++) {
            for (int value : new int[] {0, 1, 0x7f, 0xff}) {
                byte[] damaged = tiff.clone();
                damaged[at] = (byte) value;
                assertThat(Exif.withoutLocation(damaged, damaged.length)).hasSizeLessThanOrEqualTo(damaged.length);
            }
        }
        assertThat(Exif.withoutLocation(new byte[0], 100)).isEmpty();
        assertThat(Exif.withoutLocation(tiff, 10)).isEmpty();
    }

    private static byte[] served(byte[] original, FileType type) throws IOException {
        List<Blot> blots = Locations.of(new ByteArrayInputStream(original), type);
        ByteArrayOutputStream served = new ByteArrayOutputStream();
        byte[] buffer = new byte[13];
        try (InputStream content = new BlottedStream(new ByteArrayInputStream(original), blots)) {
            for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
                served.write(buffer, 0, read);
            }
        }
        return served.toByteArray();
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
