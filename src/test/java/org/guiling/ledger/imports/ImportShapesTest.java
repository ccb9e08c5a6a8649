package org.guiling.ledger.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lists in the shapes that offices use: of each at least nine of ten problems come in with the shipped profiles, recognised by
 * the header, and every row that does not is named.
 */
@GuilingTest
class ImportShapesTest {

    private static final int PROBLEMS = 10;
    private static final String UNIT = "市教育局（示例）";
    private static final String OTHER = "市民政局（示例）";

    @Autowired
    Imports imports;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    /** A list with the rows of its problems, counted from 1. */
    record Made(String file, byte[] content, Set<Integer> rows) {}

    static Stream<Arguments> lists() {
        return Stream.of(
                named("a plain list", sheet(s -> table(s, 0, "序号", "问题", "责任单位", "整改措施", "完成时限"))),
                named("a title and a note above", sheet(s -> {
                    cell(s, 0, 0, "2026年督查发现问题清单");
                    cell(s, 1, 0, "填报单位：示例办公室");
                    s.addMergedRegion(new CellRangeAddress(0, 0, 0, 4));
                    return table(s, 3, "序号", "存在问题", "整改责任单位", "整改举措", "整改完成时限");
                })),
                named("hazards", sheet(s -> table(s, 0, "隐患编号", "隐患内容", "隐患部位", "整改措施与要求", "责任单位", "整改期限", "排查日期"))),
                named("a header of two lines", sheet(s -> {
                    header(s, 0, "序号", "存在的问题", "责任", null, "整改", null);
                    header(s, 1, null, null, "单位", "领导", "措施", "时限");
                    s.addMergedRegion(new CellRangeAddress(0, 0, 2, 3));
                    s.addMergedRegion(new CellRangeAddress(0, 0, 4, 5));
                    return rows(s, 2, "序号", "问题", "责任单位", "责任领导", "整改措施", "整改时限");
                })),
                named("headings between", sheet(s -> {
                    header(s, 0, "序号", "问题", "责任单位", "措施", "时限");
                    Set<Integer> rows = new HashSet<>();
                    for (int i = 0, at = 1; i < PROBLEMS; i++) {
                        if (i % 4 == 0) {
                            cell(s, at, 0, "（" + "一二三".charAt(i / 4) + "）安全生产方面");
                            s.addMergedRegion(new CellRangeAddress(at, at, 0, 4));
                            at++;
                        }
                        row(s, at, i, "序号", "问题", "责任单位", "措施", "时限");
                        rows.add(++at);
                    }
                    return rows;
                })),
                named("totals and signatures", sheet(s -> {
                    Set<Integer> rows = table(s, 0, "序号", "主要问题", "责任部门", "整改要求", "完成期限");
                    cell(s, 11, 0, "合计");
                    cell(s, 11, 1, "10");
                    cell(s, 12, 0, "填表人：某人");
                    cell(s, 12, 2, "审核人：某人");
                    cell(s, 12, 4, "填表日期：2026年11月20日");
                    cell(s, 13, 0, "注：本表每月报送。");
                    return rows;
                })),
                named("a unit merged over all rows", sheet(s -> {
                    Set<Integer> rows = table(s, 0, "责任单位", "序号", "具体问题", "整改措施", "完成时间");
                    for (int i = 2; i <= PROBLEMS; i++) {
                        s.getRow(i).getCell(0).setBlank();
                    }
                    s.addMergedRegion(new CellRangeAddress(1, PROBLEMS, 0, 0));
                    return rows;
                })),
                named("problems over two rows each", sheet(s -> {
                    header(s, 0, "序号", "问题表现", "整改措施", "责任单位", "完成时限");
                    Set<Integer> rows = new HashSet<>();
                    for (int i = 0; i < PROBLEMS; i++) {
                        int at = 1 + 2 * i;
                        row(s, at, i, "序号", "问题", "整改措施", "责任单位", "完成时限");
                        cell(s, at + 1, 2, "第二项措施");
                        for (int column : new int[] {0, 1, 3, 4}) {
                            s.addMergedRegion(new CellRangeAddress(at, at + 1, column, column));
                        }
                        rows.add(at + 1);
                    }
                    return rows;
                })),
                named("numbers prepared", sheet(s -> {
                    Set<Integer> rows = table(s, 0, "序号", "问题描述", "责任单位", "完成时限");
                    for (int i = 11; i < 30; i++) {
                        s.createRow(i).createCell(0).setCellValue(i);
                    }
                    return rows;
                })),
                named("the header on every page", sheet(s -> {
                    header(s, 0, "序号", "发现的问题", "责任单位", "备注", "整改时限");
                    Set<Integer> rows = new HashSet<>();
                    for (int i = 0, at = 1; i < PROBLEMS; i++) {
                        if (i == 5) {
                            header(s, at++, "序号", "发现的问题", "责任单位", "备注", "整改时限");
                        }
                        row(s, at, i, "序号", "问题", "责任单位", "备注", "整改时限");
                        rows.add(++at);
                    }
                    return rows;
                })),
                named("months for dates", sheet(s -> {
                    Set<Integer> rows = table(s, 0, "序号", "问题", "责任单位", "整改时限");
                    var style = s.getWorkbook().createCellStyle();
                    style.setDataFormat(s.getWorkbook().createDataFormat().getFormat("yyyy\"年\"m\"月\""));
                    for (int i = 1; i <= PROBLEMS; i++) {
                        s.getRow(i).getCell(3).setCellValue(46357);
                        s.getRow(i).getCell(3).setCellStyle(style);
                    }
                    return rows;
                })),
                named("words for dates", sheet(s -> {
                    Set<Integer> rows = table(s, 0, "序号", "问题", "责任单位", "完成时限");
                    String[] words = {
                        "立行立改", "长期坚持", "2026年底前", "12月底前", "2027年3月", "-", "持续推进", "2026年12月31日前", "30日内", "第四季度"
                    };
                    for (int i = 0; i < PROBLEMS; i++) {
                        cell(s, i + 1, 3, words[i]);
                    }
                    return rows;
                })),
                named("several units", sheet(s -> {
                    Set<Integer> rows = table(s, 0, "序号", "问题", "责任单位", "完成时限");
                    for (int i = 1; i <= PROBLEMS; i++) {
                        cell(s, i, 2, UNIT + (i % 2 == 0 ? "、" : "\n") + OTHER);
                    }
                    return rows;
                })),
                named("an old workbook", old(s -> table(s, 2, "编号", "检查发现问题", "承办单位", "工作措施", "办理时限"))),
                named("UTF-16", text("list.txt", StandardCharsets.UTF_16LE, "\ufeff", "\t")),
                named("GB18030", text("list.csv", Charset.forName("GB18030"), "", ",")),
                named(
                        "lead and responsible units",
                        sheet(s -> table(s, 0, "序号", "反馈问题", "牵头单位", "责任单位", "整改目标", "完成时限"))),
                named("columns that nobody knows and a filter", sheet(s -> {
                    Set<Integer> rows = table(s, 0, "序号", "问题", "责任单位", "联系人", "联系电话", "进展情况", "完成时限（年月日）");
                    s.getRow(3).setZeroHeight(true);
                    s.getRow(7).setZeroHeight(true);
                    return rows;
                })),
                named("a short name", sheet(s -> {
                    Set<Integer> rows = table(s, 0, "序号", "问题", "责任单位", "完成时限");
                    cell(s, 4, 2, "教育局");
                    return rows;
                })),
                named("remarks and line breaks in the header", sheet(s -> {
                    cell(s, 0, 0, "附件2");
                    cell(s, 1, 0, "问题整改台账");
                    header(s, 4, "序\n号", "存在问题\n（逐条列出）", "责任\n单位*", "整改措施：", "完成时限\n（年月日）");
                    return rows(s, 5, "序号", "问题", "责任单位", "整改措施", "完成时限");
                })),
                named("one that is done with", sheet(s -> {
                    Set<Integer> rows = table(s, 0, "序号", "问题", "责任单位", "完成时限", "是否销号");
                    cell(s, 6, 4, "已销号");
                    return rows;
                })),
                named("a ledger with titles", sheet(s -> table(s, 0, "标题", "问题描述", "牵头单位", "原定期限", "涉及金额（万元）"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void nineOfTenProblemsComeInAndEveryOtherRowIsNamed(String name, Made list) throws IOException {
        String source = "测试〔2026〕" + UUID.randomUUID();
        ImportReport report = run(list, source);

        assertThat(report.rows())
                .as("%s", report.notices())
                .isEqualTo(list.rows().size());
        assertThat(report.created()).as("%s", report.problems()).isGreaterThanOrEqualTo(PROBLEMS * 9 / 10);
        assertThat(report.created() + report.duplicates() + report.closed() + report.rejected())
                .isEqualTo(report.rows());
        Set<Integer> told = new HashSet<>();
        report.problems().forEach(problem -> told.add(problem.row()));
        report.notices().stream()
                .filter(notice -> notice.kind() == ImportNotice.Kind.CLOSED || notice.kind() == ImportNotice.Kind.KNOWN)
                .forEach(notice -> told.add(notice.row()));
        assertThat(told).hasSize(report.rows() - report.created()).isSubsetOf(list.rows());
        // Each with its own problem and the unit that the list names.
        assertThat(jdbc.sql("select count(distinct fact_text) from item where source_doc_no = ? and lead_unit = ?")
                        .params(source, "education-bureau")
                        .query(Integer.class)
                        .single())
                .isEqualTo(report.created());
    }

    static Stream<Made> formats() {
        Content content = sheet -> {
            Set<Integer> rows = table(sheet, 0, "序号", "问题", "责任单位", "整改措施", "完成时限");
            Sheet second = sheet.getWorkbook().createSheet("续");
            table(second, 0, "序号", "问题", "责任单位", "整改措施", "完成时限");
            second.forEach(row -> {
                if (row.getRowNum() > 0) {
                    row.getCell(1).setCellValue(row.getCell(1).getStringCellValue() + "已");
                }
            });
            return rows;
        };
        Made csv = text("list.csv", StandardCharsets.UTF_8, "", ",");
        String lines = new String(csv.content(), StandardCharsets.UTF_8);
        String changed = lines.substring(lines.indexOf('\n')).replace("," + UNIT, "已," + UNIT);
        Made again = new Made("list.csv", (lines + changed).getBytes(StandardCharsets.UTF_8), csv.rows());
        return Stream.of(sheet(content), old(content), again);
    }

    /** One character differs, in the same list or on its second sheet. */
    @ParameterizedTest
    @MethodSource("formats")
    void rowsThatAreLikeEarlierOnesAreNamedInEveryFormat(Made list) throws IOException {
        ImportReport report = run(list, "测试〔2026〕" + UUID.randomUUID());

        assertThat(report.created()).isEqualTo(2 * PROBLEMS);
        assertThat(report.notices())
                .filteredOn(notice -> notice.like() != null && notice.message().contains("【已】"))
                .extracting(notice -> notice.like().row())
                .containsExactlyElementsOf(list.rows().stream().sorted().toList());
    }

    private ImportReport run(Made list, String source) throws IOException {
        Path file = Files.write(folder.resolve("list"), list.content());
        Map<String, String> defaults = Map.of(
                "sourceType", "SUPERVISION",
                "sourceDocNo", source,
                "foundDate", "2026-11-20",
                "foundBy", "示例检查组",
                "category", "SAFETY",
                "level", "1",
                "urgency", "NORMAL",
                "systemic", "NO",
                "visibility", "INTERNAL");
        return people.as(
                "registrar",
                () -> imports.run(new ImportRequest(
                        list.file(), file, ImportProfiles.RECOGNISED, defaults, false, ImportMode.VALID_ROWS)));
    }

    private static Arguments named(String name, Made list) {
        return Arguments.of(name, list);
    }

    private interface Content {
        Set<Integer> fill(Sheet sheet);
    }

    private static Made sheet(Content content) {
        return made("list.xlsx", new XSSFWorkbook(), content);
    }

    private static Made old(Content content) {
        return made("list.xls", new HSSFWorkbook(), content);
    }

    private static Made made(String name, Workbook workbook, Content content) {
        try (workbook) {
            Set<Integer> rows = content.fill(workbook.createSheet("清单"));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            workbook.write(bytes);
            return new Made(name, bytes.toByteArray(), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Made text(String name, Charset charset, String mark, String delimiter) {
        List<String> lines = new ArrayList<>(List.of(String.join(delimiter, "序号", "问题内容", "责任单位", "整改时限")));
        Set<Integer> rows = new HashSet<>();
        for (int i = 0; i < PROBLEMS; i++) {
            lines.add(String.join(delimiter, "=\"00" + i + "\"", problem(i), UNIT, "2026/12/31"));
            rows.add(i + 2);
        }
        return new Made(name, (mark + String.join("\r\n", lines)).getBytes(charset), rows);
    }

    /** A header and its rows. */
    private static Set<Integer> table(Sheet sheet, int at, String... headers) {
        header(sheet, at, headers);
        return rows(sheet, at + 1, headers);
    }

    private static void header(Sheet sheet, int at, String... headers) {
        for (int column = 0; column < headers.length; column++) {
            if (headers[column] != null) {
                cell(sheet, at, column, headers[column]);
            }
        }
    }

    private static Set<Integer> rows(Sheet sheet, int first, String... headers) {
        Set<Integer> rows = new HashSet<>();
        for (int i = 0; i < PROBLEMS; i++) {
            row(sheet, first + i, i, headers);
            rows.add(first + i + 1);
        }
        return rows;
    }

    private static void row(Sheet sheet, int at, int i, String... headers) {
        for (int column = 0; column < headers.length; column++) {
            Consumer<String> text = textAt(sheet, at, column);
            String header = headers[column];
            if (header.matches(".*(序号|编号)")) {
                row(sheet, at).createCell(column).setCellValue(i + 1);
            } else if (header.contains("标题")) {
                text.accept("示例问题" + (i + 1));
            } else if (header.matches(".*(措施|举措|要求|目标).*")) {
                text.accept("限期整改");
            } else if (header.contains("部位")) {
                text.accept("示例楼" + (i + 1) + "层");
            } else if (header.matches(".*(问题|隐患).*")) {
                text.accept(problem(i));
            } else if (header.matches(".*(单位|部门)")) {
                text.accept(UNIT);
            } else if (header.matches(".*(期限|时限|时间).*")) {
                text.accept("2026年12月31日");
            } else if (header.contains("日期")) {
                text.accept("2026-11-01");
            } else if (header.contains("金额")) {
                text.accept("12.5");
            } else {
                text.accept("其他内容");
            }
        }
    }

    private static String problem(int i) {
        return "第" + (i + 1) + "所示例学校食堂燃气管道老化，未按期检测，存在隐患。";
    }

    private static Consumer<String> textAt(Sheet sheet, int at, int column) {
        return text -> cell(sheet, at, column, text);
    }

    private static void cell(Sheet sheet, int at, int column, String text) {
        row(sheet, at).createCell(column).setCellValue(text);
    }

    private static Row row(Sheet sheet, int at) {
        return sheet.getRow(at) == null ? sheet.createRow(at) : sheet.getRow(at);
    }
}
