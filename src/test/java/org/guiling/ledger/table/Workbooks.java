package org.guiling.ledger.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Makes workbooks, good ones with POI and bad ones part by part. */
public final class Workbooks {

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private Workbooks() {}

    /** Fills a workbook. */
    public interface Content {
        void fill(XSSFWorkbook workbook);
    }

    public static byte[] workbook(Content content) {
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            content.fill(workbook);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            workbook.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parts of a small workbook with one sheet, to be changed by a test. */
    public static Map<String, String> parts(String sheetData) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                XML + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-"
                        + "officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
        parts.put("_rels/.rels", relationships("officeDocument", "xl/workbook.xml"));
        parts.put(
                "xl/workbook.xml",
                XML + "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + RELATIONSHIPS + "\"><sheets>"
                        + "<sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r0\"/></sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                relationships("worksheet", "worksheets/sheet1.xml", "sharedStrings", "sharedStrings.xml"));
        parts.put("xl/worksheets/sheet1.xml", sheet(sheetData));
        parts.put("xl/sharedStrings.xml", XML + "<sst xmlns=\"" + MAIN + "\"><si><t>shared</t></si></sst>");
        return parts;
    }

    public static String sheet(String sheetData) {
        return XML + "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + sheetData + "</sheetData></worksheet>";
    }

    /** A cell with its text inside. */
    public static String inline(String reference, String text) {
        return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    public static byte[] zip(Map<String, String> parts) {
        return zip(zip -> {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** Writes the entries of a zip. */
    public interface Entries {
        void write(ZipOutputStream zip) throws IOException;
    }

    public static byte[] zip(Entries entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entries.write(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A workbook in one of whose parts so many megabytes stand between both texts; deflated, they are a thousandth. */
    public static byte[] withToken(String part, String before, String after, int megabytes) {
        Map<String, String> parts = withStyles();
        String content = parts.get(part);
        int root = content.indexOf('<', content.indexOf("?>") + 2);
        int inRoot = content.indexOf('>', root) + 1;
        return zip(zip -> {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Map.Entry<String, String> entry : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                if (entry.getKey().equals(part)) {
                    repeat(zip, content.substring(0, inRoot) + before, 1);
                    repeat(zip, "x".repeat(1 << 20), megabytes);
                    repeat(zip, after + content.substring(inRoot), 1);
                } else {
                    repeat(zip, entry.getValue(), 1);
                }
            }
        });
    }

    private static Map<String, String> withStyles() {
        Map<String, String> parts = parts("<row r=\"1\">" + inline("A1", "x") + "</row>");
        parts.put("xl/styles.xml", "<?xml version=\"1.0\"?><styleSheet></styleSheet>");
        parts.computeIfPresent(
                "xl/_rels/workbook.xml.rels",
                (name, content) -> content.replace(
                        "</Relationships>",
                        "<Relationship Id=\"r9\" Type=\"" + RELATIONSHIPS
                                + "/styles\" Target=\"styles.xml\"/></Relationships>"));
        return parts;
    }

    /** Writes a text again and again. */
    public static void repeat(OutputStream target, String text, long times) throws IOException {
        byte[] once = text.getBytes(StandardCharsets.UTF_8);
        for (long i = 0; i < times; i++) {
            target.write(once);
        }
    }

    private static String relationships(String... kindsAndTargets) {
        StringBuilder xml = new StringBuilder(
                XML + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        for (int i = 0; i < kindsAndTargets.length; i += 2) {
            xml.append("<Relationship Id=\"r%d\" Type=\"%s/%s\" Target=\"%s\"/>"
                    .formatted(i / 2, RELATIONSHIPS, kindsAndTargets[i], kindsAndTargets[i + 1]));
        }
        return xml.append("</Relationships>").toString();
    }
}
