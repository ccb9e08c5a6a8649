package org.guiling.evidence.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.guiling.evidence.SampleFiles.office;
import static org.guiling.evidence.SampleFiles.relationships;
import static org.guiling.evidence.SampleFiles.text;
import static org.guiling.evidence.SampleFiles.workbook;
import static org.guiling.evidence.format.ActiveContent.EXTERNAL;
import static org.guiling.evidence.format.ActiveContent.FIELDS;
import static org.guiling.evidence.format.ActiveContent.MACROS;
import static org.guiling.evidence.format.ActiveContent.OBJECTS;
import static org.guiling.evidence.format.ActiveContent.SCRIPTS;
import static org.guiling.evidence.format.ActiveContent.STRUCTURE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.guiling.evidence.SampleFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that acts when a document is opened is found, wherever it stands and whatever it is called. */
class ActiveContentTest {

    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final String EXTERNAL_MODE = "TargetMode='External'";

    @TempDir
    Path folder;

    static Stream<Arguments> contentTypes() {
        return Stream.of(
                Arguments.of("application/vnd.ms-office.vbaProject", MACROS),
                Arguments.of("APPLICATION/VND.MS-OFFICE.VBAPROJECT", MACROS),
                Arguments.of("application/vnd.ms-word.vbaData+xml", MACROS),
                Arguments.of("application/vnd.ms-excel.macrosheet+xml", MACROS),
                Arguments.of("application/vnd.ms-excel.intlmacrosheet+xml", MACROS),
                Arguments.of("application/vnd.ms-word.document.macroEnabled.main+xml", MACROS),
                Arguments.of("application/vnd.ms-office.activeX+xml", OBJECTS),
                Arguments.of(OFFICE + "oleObject", OBJECTS),
                Arguments.of(OFFICE + "spreadsheetml.externalLink+xml", EXTERNAL),
                Arguments.of(OFFICE + "spreadsheetml.connections+xml", EXTERNAL));
    }

    /** Under a name that says nothing. */
    @ParameterizedTest
    @MethodSource
    void contentTypes(String type, ActiveContent found) {
        Map<String, byte[]> parts = text("<w:p/>");
        parts.put("[Content_Types].xml", SampleFiles.contentTypes(SampleFiles.MAIN_TEXT, "/word/media/a.png", type));
        parts.put("word/media/a.png", new byte[] {1});

        assertRefused(office(parts), FileType.DOCX, found);
    }

    static Stream<Arguments> relations() {
        return Stream.of(
                Arguments.of("vbaProject", "a.bin", "", MACROS),
                Arguments.of("VBAPROJECT", "a.bin", "", MACROS),
                Arguments.of("xlMacrosheet", "a.xml", "", MACROS),
                Arguments.of("oleObject", "a.bin", "", OBJECTS),
                Arguments.of("control", "a.xml", "", OBJECTS),
                Arguments.of("package", "a.xlsx", "", OBJECTS),
                Arguments.of("aFChunk", "a.html", "", OBJECTS),
                Arguments.of("webextension", "a.xml", "", OBJECTS),
                Arguments.of("attachedTemplate", "http://example.org/a.dotm", EXTERNAL_MODE, EXTERNAL),
                Arguments.of("attachedTemplate", "file:///c:/a.dotm", "TargetMode='eXTERNAL'", EXTERNAL),
                Arguments.of("externalLink", "externalLinks/a.xml", "", EXTERNAL),
                Arguments.of("frame", "http://example.org/", EXTERNAL_MODE, EXTERNAL),
                Arguments.of("subDocument", "b.docx", EXTERNAL_MODE, EXTERNAL),
                Arguments.of("image", "http://example.org/a.png", EXTERNAL_MODE, EXTERNAL),
                Arguments.of("image", "a.png", EXTERNAL_MODE, EXTERNAL),
                Arguments.of("image", "http://example.org/a.png", "", EXTERNAL),
                Arguments.of("image", "\\\\host\\share\\a.png", "", EXTERNAL),
                Arguments.of("whatever", "http://example.org/", EXTERNAL_MODE, EXTERNAL),
                Arguments.of("hyperlink", "file://host/share", EXTERNAL_MODE, EXTERNAL),
                Arguments.of("hyperlink", "\\\\host\\share", EXTERNAL_MODE, EXTERNAL),
                Arguments.of("hyperlink", "ms-word:ofe|u|http://example.org/", EXTERNAL_MODE, EXTERNAL));
    }

    @ParameterizedTest
    @MethodSource
    void relations(String kind, String target, String mode, ActiveContent found) {
        for (String place : new String[] {"_rels/.rels", "word/_rels/document.xml.rels", "a/B/_RELS/x.RELS", "a.xml"}) {
            Map<String, byte[]> parts = text("<w:p/>");
            parts.put(place, relationships(kind, target, mode));

            assertRefused(office(parts), FileType.DOCX, found);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org/", "https://example.org/a?b", "mailto:a@example.org", "附件.docx"})
    void whatOneClicksOnMayStay(String target) {
        Map<String, byte[]> parts = text("<w:p/>");
        parts.put("word/_rels/document.xml.rels", relationships("hyperlink", target, EXTERNAL_MODE));

        assertTaken(office(parts), FileType.DOCX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<w:fldSimple w:instr=' DDEAUTO c:\\cmd.exe '/>",
                "<w:fldSimple w:instr='dde a b'/>",
                "<w:fldSimple w:instr='INCLUDETEXT http://example.org/a.docx'/>",
                "<w:fldSimple w:instr='INCLUDEPICTURE \"http://example.org/a.png\" \\d'/>",
                "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DD</w:instrText></w:r>"
                        + "<w:r><w:instrText>EAUTO c:\\a</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>",
                "<w:fldChar w:fldCharType='begin'/><w:instrText>DDE a</w:instrText>",
                "<w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='begin'/><w:instrText>QUOTE 68 68 69"
                        + "</w:instrText><w:fldChar w:fldCharType='end'/><w:instrText> a</w:instrText>"
                        + "<w:fldChar w:fldCharType='end'/>",
                "<w:fldChar w:fldCharType='begin'/><w:instrText>D</w:instrText><w:fldChar w:fldCharType='begin'/>"
                        + "<w:instrText>QUOTE 68 69</w:instrText><w:fldChar w:fldCharType='end'/>"
                        + "<w:fldChar w:fldCharType='end'/>",
                "<w:fldChar w:fldCharType='begin'/><w:instrText>TOC \\o </w:instrText>"
                        + "<w:fldChar w:fldCharType='separate'/><w:fldSimple w:instr='LINK Excel.Sheet a'/>"
            })
    void fieldsThatAct(String body) {
        assertRefused(office(text(body)), FileType.DOCX, FIELDS);
        Map<String, byte[]> parts = text("<w:p/>");
        parts.put("word/header7.xml", ("<w:hdr xmlns:w='w'>" + body + "</w:hdr>").getBytes(StandardCharsets.UTF_8));
        assertRefused(office(parts), FileType.DOCX, FIELDS);
    }

    @Test
    void fieldsOfOrdinaryDocumentsMayStay() {
        assertTaken(
                office(text("<w:fldSimple w:instr=' PAGE '/><w:fldChar w:fldCharType='begin'/>"
                        + "<w:instrText> TOC \\o \"1-3\" </w:instrText><w:fldChar w:fldCharType='separate'/>"
                        + "<w:fldChar w:fldCharType='begin'/><w:instrText>PAGEREF _a</w:instrText>"
                        + "<w:fldChar w:fldCharType='end'/><w:fldChar w:fldCharType='end'/>"
                        + "<w:fldChar w:fldCharType='begin'/><w:instrText>= </w:instrText>"
                        + "<w:fldChar w:fldCharType='begin'/><w:instrText>NUMPAGES</w:instrText>"
                        + "<w:fldChar w:fldCharType='end'/><w:fldChar w:fldCharType='end'/><w:t>DDE</w:t>")),
                FileType.DOCX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<f>_xlfn.WEBSERVICE(\"http://example.org/\")</f>",
                "<f>1+image(\"http://example.org/\")</f>",
                "<f>RTD(\"a\",,\"b\")</f>",
                "<f>cmd|'/c calc'!A0</f>",
                "<ddeLink/>"
            })
    void formulasThatAct(String sheet) {
        assertRefused(office(workbook(sheet)), FileType.XLSX, FIELDS);
    }

    @Test
    void namesOfMacrosAndPicturesFromElsewhere() {
        assertRefused(office(text("<webVideoPr embeddedHtml='a'/>")), FileType.DOCX, OBJECTS);
        assertRefused(office(workbook("<definedName xlm='1'>a</definedName>")), FileType.XLSX, MACROS);
        assertRefused(
                office(text("<v:imagedata src='http://example.org/a.png'/>".replace("v:", ""))),
                FileType.DOCX,
                EXTERNAL);
    }

    @Test
    void containersOfOtherProgramsUnderAnyName() throws IOException {
        Map<String, byte[]> object = text("<w:p/>");
        object.put("word/media/image1.jpg", SampleFiles.compound("Package"));
        Map<String, byte[]> archive = text("<w:p/>");
        archive.put("word/media/image1.jpg", SampleFiles.docx());
        Map<String, byte[]> chart = text("<w:p/>");
        chart.put("word/charts/_rels/chart1.xml.rels", relationships("package", "../embeddings/a.xlsx", ""));
        chart.put("word/embeddings/a.xlsx", office(workbook("<f>SUM(A1:A9)</f>")));
        Map<String, byte[]> hidden = new LinkedHashMap<>(chart);
        hidden.put("word/embeddings/a.xlsx", office(workbook("<ddeLink/>")));

        assertRefused(office(object), FileType.DOCX, OBJECTS);
        assertRefused(office(archive), FileType.DOCX, OBJECTS);
        assertTaken(office(chart), FileType.DOCX);
        assertRefused(office(hidden), FileType.DOCX, FIELDS);
        assertThat(folder.resolve("file")).exists();
        assertThat(Files.list(folder)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"word\\a.xml", "/word/a.xml", "word/../a.xml", "c:/a.xml", "word/DOCUMENT.xml"})
    void namesThatProgramsReadDifferently(String name) {
        Map<String, byte[]> parts = text("<w:p/>");
        parts.put(name, "<a/>".getBytes(StandardCharsets.UTF_8));

        assertRefused(office(parts), FileType.DOCX, STRUCTURE);
    }

    @Test
    void directoriesThatSayOtherwise() {
        byte[] twice = office(text("<w:p/>"));
        replace(twice, "docProps/app.xml", "word/document.xml".substring(0, 16), 2);
        byte[] other = SampleFiles.docx();
        replace(other, "docProps/app.xml", "docProps/xxx.xml", 1);
        byte[] behind = ByteBuffer.allocate(SampleFiles.docx().length + 4)
                .put(SampleFiles.docx())
                .array();

        assertRefused(other, FileType.DOCX, STRUCTURE);
        assertRefused(behind, FileType.DOCX, STRUCTURE);
        Map<String, byte[]> parts = text("<w:p/>");
        parts.put("word/a23456.xml", "<a/>".getBytes(StandardCharsets.UTF_8));
        parts.put("word/b23456.xml", "<ddeLink/>".getBytes(StandardCharsets.UTF_8));
        byte[] same = office(parts);
        replace(same, "word/b23456.xml", "word/a23456.xml", 2);
        assertRefused(same, FileType.DOCX, STRUCTURE);
    }

    static Stream<byte[]> xmlThatIsNotLookedAt() {
        String document = "<w:document xmlns:w='w'><w:fldSimple w:instr='DDE'/></w:document>";
        return Stream.of(
                bytes("\ufeff" + document, StandardCharsets.UTF_16LE),
                bytes(document, StandardCharsets.UTF_16BE),
                bytes("<?xml version='1.0' encoding='UTF-7'?>" + document, StandardCharsets.UTF_8),
                bytes("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", StandardCharsets.UTF_8),
                bytes("<a b='" + "x".repeat(TokenLimit.LONGEST) + "'/>", StandardCharsets.UTF_8),
                bytes("<a><!-- " + "<x>".repeat(TokenLimit.LONGEST / 2) + " --></a>", StandardCharsets.UTF_8),
                bytes("<a><![CDATA[" + "<x>".repeat(TokenLimit.LONGEST / 2) + "]]></a>", StandardCharsets.UTF_8),
                bytes("<a><?x " + "<x>".repeat(TokenLimit.LONGEST / 2) + "?></a>", StandardCharsets.UTF_8),
                bytes("<a>".repeat(300) + "</a>".repeat(300), StandardCharsets.UTF_8),
                bytes("<a>", StandardCharsets.UTF_8),
                new byte[] {'<', 'a', '>', (byte) 0xff, '<', '/', 'a', '>'});
    }

    @ParameterizedTest
    @MethodSource
    void xmlThatIsNotLookedAt(byte[] part) {
        Map<String, byte[]> parts = text("<w:p/>");
        parts.put("word/footer1.xml", part);

        assertRefused(office(parts), FileType.DOCX, STRUCTURE);
    }

    @Test
    void documentsOfOrdinaryProgramsAreTaken() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (XWPFDocument document = new XWPFDocument()) {
            XWPFParagraph paragraph = document.createParagraph();
            paragraph.createRun().setText("整改情况");
            paragraph.createHyperlinkRun("https://example.org/").setText("公示");
            document.write(text);
        }
        ByteArrayOutputStream workbook = new ByteArrayOutputStream();
        try (XSSFWorkbook book = new XSSFWorkbook()) {
            book.createSheet("清单").createRow(0).createCell(0).setCellFormula("SUM(B1:B9)");
            book.write(workbook);
        }
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            book.createSheet("清单");
            book.createSheet("汇总").createRow(0).createCell(0).setCellFormula("SUM(清单!B1:B9)");
            book.write(old);
        }

        assertTaken(text.toByteArray(), FileType.DOCX);
        assertTaken(workbook.toByteArray(), FileType.XLSX);
        assertTaken(old.toByteArray(), FileType.XLS);
        assertTaken(word("没有域"), FileType.DOC);
        assertTaken(word("\u0013 PAGE \u0014 1 \u0015"), FileType.DOC);
    }

    static Stream<Arguments> storages() {
        return Stream.of(
                Arguments.of("Macros", "x", MACROS),
                Arguments.of("_VBA_PROJECT_CUR", "x", MACROS),
                Arguments.of("a", "VBA", MACROS),
                Arguments.of("ObjectPool", "_1", OBJECTS),
                Arguments.of("MBD0001ABCD", "x", OBJECTS),
                Arguments.of("LNK0001ABCD", "x", EXTERNAL),
                Arguments.of("a", "Package", OBJECTS),
                Arguments.of("a", "\u0001Ole10Native", OBJECTS));
    }

    @ParameterizedTest
    @MethodSource
    void storages(String storage, String stream, ActiveContent found) {
        byte[] document = container(root -> {
            root.createDocument("WordDocument", new ByteArrayInputStream(new byte[64]));
            root.createDirectory(storage).createDocument(stream, new ByteArrayInputStream(new byte[] {1}));
        });

        assertRefused(document, FileType.DOC, found);
    }

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of(0x85, new byte[] {0, 0, 0, 0, 0, 1, 1, 0, 'a'}, MACROS),
                Arguments.of(0x85, new byte[] {0, 0, 0, 0, 2, 1, 1, 0, 'a'}, MACROS),
                Arguments.of(0xd3, new byte[0], MACROS),
                Arguments.of(0x2f, new byte[6], STRUCTURE),
                Arguments.of(0x1ae, new byte[] {1, 0, 6, 0, 0, 1, 'a', '.', 'x', 'l', 's'}, EXTERNAL),
                Arguments.of(0x1ae, new byte[] {0, 0, 5, 0, 0, 'c', 'm', 'd', 3, 'a'}, EXTERNAL),
                Arguments.of(0xdc, new byte[4], EXTERNAL));
    }

    @ParameterizedTest
    @MethodSource
    void records(int kind, byte[] data, ActiveContent found) {
        ByteBuffer stream = ByteBuffer.allocate(8 + 8 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        stream.putShort((short) 0x809).putShort((short) 4).putInt(0x00050600);
        stream.putShort((short) kind).putShort((short) data.length).put(data);
        byte[] workbook = container(root -> root.createDocument("Workbook", new ByteArrayInputStream(stream.array())));

        assertRefused(workbook, FileType.XLS, found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0013 DDEAUTO c:\\a \u0015", "\u0013dde a\u0015", "\u0013 INCLUDETEXT \"a\" \u0015"})
    void fieldsOfOldTexts(String text) {
        assertRefused(word(text), FileType.DOC, FIELDS);
    }

    @Test
    void anEncryptedOldTextIsRefused() {
        byte[] head = new byte[64];
        head[0x0b] = 1;
        assertRefused(
                container(root -> root.createDocument("WordDocument", new ByteArrayInputStream(head))),
                FileType.DOC,
                STRUCTURE);
    }

    static Stream<byte[]> pdfThatActs() {
        return Stream.of(
                pdf("<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"),
                pdf("<</S /J#61vaScript>>"),
                pdf("<</A<</S/Launch/F(cmd.exe)>>>>"),
                pdf("(stream\n) <</S/JavaScript>>"),
                pdf("% stream\n<</S/JavaScript>>"),
                compressed("<</Type/ObjStm/N 1/Filter/FlateDecode>>", "1 0 <</S/JavaScript/JS(1)>>"),
                compressed("<</Type/ObjStm/X(\nstream\n)/Filter/FlateDecode>>", "1 0 <</S/JavaScript/JS(1)>>"),
                compressed("<</Type/Obj#53tm/N 1/Filter/FlateDecode>>", "1 0 <</S/L#61unch>>"));
    }

    @ParameterizedTest
    @MethodSource
    void pdfThatActs(byte[] content) {
        assertRefused(content, FileType.PDF, SCRIPTS);
    }

    /** Electronic invoices carry their data within. */
    @Test
    void pdfWithFilesWithinIsTaken() {
        assertTaken(SampleFiles.pdf(), FileType.PDF);
        assertTaken(pdf("<</Type/EmbeddedFile>> (JavaScript) /JavaScripts"), FileType.PDF);
        assertTaken(compressed("<</Type/ObjStm/Filter/FlateDecode>>", "1 0 <</Type/Page>>"), FileType.PDF);
    }

    @Test
    void pdfWhoseObjectsFillTheMemoryIsRefused() {
        assertRefused(
                compressed("<</Type/ObjStm/Filter/FlateDecode>>", " ".repeat(101 * 1024 * 1024)),
                FileType.PDF,
                STRUCTURE);
    }

    private void assertRefused(byte[] content, FileType type, ActiveContent found) {
        assertThatExceptionOfType(ActiveContentException.class)
                .isThrownBy(() -> check(content, type))
                .satisfies(e -> assertThat(e.found()).as(e.getMessage()).isEqualTo(found));
    }

    private void assertTaken(byte[] content, FileType type) {
        assertThatCode(() -> check(content, type)).doesNotThrowAnyException();
    }

    private void check(byte[] content, FileType type) throws IOException {
        ActiveContent.requireNone(Files.write(folder.resolve("file"), content), type, folder);
    }

    private interface Filling {
        void fill(DirectoryEntry root) throws IOException;
    }

    private static byte[] container(Filling filling) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            filling.fill(container.getRoot());
            container.writeFilesystem(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    /** In two bytes a character, as Word keeps Chinese. */
    private static byte[] word(String text) {
        byte[] letters = bytes(text, StandardCharsets.UTF_16LE);
        byte[] stream = ByteBuffer.allocate(512 + letters.length)
                .position(512)
                .put(letters)
                .array();
        return container(root -> root.createDocument("WordDocument", new ByteArrayInputStream(stream)));
    }

    private static byte[] pdf(String object) {
        return bytes("%PDF-1.7\n1 0 obj\n" + object + "\nendobj\n%%EOF\n", StandardCharsets.ISO_8859_1);
    }

    private static byte[] compressed(String dictionary, String objects) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(bytes("%PDF-1.7\n1 0 obj\n" + dictionary + "stream\r\n", StandardCharsets.ISO_8859_1));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(bytes(objects, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        content.writeBytes(packed.toByteArray());
        content.writeBytes(bytes("\nendstream\nendobj\n%%EOF\n", StandardCharsets.ISO_8859_1));
        return content.toByteArray();
    }

    private static byte[] bytes(String text, Charset charset) {
        return text.getBytes(charset);
    }

    /** Writes the last so many places of a name anew. */
    private static void replace(byte[] content, String name, String with, int places) {
        byte[] wanted = bytes(name, StandardCharsets.UTF_8);
        int left = places;
        for (int at = content.length - wanted.length; at >= 0 && left > 0; at--) {
            if (ByteBuffer.wrap(content, at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                System.arraycopy(bytes(with, StandardCharsets.UTF_8), 0, content, at, wanted.length);
                left--;
            }
        }
    }
}
