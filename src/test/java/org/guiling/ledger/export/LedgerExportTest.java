package org.guiling.ledger.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.ledger.imports.ImportMode;
import org.guiling.ledger.imports.ImportReport;
import org.guiling.ledger.imports.ImportRequest;
import org.guiling.ledger.imports.Imports;
import org.guiling.ledger.search.Filters;
import org.guiling.ledger.search.Ledger;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger as a workbook. */
@GuilingTest
class LedgerExportTest {

    @Autowired
    LedgerExport export;

    @Autowired
    Imports imports;

    @Autowired
    People people;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private String mark;

    @BeforeEach
    void newMark() {
        mark = UUID.randomUUID().toString();
    }

    @Test
    void onPaperItLiesOnItsSideWithItsHeadOnEveryPage() throws IOException {
        register(Map.of());

        try (XSSFWorkbook workbook = exported()) {
            XSSFSheet sheet = workbook.getSheet("整改台账");
            assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
            assertThat(sheet.getPrintSetup().getPaperSize()).isEqualTo(PrintSetup.A3_PAPERSIZE);
            assertThat(sheet.getPrintSetup().getFitWidth()).isEqualTo((short) 1);
            assertThat(sheet.getPrintSetup().getFitHeight()).isZero();
            assertThat(sheet.getRepeatingRows().formatAsString()).isEqualTo("1:1");
            assertThat(sheet.getHeader().getCenter()).isEqualTo("整改台账");
            assertThat(sheet.getRow(1).getCell(0).getCellStyle().getWrapText()).isTrue();
        }
    }

    @Test
    void aClosedItemShowsAllThatWasDone() throws IOException {
        String itemNo = register(Map.of("category", "FUNDS", "amount", "12.5", "coUnits", List.of("ecology-bureau")));
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);

        try (XSSFWorkbook workbook = exported()) {
            XSSFSheet sheet = workbook.getSheet("整改台账");
            assertThat(sheet.getLastRowNum()).isEqualTo(1);
            Map<String, Cell> cells = cells(sheet, 1);
            assertThat(text(cells, "编号")).isEqualTo(itemNo);
            assertThat(text(cells, "状态")).isEqualTo("已销号");
            assertThat(text(cells, "步骤")).isEqualTo("销号归零");
            assertThat(text(cells, "灯色")).isEqualTo("已销号");
            assertThat(text(cells, "来源")).isEqualTo("审计监督");
            assertThat(text(cells, "是否共性")).isEqualTo("否");
            assertThat(text(cells, "牵头单位")).isEqualTo("市住房建设和城市管理局（示例）");
            assertThat(text(cells, "承办人")).isEqualTo("程承办");
            assertThat(text(cells, "登记人")).isEqualTo("陈登记");
            assertThat(text(cells, "整改措施"))
                    .startsWith("1. 补齐三处井盖（当下改；责任人：丙科长；时限：")
                    .contains("\n2. 印发井盖巡查制度（长久立；")
                    .endsWith("；已完成）");
            assertThat(text(cells, "制度成果")).startsWith("井盖巡查办法（住建〔2026〕9号，");
            assertThat(text(cells, "核查方式")).isEqualTo("现场核查");
            assertThat(text(cells, "核查人员")).isEqualTo("何核查、严核验");
            assertThat(text(cells, "核查结论")).isEqualTo("通过");
            assertThat(text(cells, "销号审批意见")).isEqualTo("第 1 轮 杜督导 同意：同意销号。");
            assertThat(cells.get("涉及金额（万元）").getNumericCellValue()).isEqualTo(12.5);
            assertThat(cells.get("轮次").getCellType()).isEqualTo(CellType.NUMERIC);

            Cell found = cells.get("发现日期");
            assertThat(DateUtil.isCellDateFormatted(found)).isTrue();
            assertThat(found.getCellStyle().getDataFormatString()).isEqualTo("yyyy-mm-dd");
            assertThat(found.getLocalDateTimeCellValue().toLocalDate())
                    .isEqualTo(lifeCycle.today().minusDays(3));
            assertThat(cells.get("销号日期").getLocalDateTimeCellValue().toLocalDate())
                    .isEqualTo(lifeCycle.today());
        }
    }

    @Test
    void datesOfAYearThatIsNotLoadedAreNamed() throws IOException {
        LocalDate far = lifeCycle.today().plusYears(3);
        assertThat(lifeCycle.isProvisional(far)).isTrue();
        register(Map.of("originalDue", far.toString(), "dueBasis", "示例文件"));
        register(Map.of());

        try (XSSFWorkbook workbook = exported()) {
            XSSFSheet sheet = workbook.getSheet("整改台账");
            assertThat(text(cells(sheet, 1), "暂定的日期")).isEqualTo("现行期限、原定期限");
            assertThat(cells(sheet, 2).get("暂定的日期")).isNull();
        }
    }

    @Test
    void theSheetIsReadyToBeRead() throws IOException {
        register(Map.of());
        register(Map.of());
        try (XSSFWorkbook workbook = exported()) {
            XSSFSheet sheet = workbook.getSheetAt(0);
            assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
            assertThat((int) sheet.getPaneInformation().getHorizontalSplitPosition())
                    .isEqualTo(1);
            assertThat(sheet.getCTWorksheet().getAutoFilter().getRef())
                    .startsWith("A1:")
                    .endsWith("3");
            assertThat(sheet.getRow(0).getCell(0).getCellStyle().getFont().getBold())
                    .isTrue();
            assertThat(sheet.getRow(1).getCell(1).getCellStyle().getWrapText()).isTrue();
            assertThat(sheet.getColumnWidth(12)).isGreaterThan(40 * 256);

            XSSFSheet figures = workbook.getSheet("统计");
            Map<String, Cell> review = cells(figures, 1);
            assertThat(text(review, "状态")).isEqualTo("立项审核");
            assertThat(review.get("黄灯").getNumericCellValue()).isEqualTo(2);
            assertThat(review.get("红灯").getNumericCellValue()).isZero();
            assertThat(review.get("合计").getNumericCellValue()).isEqualTo(2);
            assertThat(cells(figures, 2).get("合计").getNumericCellValue()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=HYPERLINK(\"http://127.0.0.1:1/\")", "+1", "-1", "@SUM(A1)"})
    void noTextBecomesAFormula(String text) throws IOException {
        register(Map.of("location", text));
        try (XSSFWorkbook workbook = exported()) {
            Cell cell = cells(workbook.getSheetAt(0), 1).get("地点");
            assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
            assertThat(cell.getStringCellValue()).isEqualTo(text);
            assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
        }
    }

    @Test
    void whatIsTooLongForACellIsCutAndSaysSo() throws IOException {
        String itemNo = register(Map.of());
        jdbc.sql("update item set result = repeat('长', 40000) where item_no = ?")
                .param(itemNo)
                .update();
        try (XSSFWorkbook workbook = exported()) {
            assertThat(text(cells(workbook.getSheetAt(0), 1), "整改结果"))
                    .hasSize(32_767)
                    .endsWith("长…");
        }
    }

    @Test
    void whatComesOutGoesInAgainAsTheSameRows() throws IOException {
        Map<String, String> defaults = Map.of(
                "sourceType", "ECO",
                "sourceDocNo", mark,
                "foundDate", "2026-01-05",
                "foundBy", "示例督察组",
                "category", "ECOLOGY",
                "level", "2",
                "urgency", "URGENT",
                "systemic", "YES",
                "visibility", "PUBLIC",
                "leadUnit", "ecology-bureau");
        Path list = Files.writeString(
                folder.resolve("list"),
                "序号,问题,整改措施,完成时限\n1,示例河排口晴天有污水流出。%1$s,封堵,2026-03-05\n2,=示例河第二个排口有污水流出%1$s,,\n".formatted(mark));
        ImportReport in = people.as(
                "registrar",
                () -> imports.run(new ImportRequest(
                        "list.csv", list, "office-list", defaults, false, ImportMode.ALL_OR_NOTHING)));
        assertThat(in.created()).isEqualTo(2);

        Path out = Files.write(folder.resolve("out"), bytes());
        ImportReport again = people.as(
                "registrar",
                () -> imports.run(
                        new ImportRequest("out.xlsx", out, "ledger", Map.of(), false, ImportMode.ALL_OR_NOTHING)));

        assertThat(again.problems()).isEmpty();
        assertThat(again.rows()).isEqualTo(2);
        assertThat(again.duplicates()).isEqualTo(2);
    }

    @Test
    void noTemporaryFileIsLeftBehind() throws IOException {
        register(Map.of());
        long before = temporaryFiles();
        exported().close();
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    private static long temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(LedgerExport.TEMPORARY))
                    .count();
        }
    }

    @Test
    void chosenColumnsAreExportedInTheirOrder() throws IOException {
        register(Map.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        export.write(
                bytes,
                people.everything(),
                Filters.of("text", mark),
                Ledger.Sort.NEWEST,
                List.of("level", "itemNo", "factText"),
                lifeCycle.today());

        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes.toByteArray()))) {
            List<String> headers = new ArrayList<>();
            workbook.getSheetAt(0).getRow(0).forEach(header -> headers.add(header.getStringCellValue()));
            assertThat(headers).containsExactly("等级", "编号", "问题描述");
            assertThat(workbook.getSheetAt(0).getLastRowNum()).isEqualTo(1);
        }
        assertThatThrownBy(() -> export.check(people.everything(), Filters.of(), List.of("secret"), lifeCycle.today()))
                .isInstanceOf(RefusedException.class);
    }

    private String register(Map<String, Object> changes) {
        Map<String, Object> fields = lifeCycle.registration();
        fields.put("title", "示例事项 " + mark + " " + UUID.randomUUID());
        fields.put("factText", "示例事实，用于导出的测试。" + mark);
        fields.putAll(changes);
        return lifeCycle.register(fields);
    }

    private byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        export.write(bytes, people.everything(), Filters.of("text", mark));
        return bytes.toByteArray();
    }

    private XSSFWorkbook exported() throws IOException {
        return new XSSFWorkbook(new ByteArrayInputStream(bytes()));
    }

    private static Map<String, Cell> cells(XSSFSheet sheet, int row) {
        Map<String, Cell> cells = new HashMap<>();
        for (Cell header : sheet.getRow(0)) {
            cells.put(header.getStringCellValue(), sheet.getRow(row).getCell(header.getColumnIndex()));
        }
        return cells;
    }

    private static String text(Map<String, Cell> cells, String column) {
        return cells.get(column).getStringCellValue();
    }
}
