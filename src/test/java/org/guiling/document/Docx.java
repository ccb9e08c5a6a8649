package org.guiling.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a docx in the layout of GB/T 9704-2012: A4, the type area of 156 mm × 225 mm, 22 lines of 28 characters in 三号
 * (16 pt). Lengths are twips, a twentieth of a point, unless they say otherwise. The same calls write the same file.
 */
final class Docx {

    /** The type area: 156 mm wide. */
    static final int WIDTH = 8845;
    /** The same of a page that lies on its side: 225 mm. */
    static final int WIDTH_ACROSS = 12756;

    private static final String W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
            + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
            + " xmlns:v=\"urn:schemas-microsoft-com:vml\"";
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String OFFICE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    private static final String RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    /** A line's height: 225 mm by 22. */
    private static final int LINE = 579;

    /** 天头 37 mm, 订口 28 mm and what A4 leaves: 35 mm below, 26 mm on the right; the page number 7 mm below the text. */
    private static final String MARGINS =
            "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"%d\" w:footer=\"1429\" w:gutter=\"0\"/>";
    /** The page lies with its head on the binding side. */
    private static final String MARGINS_ACROSS =
            "<w:pgMar w:top=\"1587\" w:right=\"2098\" w:bottom=\"1474\" w:left=\"1984\" w:header=\"850\" w:footer=\"850\" w:gutter=\"0\"/>";

    /** Of a letter the issuer's name stands 30 mm below the paper's edge; else nothing is up there. */
    private static final int HEADER = 850;

    private static final int HEADER_OF_LETTER = 1701;

    private final StringBuilder body = new StringBuilder();
    private final boolean letter;

    private Docx(boolean letter) {
        this.letter = letter;
    }

    /** An ordinary document. */
    static Docx document() {
        return new Docx(false);
    }

    /** 信函格式 (10.1): the issuer and red double lines on the first page, which has no number. */
    static Docx letter() {
        return new Docx(true);
    }

    /** The paragraph styles; {@link #styles()} has what they look like. */
    enum Style {
        TEXT,
        TEXT_KEPT,
        FLUSH,
        FLUSH_KEPT,
        TITLE,
        RED_HEAD,
        NUMBER_UNDER_HEAD,
        NUMBER_OF_LETTER,
        HEADING,
        SUBHEADING,
        ISSUER,
        DATE,
        ATTACHMENT,
        ABOVE_TABLE,
        LABEL,
        CELL,
        LABEL_KEPT,
        CELL_KEPT,
        PEN,
        LEDGER_HEAD,
        LEDGER_CELL,
        FOOTER_ODD,
        FOOTER_EVEN
    }

    Docx add(Style style, String text) {
        body.append(paragraph(style, text));
        return this;
    }

    Docx blank(int lines) {
        for (int i = 0; i < lines; i++) {
            add(Style.FLUSH, "");
        }
        return this;
    }

    /** Two empty lines that stay with the signature below them. */
    Docx blankBeforeSeal() {
        return add(Style.FLUSH_KEPT, "").add(Style.FLUSH_KEPT, "");
    }

    /** A line with something at its left and at its right end. */
    Docx ends(Style style, String left, String right) {
        return ends(style, left, right, WIDTH);
    }

    /** The same on a page that lies on its side. */
    Docx endsAcross(Style style, String left, String right) {
        return ends(style, left, right, WIDTH_ACROSS);
    }

    private Docx ends(Style style, String left, String right, int width) {
        body.append("<w:p><w:pPr><w:pStyle w:val=\"")
                .append(style.name())
                .append("\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"")
                .append(width)
                .append("\"/></w:tabs></w:pPr>")
                .append(run(left))
                .append("<w:r><w:tab/></w:r>")
                .append(run(right))
                .append("</w:p>");
        return this;
    }

    Docx add(Table table) {
        body.append(table.xml());
        return this;
    }

    /** Ends the upright pages: the content that follows stands on landscape pages. */
    Docx turn() {
        body.append("<w:p><w:pPr><w:pStyle w:val=\"FLUSH\"/>")
                .append(section(MARGINS.formatted(HEADER), false))
                .append("</w:pPr></w:p>");
        return this;
    }

    byte[] endUpright() {
        return file(section(MARGINS.formatted(letter ? HEADER_OF_LETTER : HEADER), false));
    }

    byte[] endAcross() {
        return file(section(MARGINS_ACROSS, true));
    }

    /** A table with lines, as wide as the type area. */
    static final class Table {

        private final List<Integer> widths;
        private final StringBuilder rows = new StringBuilder();

        private Table(List<Integer> widths) {
            this.widths = widths;
        }

        static Table of(Integer... widths) {
            return new Table(List.of(widths));
        }

        /** The head of a long table, repeated on every page. */
        Table head(Style style, String... texts) {
            List<Cell> cells = new ArrayList<>();
            for (String text : texts) {
                cells.add(new Cell(style, text, 1));
            }
            return row(0, true, cells);
        }

        Table row(Style style, String... texts) {
            List<Cell> cells = new ArrayList<>();
            for (String text : texts) {
                cells.add(new Cell(style, text, 1));
            }
            return row(0, false, cells);
        }

        /** Labels and what they label in turn; the last cell takes the rest of the width. */
        Table pairs(int height, String... labelsAndTexts) {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < labelsAndTexts.length; i++) {
                boolean last = i == labelsAndTexts.length - 1;
                cells.add(new Cell(
                        i % 2 == 0 ? Style.LABEL : Style.CELL,
                        labelsAndTexts[i],
                        last ? widths.size() - labelsAndTexts.length + 1 : 1));
            }
            return row(height, false, cells);
        }

        /** Room for an opinion, a signature and a date by hand. */
        Table pen(int height, String label, String signature) {
            return row(
                    height,
                    false,
                    List.of(new Cell(Style.LABEL, label, 1), new Cell(Style.PEN, signature, widths.size() - 1)));
        }

        private record Cell(Style style, String text, int span) {}

        private Table row(int height, boolean head, List<Cell> cells) {
            rows.append("<w:tr><w:trPr>");
            if (!head && height == 0) {
                rows.append("<w:cantSplit/>");
            }
            if (height > 0) {
                rows.append("<w:trHeight w:val=\"").append(height).append("\" w:hRule=\"atLeast\"/>");
            }
            rows.append(head ? "<w:tblHeader/>" : "").append("</w:trPr>");
            int column = 0;
            for (Cell cell : cells) {
                int width = widths.subList(column, column + cell.span()).stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                column += cell.span();
                rows.append("<w:tc><w:tcPr><w:tcW w:w=\"").append(width).append("\" w:type=\"dxa\"/>");
                if (cell.span() > 1) {
                    rows.append("<w:gridSpan w:val=\"").append(cell.span()).append("\"/>");
                }
                rows.append("<w:vAlign w:val=\"")
                        .append(cell.style() == Style.PEN ? "bottom" : "center")
                        .append("\"/></w:tcPr>");
                for (String line : cell.text().split("\n", -1)) {
                    rows.append(paragraph(cell.style(), line));
                }
                rows.append("</w:tc>");
            }
            rows.append("</w:tr>");
            return this;
        }

        private String xml() {
            StringBuilder xml = new StringBuilder("<w:tbl><w:tblPr><w:tblW w:w=\"")
                    .append(widths.stream().mapToInt(Integer::intValue).sum())
                    .append("\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>");
            for (String side : List.of("top", "left", "bottom", "right", "insideH", "insideV")) {
                xml.append("<w:")
                        .append(side)
                        .append(" w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
            }
            xml.append("</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/>"
                    + "<w:left w:w=\"85\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/>"
                    + "<w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>");
            widths.forEach(
                    width -> xml.append("<w:gridCol w:w=\"").append(width).append("\"/>"));
            return xml.append("</w:tblGrid>").append(rows).append("</w:tbl>").toString();
        }
    }

    private static String paragraph(Style style, String text) {
        return "<w:p><w:pPr><w:pStyle w:val=\"" + style.name() + "\"/></w:pPr>" + run(text) + "</w:p>";
    }

    private static String run(String text) {
        return text.isEmpty() ? "" : "<w:r><w:t xml:space=\"preserve\">" + escaped(text) + "</w:t></w:r>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private String section(String margins, boolean across) {
        String first = letter
                ? "<w:headerReference w:type=\"first\" r:id=\"rId4\"/><w:footerReference w:type=\"first\" r:id=\"rId7\"/>"
                : "";
        return "<w:sectPr>" + first
                + "<w:footerReference w:type=\"default\" r:id=\"rId5\"/><w:footerReference w:type=\"even\" r:id=\"rId6\"/>"
                + (across
                        ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
                        : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>")
                + margins + (letter ? "<w:titlePg/>" : "") + "</w:sectPr>";
    }

    private byte[] file(String lastSection) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", contentTypes());
        parts.put(
                "_rels/.rels",
                XML + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        + relationship("rId1", "officeDocument", "word/document.xml") + "</Relationships>");
        parts.put(
                "word/document.xml",
                XML + "<w:document " + W + "><w:body>" + body + lastSection + "</w:body></w:document>");
        parts.put("word/_rels/document.xml.rels", relationships());
        parts.put("word/styles.xml", styles());
        parts.put("word/settings.xml", settings());
        parts.put("word/fontTable.xml", fonts());
        parts.put("word/footer1.xml", footer(Style.FOOTER_ODD));
        parts.put("word/footer2.xml", footer(Style.FOOTER_EVEN));
        if (letter) {
            parts.put("word/header1.xml", headOfLetter());
            parts.put("word/footer3.xml", XML + "<w:ftr " + W + "><w:p/></w:ftr>");
        }
        return zipped(parts);
    }

    private String contentTypes() {
        StringBuilder types = new StringBuilder(XML)
                .append("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">")
                .append(
                        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>")
                .append("<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        types.append(override("document", "document.main+xml"));
        types.append(override("styles", "styles+xml")).append(override("settings", "settings+xml"));
        types.append(override("fontTable", "fontTable+xml"));
        types.append(override("footer1", "footer+xml")).append(override("footer2", "footer+xml"));
        if (letter) {
            types.append(override("header1", "header+xml")).append(override("footer3", "footer+xml"));
        }
        return types.append("</Types>").toString();
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"/word/" + part + ".xml\" ContentType=\"" + OFFICE_TYPE + type + "\"/>";
    }

    private String relationships() {
        return XML + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + relationship("rId1", "styles", "styles.xml")
                + relationship("rId2", "settings", "settings.xml")
                + relationship("rId3", "fontTable", "fontTable.xml")
                + relationship("rId5", "footer", "footer1.xml")
                + relationship("rId6", "footer", "footer2.xml")
                + (letter
                        ? relationship("rId4", "header", "header1.xml") + relationship("rId7", "footer", "footer3.xml")
                        : "")
                + "</Relationships>";
    }

    private static String relationship(String id, String type, String target) {
        return "<Relationship Id=\"" + id + "\" Type=\"" + RELATIONSHIP + type + "\" Target=\"" + target + "\"/>";
    }

    /** 一字线, the number, 一字线 (7.5). */
    private static String footer(Style style) {
        return XML + "<w:ftr " + W + "><w:p><w:pPr><w:pStyle w:val=\"" + style.name() + "\"/></w:pPr>" + run("— ")
                + "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
                + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" + run("1")
                + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" + run(" —") + "</w:p></w:ftr>";
    }

    /** The issuer 30 mm below the paper's edge, the double line 4 mm below it, the other 20 mm above the lower edge. */
    private static String headOfLetter() {
        return XML + "<w:hdr " + W + "><w:p><w:pPr><w:pStyle w:val=\"RED_HEAD\"/></w:pPr>" + run("{{office}}")
                + line(1, 123.3, 2.25) + line(2, 126.5, 0.75) + line(3, 782.0, 0.75) + line(4, 785.2, 2.25)
                + "</w:p><w:p><w:pPr><w:pStyle w:val=\"FLUSH\"/><w:spacing w:line=\"460\" w:lineRule=\"exact\"/></w:pPr></w:p></w:hdr>";
    }

    /** A red line of 170 mm in the middle of the page; heights in points. */
    private static String line(int number, double fromTop, double weight) {
        return "<w:r><w:pict><v:line id=\"line" + number + "\" style=\"position:absolute;z-index:" + number
                + ";mso-position-horizontal-relative:page;mso-position-vertical-relative:page\" from=\"56.7pt,"
                + fromTop + "pt\" to=\"538.6pt," + fromTop + "pt\" strokecolor=\"#ff0000\" strokeweight=\"" + weight
                + "pt\"/></w:pict></w:r>";
    }

    private static String settings() {
        return XML + "<w:settings " + W + "><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"doNotCompress\"/>"
                // A line that somebody broke is not stretched.
                + "<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name=\"compatibilityMode\""
                + " w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
                + "<w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>";
    }

    private static final String FANG_SONG = "仿宋_GB2312";
    private static final String KAI = "楷体_GB2312";
    private static final String HEI = "黑体";
    private static final String SONG = "宋体";
    private static final String TITLE_SONG = "方正小标宋简体";

    /** A docx names one font; what takes its place where it is not installed stands here. */
    private static String fonts() {
        return XML + "<w:fonts " + W + ">"
                + font(FANG_SONG, "FangSong_GB2312,仿宋,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC", "modern")
                + font(KAI, "KaiTi_GB2312,楷体,KaiTi,华文楷体,STKaiti,Noto Serif CJK SC", "modern")
                + font(HEI, "SimHei,华文黑体,STHeiti,Noto Sans CJK SC", "modern")
                + font(SONG, "SimSun,华文宋体,STSong,Noto Serif CJK SC", "auto")
                + font(TITLE_SONG, "FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC", "auto")
                + "</w:fonts>";
    }

    private static String font(String name, String others, String family) {
        return "<w:font w:name=\"" + name + "\"><w:altName w:val=\"" + others
                + "\"/><w:charset w:val=\"86\"/><w:family w:val=\"" + family + "\"/></w:font>";
    }

    /** Punctuation stays within the type area, and between Chinese and digits there is no room. */
    private static final String TEXT_AREA =
            "<w:overflowPunct w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>";

    private static String styles() {
        String before = "<w:spacing w:before=\"%d\" w:line=\"%d\" w:lineRule=\"exact\"/>";
        return XML + "<w:styles " + W + "><w:docDefaults><w:rPrDefault><w:rPr>"
                + face(FANG_SONG, "Times New Roman")
                // 28 characters of 16 pt are a little wider than the type area. Less room between them would do it
                // too, but LibreOffice then loses a full stop at a line's end.
                + "<w:w w:val=\"98\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>"
                + "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl w:val=\"0\"/>"
                + before.formatted(0, LINE)
                + "<w:jc w:val=\"both\"/></w:pPr></w:pPrDefault></w:docDefaults>"
                + "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
                + style(Style.FLUSH, "", "")
                + style(Style.TEXT, "<w:ind w:firstLine=\"630\" w:firstLineChars=\"200\"/>", "")
                + style(Style.FLUSH_KEPT, "<w:keepNext/>", "")
                + style(Style.TEXT_KEPT, "<w:keepNext/><w:ind w:firstLine=\"630\" w:firstLineChars=\"200\"/>", "")
                + style(
                        Style.TITLE,
                        before.formatted(0, 700) + "<w:jc w:val=\"center\"/>",
                        face(TITLE_SONG, TITLE_SONG) + size(44))
                // 35 mm below the upper edge of the type area; in a letter's header the paper's own distance counts.
                + style(
                        Style.RED_HEAD,
                        before.formatted(0, 640) + "<w:jc w:val=\"center\"/>",
                        face(TITLE_SONG, TITLE_SONG) + "<w:color w:val=\"FF0000\"/>" + size(52))
                // The red line 4 mm below the number.
                + style(
                        Style.NUMBER_UNDER_HEAD,
                        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"18\" w:space=\"11\" w:color=\"FF0000\"/></w:pBdr><w:jc w:val=\"center\"/>",
                        "")
                + style(Style.NUMBER_OF_LETTER, "<w:jc w:val=\"right\"/>", "")
                + style(
                        Style.HEADING,
                        "<w:keepNext/><w:ind w:firstLine=\"630\" w:firstLineChars=\"200\"/>",
                        face(HEI, HEI))
                + style(
                        Style.SUBHEADING,
                        "<w:keepNext/><w:ind w:firstLine=\"630\" w:firstLineChars=\"200\"/>",
                        face(KAI, KAI))
                // The date ends four characters before the edge, the issuer stands in the middle above it (7.3.5.1).
                + style(
                        Style.ISSUER,
                        "<w:keepNext/><w:ind w:left=\"3685\" w:right=\"-400\"/><w:jc w:val=\"center\"/>",
                        "")
                + style(Style.DATE, "<w:ind w:right=\"1260\" w:rightChars=\"400\"/><w:jc w:val=\"right\"/>", "")
                + style(Style.ATTACHMENT, "", face(HEI, HEI))
                + style(Style.ABOVE_TABLE, "<w:keepNext/>" + before.formatted(120, 440), size(24))
                + style(Style.LABEL, before.formatted(0, 360) + "<w:jc w:val=\"center\"/>", face(HEI, HEI) + size(24))
                + style(Style.CELL, before.formatted(0, 360) + "<w:jc w:val=\"left\"/>", size(24))
                // With what follows on one page.
                + style(
                        Style.LABEL_KEPT,
                        "<w:keepNext/>" + before.formatted(0, 360) + "<w:jc w:val=\"center\"/>",
                        face(HEI, HEI) + size(24))
                + style(
                        Style.CELL_KEPT,
                        "<w:keepNext/>" + before.formatted(0, 360) + "<w:jc w:val=\"left\"/>",
                        size(24))
                + style(Style.PEN, before.formatted(0, 400) + "<w:jc w:val=\"right\"/>", size(24))
                + style(
                        Style.LEDGER_HEAD,
                        before.formatted(0, 280) + "<w:jc w:val=\"center\"/>",
                        face(HEI, HEI) + size(21))
                + style(Style.LEDGER_CELL, before.formatted(0, 280) + "<w:jc w:val=\"left\"/>", size(21))
                // 四号半角宋体, one character from the outer edge (7.5).
                + style(
                        Style.FOOTER_ODD,
                        before.formatted(0, 320) + "<w:ind w:right=\"280\"/><w:jc w:val=\"right\"/>",
                        face(SONG, SONG) + size(28))
                + style(
                        Style.FOOTER_EVEN,
                        before.formatted(0, 320) + "<w:ind w:left=\"280\"/><w:jc w:val=\"left\"/>",
                        face(SONG, SONG) + size(28))
                + "</w:styles>";
    }

    private static String style(Style style, String paragraph, String run) {
        // These elements have to stand before the text area's: the schema wants an order.
        int at = Math.max(end(paragraph, "<w:keepNext/>"), end(paragraph, "</w:pBdr>"));
        return "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"" + style.name() + "\"><w:name w:val=\""
                + style.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "\"/><w:basedOn w:val=\"Normal\"/><w:pPr>"
                + paragraph.substring(0, at) + TEXT_AREA + paragraph.substring(at) + "</w:pPr>"
                + (run.isEmpty() ? "" : "<w:rPr>" + run + "</w:rPr>") + "</w:style>";
    }

    private static int end(String text, String part) {
        int index = text.indexOf(part);
        return index < 0 ? 0 : index + part.length();
    }

    private static String face(String chinese, String latin) {
        return "<w:rFonts w:ascii=\"" + latin + "\" w:eastAsia=\"" + chinese + "\" w:hAnsi=\"" + latin + "\" w:cs=\""
                + latin + "\"/>";
    }

    /** @param halfPoints twice the points */
    private static String size(int halfPoints) {
        return "<w:w w:val=\"100\"/><w:sz w:val=\"" + halfPoints + "\"/><w:szCs w:val=\"" + halfPoints + "\"/>";
    }

    private static byte[] zipped(Map<String, String> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(part.getValue().getBytes(UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
