package org.guiling.evidence;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Files of each kind, made here; no two are the same unless a test wants them so. */
public final class SampleFiles {

    /** The beginning of a program for Windows. */
    public static final byte[] EXE = "MZ\u0090\0\u0003\0\0\0\u0004\0".getBytes(StandardCharsets.ISO_8859_1);

    public static final String MAIN_TEXT =
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    public static final String VBA_PROJECT = "application/vnd.ms-office.vbaProject";

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

    /** A progressive JPEG whose first scan comes so many times. */
    public static byte[] progressiveJpg(int width, int height, int scans) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream to = ImageIO.createImageOutputStream(content)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(to);
            writer.write(
                    null,
                    new IIOImage(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), null, null),
                    parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        byte[] once = content.toByteArray();
        int scan = indexOf(once, 0xda, 0);
        int behind = indexOf(once, 0xc4, scan);
        ByteArrayOutputStream often = new ByteArrayOutputStream();
        often.write(once, 0, scan);
        for (int i = 0; i < scans; i++) {
            often.write(once, scan, behind - scan);
        }
        often.write(once, behind, once.length - behind);
        return often.toByteArray();
    }

    private static int indexOf(byte[] jpeg, int marker, int from) {
        int at = from;
        while ((jpeg[at] & 0xff) != 0xff || (jpeg[at + 1] & 0xff) != marker) {
            at++;
        }
        return at;
    }

    /** The PNG with a chunk more behind its header. */
    public static byte[] withChunk(byte[] png, String type, byte[] data) {
        int behindHeader = 8 + 8 + 13 + 4;
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        return ByteBuffer.allocate(png.length + 12 + data.length)
                .put(png, 0, behindHeader)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) sum.getValue())
                .put(png, behindHeader, png.length - behindHeader)
                .array();
    }

    /** The data of a PNG's chunk for text, which inflates to so many megabytes. */
    public static byte[] compressedText(int megabytes) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1));
        try (DeflaterOutputStream text = new DeflaterOutputStream(data, new Deflater(Deflater.BEST_SPEED))) {
            byte[] spaces = new byte[1024 * 1024];
            for (int i = 0; i < megabytes; i++) {
                text.write(spaces);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return data.toByteArray();
    }

    public static byte[] pdf() {
        return ("%PDF-1.4\n% " + UUID.randomUUID() + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] docx() {
        return office(text("<w:p/>"));
    }

    public static byte[] docxWithMacros() {
        Map<String, byte[]> parts = text("<w:p/>");
        parts.put("[Content_Types].xml", contentTypes(MAIN_TEXT, "/word/vbaProject.bin", VBA_PROJECT));
        parts.put("word/vbaProject.bin", new byte[] {1});
        return office(parts);
    }

    /** The parts of a text whose body is this. */
    public static Map<String, byte[]> text(String body) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", contentTypes(MAIN_TEXT, "/docProps/app.xml", "application/xml"));
        parts.put("_rels/.rels", relationships("officeDocument", "word/document.xml", ""));
        parts.put(
                "word/document.xml",
                utf8("<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
                        + body + "</w:body></w:document>"));
        parts.put("docProps/app.xml", utf8("<Properties>" + UUID.randomUUID() + "</Properties>"));
        return parts;
    }

    /** The parts of a workbook whose sheet has this. */
    public static Map<String, byte[]> workbook(String sheet) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                utf8("<Types><Override PartName='/xl/workbook.xml' ContentType="
                        + "'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>"));
        parts.put("_rels/.rels", relationships("officeDocument", "xl/workbook.xml", ""));
        parts.put("xl/workbook.xml", utf8("<workbook><sheets/></workbook>"));
        parts.put("xl/worksheets/sheet1.xml", utf8("<worksheet>" + sheet + "</worksheet>"));
        return parts;
    }

    public static byte[] contentTypes(String main, String part, String type) {
        return utf8("<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                + "<Default Extension='xml' ContentType='application/xml'/>"
                + "<Override PartName='/word/document.xml' ContentType='" + main + "'/>"
                + "<Override PartName='" + part + "' ContentType='" + type + "'/></Types>");
    }

    /** @param more attributes of the relationship */
    public static byte[] relationships(String kind, String target, String more) {
        return utf8("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                + "<Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                + kind + "' Target='" + target + "' " + more + "/></Relationships>");
    }

    /** The parts, packed. */
    public static byte[] office(Map<String, byte[]> parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(content)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                archive.putNextEntry(new ZipEntry(part.getKey()));
                archive.write(part.getValue());
                archive.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** An archive with empty entries of these names. */
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

    /** The beginning of an ISO media file of the brand. */
    public static byte[] media(String brand) {
        return ("\0\0\0\u0018ftyp" + brand + "\0\0\0\0" + UUID.randomUUID()).getBytes(StandardCharsets.ISO_8859_1);
    }
}
