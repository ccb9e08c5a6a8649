package org.guiling.ledger.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.ledger.table.Workbooks.inline;
import static org.guiling.ledger.table.Workbooks.parts;
import static org.guiling.ledger.table.Workbooks.repeat;
import static org.guiling.ledger.table.Workbooks.sheet;
import static org.guiling.ledger.table.Workbooks.withToken;
import static org.guiling.ledger.table.Workbooks.workbook;
import static org.guiling.ledger.table.Workbooks.zip;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that nobody should send: each is refused in words, none harms, none is an error of ours. */
class HostileFilesTest {

    private static final String GOOD_ROW = "<row r=\"1\">" + inline("A1", "x") + "</row>";
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("messages");

    @TempDir
    Path folder;

    static Stream<Arguments> hostileFiles() {
        return Stream.of(
                file("nothing in it", "a.csv", new byte[0], "import.file.empty"),
                file("larger than 20 MB", "a.csv", filled((int) Limits.FILE_BYTES + 1), "import.file.large"),
                file("an old xls named xlsx", "a.xlsx", xls(), "import.file.extension-old"),
                file("an old xls with macros", "a.xls", macroXls(), "import.file.macros"),
                file("too many columns in an old xls", "a.xls", xls(256), "import.columns"),
                file("an encrypted xlsx", "a.xlsx", encrypted(), "import.file.encrypted"),
                file("half of an OLE2 container", "a.xls", Arrays.copyOf(xls(), 600), "import.file.xls"),
                file("a macro content type", "a.xlsx", macroType(), "import.file.macros"),
                file("a macro project", "a.xlsx", with("xl/vbaProject.bin", "x"), "import.file.macros"),
                file("xlsm by name", "a.xlsm", zip(parts(GOOD_ROW)), "import.file.extension-workbook"),
                file("a workbook named csv", "a.csv", zip(parts(GOOD_ROW)), "import.file.extension-workbook"),
                file("a csv named xlsx", "a.xlsx", text("a,b"), "import.file.extension-text"),
                file("no extension", "a", text("a,b"), "import.file.extension-text"),
                file("a web page named xls", "a.csv", text("\ufeff<html><table>"), "import.file.no-table"),
                file("a PDF", "a.csv", text("%PDF-1.7"), "import.file.no-table"),
                file("some other zip", "a.xlsx", zip(Map.of("a.txt", "x")), "import.file.no-workbook"),
                file("a text document", "a.xlsx", textDocument(), "import.file.no-workbook"),
                file("a truncated zip", "a.xlsx", truncated(), "import.file.damaged"),
                file("a zip's first bytes only", "a.xlsx", new byte[] {'P', 'K', 3, 4}, "import.file.damaged"),
                file("two parts of one name", "a.xlsx", with("XL/Workbook.xml", "x"), "import.file.damaged"),
                file("too many parts", "a.xlsx", manyParts(), "import.file.bomb"),
                file("a zip bomb", "a.xlsx", bomb("xl/worksheets/sheet1.xml", " ", 400L << 20), "import.file.bomb"),
                file(
                        "a bomb in an unused part",
                        "a.xlsx",
                        bomb("xl/media/a.png", "\0", 400L << 20),
                        "import.file.bomb"),
                file("a shared-strings bomb", "a.xlsx", sharedStringsBomb(), "import.file.bomb"),
                file("billion laughs", "a.xlsx", billionLaughs(), "import.file.document-type"),
                file("an external entity", "a.xlsx", externalEntity(), "import.file.document-type"),
                file("an external DTD", "a.xlsx", externalDocumentType(), "import.file.document-type"),
                file("a part that is no XML", "a.xlsx", with("xl/worksheets/sheet1.xml", "x"), "import.file.damaged"),
                file("an unclosed element", "a.xlsx", rows("<row><c>"), "import.file.damaged"),
                file("a sheet without its part", "a.xlsx", without("xl/worksheets/sheet1.xml"), "import.sheet.missing"),
                file("a workbook without its part", "a.xlsx", without("xl/workbook.xml"), "import.file.damaged"),
                file("no relationships", "a.xlsx", without("_rels/.rels"), "import.file.no-workbook"),
                file("only hidden sheets", "a.xlsx", hiddenOnly(), "import.sheet.missing"),
                file("a target out of the package", "a.xlsx", strayTarget(), "import.sheet.missing"),
                file("a shared string that is not there", "a.xlsx", cell("t=\"s\"", "7"), "import.file.damaged"),
                file("a shared string of a wild number", "a.xlsx", cell("t=\"s\"", "x"), "import.file.damaged"),
                file("a number that is none", "a.xlsx", cell("", "12,5"), "import.file.damaged"),
                file("a number beyond all", "a.xlsx", cell("", "1e999"), "import.file.damaged"),
                file("a date that is none", "a.xlsx", cell("t=\"d\"", "2026-02-30"), "import.file.damaged"),
                file("a type that is none", "a.xlsx", cell("t=\"q\"", "1"), "import.file.damaged"),
                file("a cell nowhere", "a.xlsx", rows("<row>" + inline("1A", "x") + "</row>"), "import.file.damaged"),
                file(
                        "a cell far out",
                        "a.xlsx",
                        rows("<row>" + inline("ABCDEF1", "x") + "</row>"),
                        "import.file.damaged"),
                file("a wild row number", "a.xlsx", rows("<row r=\"99999999999\"/>"), "import.file.damaged"),
                file("a wild merged region", "a.xlsx", wildMerge(), "import.file.damaged"),
                file("a cell too long", "a.xlsx", cell("t=\"str\"", "长".repeat(40_000)), "import.cell.long"),
                file("too many columns", "a.xlsx", rows("<row>" + inline("GS1", "x") + "</row>"), "import.columns"),
                file("a csv cell too long", "a.csv", text("长".repeat(40_000)), "import.cell.long"),
                file("too many csv columns", "a.csv", text("x,".repeat(201)), "import.columns"),
                file("NUL bytes", "a.csv", text("a,b\n\0,c"), "import.file.binary"),
                file("a picture", "a.csv", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0}, "import.file.binary"),
                file(
                        "half of a UTF-16 character",
                        "a.txt",
                        new byte[] {(byte) 0xff, (byte) 0xfe, 'a'},
                        "import.csv.encoding"),
                file("NUL in UTF-16", "a.csv", "\ufeffa,\0b".getBytes(StandardCharsets.UTF_16LE), "import.file.binary"),
                file(
                        "no known encoding",
                        "a.csv",
                        new byte[] {'a', ',', (byte) 0xff, (byte) 0xff},
                        "import.csv.encoding"),
                file("an unclosed quotation", "a.csv", text("a,\"b\nc,d\n"), "import.csv.quotes"),
                file("text behind a quotation", "a.csv", text("a,\"b\"c,d\n"), "import.csv.quotes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileFiles")
    void isRefusedInWords(String what, String name, byte[] content, String code) throws IOException {
        Path file = Files.write(folder.resolve("upload"), content);

        assertThatThrownBy(() -> readAll(file, name)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(RefusedException.Kind.INVALID);
            assertThat(refused.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.field()).isEqualTo("file");
                assertThat(problem.code()).isEqualTo(code);
                assertThat(TEXTS.containsKey(code)).isTrue();
            });
        });
        // Nothing keeps the file open.
        assertThat(Files.deleteIfExists(file)).isTrue();
    }

    /** Each part that is read, with something in it that parsers hold as a whole. */
    static Stream<Arguments> longTokens() {
        return Stream.of(
                        "[Content_Types].xml",
                        "_rels/.rels",
                        "xl/_rels/workbook.xml.rels",
                        "xl/workbook.xml",
                        "xl/styles.xml",
                        "xl/sharedStrings.xml",
                        "xl/worksheets/sheet1.xml")
                .flatMap(part -> Stream.of(
                        Arguments.of(part, "<a b=\"", "\"/>", "import.file.xml"),
                        Arguments.of(part, "<a ", "=\"x\"/>", "import.file.damaged"),
                        Arguments.of(part, "<!--", "-->", "import.file.xml")));
    }

    /** A name is too long for the JDK too. 250 MB are less than what all parts together may have, and deflate to 250 kB. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("longTokens")
    void aTokenOf250MegabytesIsNeverInMemory(String part, String before, String after, String code) throws IOException {
        Path file = folder.resolve("upload");
        Files.write(file, withToken(part, before, after, 250));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before250 = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> readAll(file, "a.xlsx"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problems().get(0).code()).isEqualTo(code));

        assertThat(TEXTS.containsKey(code)).isTrue();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before250).isLessThan(16L << 20);
    }

    @Test
    void nestingThreeThousandDeepIsRefused() throws IOException {
        Path file = Files.write(
                folder.resolve("deep"), rows("<row><c><is>".repeat(1_000) + "</is></c></row>".repeat(1_000)));

        assertThatThrownBy(() -> readAll(file, "a.xlsx"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problems().get(0).code()).isEqualTo("import.file.xml"));
    }

    static int readAll(Path file, String name) {
        int rows = 0;
        try (TableReader reader = TableFile.open(file, name, text -> false)) {
            while (reader.nextSheet()) {
                while (reader.nextRow() != null) {
                    rows++;
                }
            }
        }
        return rows;
    }

    private static Arguments file(String what, String name, byte[] content, String code) {
        return Arguments.of(what, name, content, code);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] filled(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'a');
        return bytes;
    }

    private static byte[] macroXls() {
        try (POIFSFileSystem container = new POIFSFileSystem(new ByteArrayInputStream(xls()))) {
            container.createDirectory("_VBA_PROJECT_CUR");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            container.writeFilesystem(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] xls() {
        return xls(1);
    }

    private static byte[] xls(int columns) {
        try (HSSFWorkbook workbook = new HSSFWorkbook()) {
            var row = workbook.createSheet().createRow(0);
            for (int column = 0; column < columns; column++) {
                row.createCell(column).setCellValue("x");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            workbook.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encrypted() {
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            Encryptor encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("secret");
            try (OutputStream target = encryptor.getDataStream(container)) {
                target.write(workbook(book -> book.createSheet()));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            container.writeFilesystem(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] rows(String rows) {
        return zip(parts(rows));
    }

    private static byte[] cell(String type, String value) {
        return rows("<row><c r=\"A1\" " + type + "><v>" + value + "</v></c></row>");
    }

    private static byte[] with(String part, String content) {
        Map<String, String> parts = parts(GOOD_ROW);
        parts.put(part, content);
        return zip(parts);
    }

    private static byte[] without(String part) {
        Map<String, String> parts = parts(GOOD_ROW);
        parts.remove(part);
        return zip(parts);
    }

    private static byte[] replaced(String part, String old, String replacement) {
        Map<String, String> parts = parts(GOOD_ROW);
        parts.computeIfPresent(part, (name, content) -> content.replace(old, replacement));
        return zip(parts);
    }

    private static byte[] macroType() {
        return replaced(
                "[Content_Types].xml",
                "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "vnd.ms-excel.sheet.macroEnabled.main+xml");
    }

    private static byte[] textDocument() {
        return replaced("[Content_Types].xml", "spreadsheetml.sheet", "wordprocessingml.document");
    }

    private static byte[] hiddenOnly() {
        return replaced("xl/workbook.xml", "sheetId", "state=\"veryHidden\" sheetId");
    }

    private static byte[] strayTarget() {
        return replaced("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../../../../etc/passwd");
    }

    private static byte[] wildMerge() {
        return replaced(
                "xl/worksheets/sheet1.xml",
                "</sheetData>",
                "</sheetData><mergeCells><mergeCell ref=\"A:B\"/></mergeCells>");
    }

    private static byte[] truncated() {
        byte[] whole = zip(parts(GOOD_ROW));
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static byte[] manyParts() {
        Map<String, String> parts = new HashMap<>(parts(GOOD_ROW));
        for (int i = 0; i < Limits.PARTS; i++) {
            parts.put("xl/media/" + i, "");
        }
        return zip(parts);
    }

    private static byte[] bomb(String part, String text, long times) {
        Map<String, String> parts = parts(GOOD_ROW);
        parts.remove(part);
        return zip(zip -> {
            for (Map.Entry<String, String> other : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(other.getKey()));
                zip.write(text(other.getValue()));
            }
            zip.putNextEntry(new ZipEntry(part));
            repeat(zip, text.repeat(1024), times / 1024);
        });
    }

    /** Fits the limit of what is inflated, but not that of the texts. */
    private static byte[] sharedStringsBomb() {
        Map<String, String> parts = parts(GOOD_ROW);
        parts.remove("xl/sharedStrings.xml");
        return zip(zip -> {
            for (Map.Entry<String, String> other : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(other.getKey()));
                zip.write(text(other.getValue()));
            }
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            zip.write(text("<sst>"));
            repeat(zip, "<si><t>x</t></si>", Limits.SHARED_STRINGS + 1L);
            zip.write(text("</sst>"));
        });
    }

    private static byte[] billionLaughs() {
        StringBuilder entities = new StringBuilder("<!DOCTYPE lolz [<!ENTITY lol0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            entities.append("<!ENTITY lol%d \"%s\">".formatted(i, ("&lol" + (i - 1) + ";").repeat(10)));
        }
        return with(
                "xl/worksheets/sheet1.xml",
                entities + "]><worksheet><sheetData><row>" + inline("A1", "&lol9;") + "</row></sheetData></worksheet>");
    }

    private static byte[] externalEntity() {
        return with(
                "xl/sharedStrings.xml",
                "<!DOCTYPE sst [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]><sst><si><t>&secret;</t></si></sst>");
    }

    private static byte[] externalDocumentType() {
        return replaced(
                "xl/workbook.xml", "<workbook", "<!DOCTYPE workbook SYSTEM \"http://127.0.0.1:1/a.dtd\"><workbook");
    }

    /** Keeps the test honest: the good file of the same making is read. */
    @Test
    void theirGoodSiblingsAreRead() throws IOException {
        assertThat(readAll(Files.write(folder.resolve("good"), zip(parts(GOOD_ROW))), "a.xlsx"))
                .isEqualTo(1);
        assertThat(readAll(
                        Files.write(folder.resolve("good"), with("xl/worksheets/sheet1.xml", sheet(GOOD_ROW))),
                        "A.XLSX"))
                .isEqualTo(1);
        assertThat(readAll(Files.write(folder.resolve("good"), xls()), "a.xls")).isEqualTo(1);
        assertThat(readAll(Files.write(folder.resolve("good"), xls()), "a.et")).isEqualTo(1);
        assertThat(readAll(Files.write(folder.resolve("good"), text("a,b\n\n,\nc")), "a.csv"))
                .isEqualTo(2);
        assertThat(readAll(Files.write(folder.resolve("good"), "序号，问题".getBytes(Charset.forName("GB18030"))), "a.csv"))
                .isEqualTo(1);
    }
}
