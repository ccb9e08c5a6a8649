package org.guiling.evidence;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Files of each kind, made here; no two are the same unless a test wants them so. */
public final class SampleFiles {

    /** How a program for Windows begins. */
    public static final byte[] EXE = "MZ\u0090\0\u0003\0\0\0\u0004\0".getBytes(StandardCharsets.ISO_8859_1);

    private SampleFiles() {}

    public static byte[] jpg(int width, int height) {
        return image("jpg", width, height);
    }

    public static byte[] png(int width, int height) {
        return image("png", width, height);
    }

    private static byte[] image(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int colour = UUID.randomUUID().hashCode();
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, colour ^ x * 31 ^ y * 17);
            }
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    /** A PNG of a few bytes that claims to be so large. */
    public static byte[] pngThatClaims(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(17);
        header.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
        header.put(new byte[] {8, 2, 0, 0, 0});
        CRC32 sum = new CRC32();
        sum.update(header.array());
        ByteBuffer image = ByteBuffer.allocate(8 + 4 + 17 + 4);
        image.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        image.putInt(13).put(header.array()).putInt((int) sum.getValue());
        return image.array();
    }

    public static byte[] pdf() {
        return ("%PDF-1.4\n% " + UUID.randomUUID() + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] docx() {
        return archive("[Content_Types].xml", "word/document.xml", "docProps/" + UUID.randomUUID());
    }

    public static byte[] docxWithMacros() {
        return archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin");
    }

    /** What is in it is named and empty. */
    public static byte[] archive(String... entries) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(content)) {
            for (String entry : List.of(entries)) {
                archive.putNextEntry(new ZipEntry(entry));
                archive.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    public static byte[] xls() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (HSSFWorkbook workbook = new HSSFWorkbook()) {
            workbook.createSheet(UUID.randomUUID().toString().substring(0, 8));
            workbook.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    /** The container of the old formats with this in it. */
    public static byte[] compound(String entry) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            container.createDocument(new ByteArrayInputStream(new byte[] {1}), entry);
            container.writeFilesystem(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    /** What an ISO media file of the brand begins with. */
    public static byte[] media(String brand) {
        return ("\0\0\0\u0018ftyp" + brand + "\0\0\0\0" + UUID.randomUUID()).getBytes(StandardCharsets.ISO_8859_1);
    }
}
