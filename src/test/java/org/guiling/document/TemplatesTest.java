package org.guiling.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.mockito.Mockito.mock;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.guiling.customization.OfficeFiles;
import org.guiling.document.Docx.Style;
import org.guiling.document.Docx.Table;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that are shipped, and those that an office puts in their place. */
class TemplatesTest {

    private static final DocumentKind KIND = DocumentKind.REWORK_NOTICE;

    @TempDir
    Path folder;

    private Templates templates;

    @BeforeEach
    void templates() {
        templates = new Templates(new DocumentProperties(folder.resolve("own"), ""), mock(OfficeFiles.class));
    }

    @ParameterizedTest
    @EnumSource
    void everyPlaceholderOfAShippedTemplateIsFilled(DocumentKind kind) throws IOException {
        try (XWPFDocument document = read(templates.fill(kind, sample(kind)))) {
            String text = allText(document);
            assertThat(text).doesNotContain("{{", "}}", "[seq]").contains("‹");
        }
    }

    /** A table in a report is filled in good time: POI's rows are not for thousands. */
    @Test
    void fiveHundredRowsAreFilled() throws IOException {
        DocumentContent.RectificationReport one =
                (DocumentContent.RectificationReport) sample(DocumentKind.RECTIFICATION_REPORT);
        DocumentContent.RectificationReport many = new DocumentContent.RectificationReport(
                one.unit(),
                one.year(),
                one.from(),
                one.to(),
                one.asOf(),
                one.total(),
                one.split(),
                one.closed(),
                one.closedInPeriod(),
                one.open(),
                one.overdue(),
                one.rate(),
                one.figures(),
                rows(500));
        try (XWPFDocument document = read(templates.fill(DocumentKind.RECTIFICATION_REPORT, many))) {
            assertThat(document.getTables().get(1).getRows()).hasSize(501);
        }
    }

    /** Each another, so that the file is not taken for a bomb. */
    private static List<DocumentContent.LedgerRow> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String text = Integer.toHexString(i * 0x9E3779B1) + Integer.toHexString(i * 0x85EBCA6B);
                    return new DocumentContent.LedgerRow(text, text, text, text, text, text, text, text, text, text);
                })
                .toList();
    }

    @Test
    void anOfficesTemplateCountsAtOnce() throws IOException {
        assertThat(text(templates.fill(KIND, sample(KIND)))).contains("退回重改的通知");

        put(Docx.document().add(Style.TEXT, "本局通知：{{item.title}}").endUpright());
        assertThat(text(templates.fill(KIND, sample(KIND)))).isEqualTo("本局通知：‹title›\n");

        Files.delete(own());
        assertThat(text(templates.fill(KIND, sample(KIND)))).contains("退回重改的通知");
    }

    @Test
    void anOfficesTemplateLoopsOverParagraphsAndRows() throws IOException {
        put(Docx.document()
                .add(Style.FLUSH, "{{?defects}}")
                .add(Style.TEXT, "（{{seq}}）{{content}}")
                .add(Style.FLUSH, "{{/defects}}")
                .add(Table.of(1000, 2000)
                        .head(Style.LABEL, "{{defects}}序号", "问题")
                        .row(Style.CELL, "[seq]", "[content]"))
                .endUpright());

        try (XWPFDocument document = read(templates.fill(KIND, sample(KIND)))) {
            assertThat(allText(document))
                    .contains("（‹seq›）‹content›", "序号", "‹seq›")
                    .doesNotContain("[", "{{");
        }
    }

    @Test
    void whatNobodyKnowsIsNamedAndNothingIsMade() throws IOException {
        put(Docx.document()
                .add(Style.TEXT, "{{item.titel}} {{item.title}} {{@item.title}} {{item title}}")
                .add(Style.FLUSH, "{{?defekts}}")
                .add(Style.FLUSH, "{{/defekts}}")
                .add(Style.FLUSH, "{{?defects}}")
                .add(Style.FLUSH, "{{item.title}}")
                .add(Style.FLUSH, "{{/defects}}")
                .add(Table.of(1000, 2000)
                        .head(Style.LABEL, "{{defects}}序号", "问题")
                        .row(Style.CELL, "[seq]", "[contents]"))
                .endUpright());

        assertThat(refusal()).satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("refusal.document.template-unknown");
            assertThat(problem.arguments())
                    .asInstanceOf(list(Object.class))
                    .first()
                    .isEqualTo(KIND.template());
            assertThat(problem.arguments().get(1).toString().split("(?<=[}\\]]) "))
                    .containsExactlyInAnyOrder(
                            "{{item.titel}}",
                            "{{@item.title}}",
                            "{{item title}}",
                            "{{?defekts}}",
                            "{{item.title}}",
                            "[contents]");
        });
    }

    @Test
    void aLoopThatDoesNotEndIsNamed() throws IOException {
        put(Docx.document().add(Style.FLUSH, "{{?defects}}").endUpright());
        assertThat(refusal().code()).isEqualTo("refusal.document.template-blocks");
        assertThat(refusal().arguments()).containsExactly(KIND.template(), "{{?defects}}");
    }

    @Test
    void aListOutsideATableIsNamed() throws IOException {
        put(Docx.document().add(Style.TEXT, "{{defects}}").endUpright());
        assertThat(refusal().arguments()).containsExactly(KIND.template(), "{{defects}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a docx at all", "PK\u0003\u0004"})
    void whatIsNoDocxIsRefused(String content) throws IOException {
        put(content.getBytes(UTF_8));
        assertThat(refusal().code()).isEqualTo("refusal.document.template-broken");
    }

    @Test
    void aDocxThatIsCutOffIsRefused() throws IOException {
        byte[] whole = ShippedTemplates.of(KIND);
        put(Arrays.copyOf(whole, whole.length / 2));
        assertThat(refusal().code()).isEqualTo("refusal.document.template-broken");
    }

    @Test
    void anEntityIsNotResolved() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "the secret");
        put(with(
                "word/document.xml",
                "<?xml version=\"1.0\"?><!DOCTYPE w:document [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
                        + "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r>"
                        + "<w:t>&x;</w:t></w:r></w:p></w:body></w:document>"));
        assertThat(refusal().code()).isEqualTo("refusal.document.template-xml");
    }

    @Test
    void aBombIsRefused() throws IOException {
        put(with("word/settings.xml", "<a>" + "<b/>".repeat(3 * 1024 * 1024) + "</a>"));
        assertThat(refusal().code()).isEqualTo("refusal.document.template-large");
        assertThat(refusal().arguments()).containsExactly(KIND.template(), 10);

        put(with("word/media/image1.bin", "\0".repeat(60 * 1024 * 1024)));
        assertThat(refusal().code()).isEqualTo("refusal.document.template-large");
        assertThat(refusal().arguments()).containsExactly(KIND.template(), 50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/media/a.png"
            })
    void anAttributeOf40MegabytesIsNeverInMemory(String part) throws IOException {
        put(with(part, "<a b=\"" + "x".repeat(40 * 1024 * 1024) + "\"/>"));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThat(refusal().code()).isEqualTo("refusal.document.template-xml");

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16L << 20);
    }

    @Test
    void tablesThreeThousandDeepAreRefused() throws IOException {
        put(with(
                "word/document.xml",
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
                        + "<w:tbl><w:tr><w:tc>".repeat(3_000) + "<w:p/>" + "</w:tc></w:tr></w:tbl>".repeat(3_000)
                        + "</w:body></w:document>"));
        assertThat(refusal().code()).isEqualTo("refusal.document.template-xml");
    }

    @Test
    void aTableInATableIsFilled() throws IOException {
        put(with(
                "word/document.xml",
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
                        + "<w:tbl><w:tr><w:tc>".repeat(5) + "<w:p><w:r><w:t>{{item.title}}</w:t></w:r></w:p>"
                        + "</w:tc></w:tr></w:tbl>".repeat(5) + "</w:body></w:document>"));
        try (XWPFDocument document = read(templates.fill(KIND, sample(KIND)))) {
            assertThat(document.getDocument().xmlText()).contains("‹title›").doesNotContain("{{");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3_000})
    void aLoopInALoopIsNamed(int depth) throws IOException {
        Docx document = Docx.document();
        for (int i = 0; i < depth; i++) {
            document.add(Style.FLUSH, "{{?defects}}");
        }
        document.add(Style.TEXT, "{{content}}");
        for (int i = 0; i < depth; i++) {
            document.add(Style.FLUSH, "{{/defects}}");
        }
        put(document.endUpright());
        Problem refusal = refusal();
        // Of thousands poi-tl tells no more than that it cannot.
        assertThat(refusal.code()).isEqualTo("refusal.document.template-" + (depth < 1_000 ? "unknown" : "broken"));
        assertThat(refusal.arguments()).containsExactly(KIND.template(), depth < 1_000 ? "{{?defects}}" : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{%s}}", "{{?%s}}", "{{ %s }}", "{{%s", "{{%s }"})
    void aTagOfThreeThousandPartsIsRefused(String tag) throws IOException {
        for (String parts : List.of("a" + ".a".repeat(3_000), "a" + ".a".repeat(100_000), "{{".repeat(3_000))) {
            put(Docx.document().add(Style.TEXT, tag.formatted(parts)).endUpright());
            assertThatCode(() -> templates.fill(KIND, sample(KIND)))
                    .satisfiesAnyOf(thrown -> assertThat(thrown).isNull(), thrown -> assertThat(thrown)
                            .isInstanceOf(RefusedException.class));
        }
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws IOException {
        put(new byte[6 * 1024 * 1024]);
        assertThat(refusal().code()).isEqualTo("refusal.document.template-large");
    }

    private Problem refusal() {
        List<Problem> problems = new ArrayList<>();
        assertThatThrownBy(() -> templates.fill(KIND, sample(KIND)))
                .isInstanceOfSatisfying(RefusedException.class, refusal -> problems.addAll(refusal.problems()));
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private Path own() {
        return folder.resolve("own").resolve(KIND.template());
    }

    private void put(byte[] template) throws IOException {
        Files.createDirectories(own().getParent());
        Files.write(own(), template);
    }

    /** The shipped template with another part, or one more. */
    private static byte[] with(String part, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(ShippedTemplates.of(KIND)));
                ZipOutputStream to = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                if (!entry.getName().equals(part)) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    to.write(from.readAllBytes());
                }
            }
            to.putNextEntry(new ZipEntry(part));
            to.write(content.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Every text is its own name, every list has one row. */
    static Record sample(DocumentKind kind) {
        return SampleContent.of(kind);
    }

    private static String text(byte[] docx) throws IOException {
        try (XWPFDocument document = read(docx)) {
            return allText(document);
        }
    }

    private static String allText(XWPFDocument document) {
        StringBuilder text = new StringBuilder();
        document.getHeaderList().forEach(header -> text.append(header.getText()));
        document.getParagraphs()
                .forEach(paragraph -> text.append(paragraph.getText()).append('\n'));
        document.getTables().forEach(table -> text.append(table.getText()));
        return text.toString();
    }

    private static XWPFDocument read(byte[] docx) throws IOException {
        return new XWPFDocument(new ByteArrayInputStream(docx));
    }
}
