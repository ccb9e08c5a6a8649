package org.guiling.ledger.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.guiling.ledger.table.Workbooks.inline;
import static org.guiling.ledger.table.Workbooks.parts;
import static org.guiling.ledger.table.Workbooks.workbook;
import static org.guiling.ledger.table.Workbooks.zip;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.guiling.customization.CodeLists;
import org.guiling.customization.OfficeFiles;
import org.guiling.engine.form.Forms;
import org.guiling.ledger.export.ExportColumn;
import org.guiling.ledger.imports.ImportFile.Ignored;
import org.guiling.ledger.imports.ImportFile.MappedRow;
import org.guiling.ledger.table.Limits;
import org.guiling.ledger.value.CodeLabels;
import org.guiling.ledger.value.Normal;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.ledger.value.UnitNames;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.text.ShippedTexts;
import org.guiling.text.Texts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.context.MessageSourceProperties;

/** Tests how the rows of a file are read into the fields of the start form. */
class ImportFileTest {

    private static final UnitNames UNITS = new UnitNames(List.of(
            new Unit("housing", "市住建局（示例）", Tier.CITY, null),
            new Unit("ecology", "市生态局", Tier.CITY, null),
            new Unit("twin-a", "同名村", Tier.VILLAGE, null),
            new Unit("twin-b", "同名村", Tier.VILLAGE, null)));
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);
    private static final String OFFICE_HEADER = "序号,问题,责任单位,整改措施,完成时限\n";

    @TempDir
    Path folder;

    private final List<MappedRow> rows = new ArrayList<>();
    private List<Ignored> ignored;

    @BeforeEach
    void forget() {
        rows.clear();
    }

    @Test
    void theFieldsAreThoseOfTheStartForm() throws IOException {
        Set<String> fields = Arrays.stream(RegistrationField.values())
                .map(RegistrationField::key)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(fields)
                .isEqualTo(new Forms(new ObjectMapper()).get("registration").keys());
    }

    @Test
    void theLedgerProfileKnowsEveryField() throws IOException {
        assertThat(new ImportProfiles(mock(OfficeFiles.class), mock(Texts.class))
                        .get("ledger")
                        .fields()
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RegistrationField.values())
                        .map(RegistrationField::key)
                        .toList());
    }

    @Test
    void everyHeaderOfTheExportThatRegistrationKnowsIsReadAgain() throws IOException {
        Map<String, ImportProfile.Place> places = new ImportProfiles(mock(OfficeFiles.class), mock(Texts.class))
                .get("ledger")
                .places();
        for (String bundle : List.of("messages", "messages_en")) {
            var texts = ResourceBundle.getBundle(bundle);
            ExportColumn.all().stream()
                    .filter(column -> RegistrationField.of(column.key()).isPresent())
                    .forEach(column -> {
                        String header = texts.getString("ledger.column." + column.key());
                        assertThat(places.get(Normal.ofHeader(header)))
                                .as(header)
                                .isNotNull()
                                .satisfies(
                                        place -> assertThat(place.field().key()).isEqualTo(column.key()));
                    });
        }
    }

    @Test
    void aProblemListOfAnOfficeBecomesItems() {
        readText("office-list", OFFICE_HEADER + "1,样例路路灯不亮。夜间群众出行不便。,市住建局(示例),更换三盏路灯,2026年5月1日\n");

        assertThat(onlyRow())
                .containsEntry("sourceSeq", "1")
                .containsEntry("title", "样例路路灯不亮")
                .containsEntry("factText", "样例路路灯不亮。夜间群众出行不便。\n来源清单所列整改措施：更换三盏路灯")
                .containsEntry("leadUnit", "housing")
                .containsEntry("originalDue", "2026-05-01")
                .containsEntry("dueBasis", "来源清单所列完成时限");
        assertThat(ignored).isEmpty();
    }

    @Test
    void withoutADueDateThereIsNoBasis() {
        readText("office-list", OFFICE_HEADER + "1,路灯不亮,ecology,,\n");

        assertThat(onlyRow()).doesNotContainKeys("originalDue", "dueBasis").containsEntry("leadUnit", "ecology");
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t'})
    void everyDelimiterIsFound(char delimiter) {
        readText("office-list", (OFFICE_HEADER + "1,路灯不亮；水，电；气,ecology,换灯,\n").replace(',', delimiter));

        assertThat(onlyRow()).containsEntry("leadUnit", "ecology").containsEntry("sourceSeq", "1");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,", "UTF-8,mark", "GB18030,"})
    void everyEncodingIsFound(String charset, String mark) {
        String text = (mark == null ? "" : "\ufeff") + OFFICE_HEADER + "1,样例㙟镇路灯不亮,ecology,换灯,\n";
        read("office-list", "a.csv", text.getBytes(Charset.forName(charset)), Map.of());

        assertThat(onlyRow()).containsEntry("title", "样例㙟镇路灯不亮");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-01,2026-05-01",
        "2026-5-1,2026-05-01",
        "2026/5/1,2026-05-01",
        "2026.05.01,2026-05-01",
        "2026年5月1日,2026-05-01",
        "20260501,2026-05-01",
        "２０２６年５月１日,2026-05-01",
        "2026-05-01 00:00:00,2026-05-01",
        "2026/5/1 8:30,2026-05-01",
        "2026-02-30,2026-02-30",
        "5/1/2026,5/1/2026",
        "12.5,12.5",
        "等通知,等通知"
    })
    void datesAreReadAsOfficesWriteThem(String written, String read) {
        readText("office-list", OFFICE_HEADER + "1,路灯不亮,ecology,," + written + "\n");

        // A text that is not a date stays as it was written: the form refuses it and names it.
        assertThat(onlyRow()).containsEntry("originalDue", read);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void datesAreReadAsSpreadsheetsStoreThem(boolean since1904) {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    book.getCTWorkbook().addNewWorkbookPr().setDate1904(since1904);
                    XSSFSheet sheet = book.createSheet();
                    fill(sheet, 0, "问题", "完成时限", "发现时间", "地点", "序号");
                    fill(sheet, 1, "路灯不亮");
                    var format = book.createCellStyle();
                    format.setDataFormat(book.createDataFormat().getFormat("yyyy\"年\"m\"月\"d\"日\""));
                    var chinese = book.createCellStyle();
                    chinese.setDataFormat((short) 31);
                    double serial = since1904 ? 44681 : 46143;
                    sheet.getRow(1).createCell(1).setCellValue(serial);
                    sheet.getRow(1).getCell(1).setCellStyle(format);
                    sheet.getRow(1).createCell(2).setCellValue(serial);
                    sheet.getRow(1).createCell(3).setCellValue(serial);
                    sheet.getRow(1).getCell(3).setCellStyle(chinese);
                    sheet.getRow(1).createCell(4).setCellValue(12);
                }),
                Map.of());

        assertThat(onlyRow())
                .containsEntry("originalDue", "2026-05-01")
                .containsEntry("foundDate", "2026-05-01")
                .containsEntry("location", "2026-05-01")
                .containsEntry("sourceSeq", "12");
    }

    @Test
    void aYearOrAnEightDigitNumberIsNoSerialDate() {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    XSSFSheet sheet = book.createSheet();
                    fill(sheet, 0, "问题", "完成时限", "发现时间");
                    fill(sheet, 1, "路灯不亮");
                    sheet.getRow(1).createCell(1).setCellValue(2026);
                    sheet.getRow(1).createCell(2).setCellValue(20260501);
                }),
                Map.of());

        assertThat(onlyRow()).containsEntry("originalDue", "2026").containsEntry("foundDate", "2026-05-01");
    }

    @Test
    void codesAreReadByLabelByCodeAndByTheProfilesWords() {
        readText("ledger", """
                标题,问题描述,来源,类别,等级,紧急程度,是否共性,公开范围,涉及金额（万元）,配合单位
                一,事实,群众反映,资金管理,挂牌督办,特急,是,内部,"12,345.60",市生态局、市住建局（示例）
                二,事实,AUDIT,funds,2,加急,×,PUBLIC,3.5,无此单位
                """);

        assertThat(rows.get(0).fields())
                .containsEntry("sourceType", "MASS")
                .containsEntry("category", "FUNDS")
                .containsEntry("level", "4")
                .containsEntry("urgency", "CRITICAL")
                .containsEntry("systemic", "YES")
                .containsEntry("visibility", "INTERNAL")
                .containsEntry("amount", "12345.60")
                .containsEntry("coUnits", List.of("ecology", "housing"));
        assertThat(rows.get(1).fields())
                .containsEntry("sourceType", "AUDIT")
                .containsEntry("category", "FUNDS")
                .containsEntry("level", "2")
                .containsEntry("urgency", "URGENT")
                .containsEntry("systemic", "NO")
                .containsEntry("visibility", "PUBLIC")
                .containsEntry("coUnits", List.of("无此单位"));
    }

    @Test
    void theRowWinsOverTheUploadAndTheUploadOverTheProfile() {
        read(
                "office-list",
                "a.csv",
                utf8("问题,责任单位,完成时限,等级\n路灯不亮,ecology,2026-05-01,较大\n路面破损,,,\n"),
                Map.of("leadUnit", "市住建局（示例）", "level", "一般", "dueBasis", "示例文件", "foundDate", "2026年1月2日"));

        assertThat(rows.get(0).fields())
                .containsEntry("leadUnit", "ecology")
                .containsEntry("level", "2")
                .containsEntry("dueBasis", "示例文件")
                .containsEntry("foundDate", "2026-01-02");
        assertThat(rows.get(1).fields())
                .containsEntry("leadUnit", "housing")
                .containsEntry("level", "1")
                .doesNotContainKey("dueBasis");
    }

    @Test
    void aDefaultForAFieldThatIsNoneIsRefused() {
        assertRefused(
                "import.default-unknown",
                () -> read("office-list", "a.csv", utf8(OFFICE_HEADER), Map.of("status", "CLOSED")));
    }

    @Test
    void aUnitIsNeverGuessed() {
        readText("office-list", OFFICE_HEADER + "1,路灯不亮,同名村,,\n2,路灯不亮,市住建,,\n3,路灯不亮,市生态局、市住建局（示例）,,\n");

        assertThat(rows.get(0).fields()).containsEntry("leadUnit", "同名村");
        assertThat(rows.get(1).fields()).containsEntry("leadUnit", "市住建");
        assertThat(rows.get(1).problems()).extracting(Problem::code).containsExactly("import.unit.suggested");
        assertThat(rows.get(2).fields())
                .containsEntry("leadUnit", "ecology")
                .containsEntry("coUnits", List.of("housing"));
        assertThat(rows.get(2).reading().notices())
                .extracting(Problem::code)
                .containsExactly("import.notice.several-units");
    }

    @Test
    void theHeaderMayStandBelowATitleAndSpanTwoRows() {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    XSSFSheet sheet = book.createSheet("清单");
                    fill(sheet, 0, "2026年问题清单");
                    fill(sheet, 2, "序号", "问题", "单位", null, "完成时限");
                    fill(sheet, 3, null, null, "责任单位", "配合单位");
                    fill(sheet, 5, "1", "路灯不亮", "市生态局", "housing", "2026-05-01");
                    sheet.addMergedRegion(new CellRangeAddress(0, 0, 0, 4));
                    sheet.addMergedRegion(new CellRangeAddress(2, 3, 0, 0));
                    sheet.addMergedRegion(new CellRangeAddress(2, 2, 2, 3));
                }),
                Map.of());

        assertThat(onlyRow())
                .containsEntry("leadUnit", "ecology")
                .containsEntry("coUnits", List.of("housing"))
                .containsEntry("sourceSeq", "1");
        assertThat(rows.get(0).sheet()).isEqualTo("清单");
        assertThat(rows.get(0).number()).isEqualTo(6);
    }

    @Test
    void theHeaderIsFoundInTheTenthRowAndNotInTheEleventh() {
        readText("office-list", "前言\n".repeat(9) + OFFICE_HEADER + "1,路灯不亮,ecology,,\n");
        assertThat(rows).hasSize(1);

        assertRefused(
                "import.header.unknown",
                () -> readText("office-list", "前言\n".repeat(10) + OFFICE_HEADER + "1,路灯不亮,ecology,,\n"));
    }

    @Test
    void aFileWithoutHeaderIsRefused() {
        assertRefused("import.header.unknown", () -> readText("office-list", "1,路灯不亮,ecology\n"));
        assertRefused("import.header.missing", () -> read("ledger", "a.xlsx", zip(parts("")), Map.of()));
    }

    @Test
    void columnsForOneTextAreJoinedInTheirOrder() {
        readText("office-list", "序号,问题,存在问题,整改要求,整改措施\n1,路灯不亮,灯杆倾斜,限期,更换\n");

        assertThat(onlyRow()).containsEntry("factText", "路灯不亮\n灯杆倾斜\n来源清单所列整改要求：限期\n来源清单所列整改措施：更换");
    }

    @Test
    void aSecondColumnForOneDateIsToldWhereItSaysSomethingElse() {
        readText("office-list", "问题,完成时限,整改期限\n路灯不亮,2026-12-01,2026-12-31\n路面破损,2026-12-01,2026-12-01\n");

        assertThat(rows.get(0).fields()).containsEntry("originalDue", "2026-12-01");
        assertThat(rows.get(0).reading().notices())
                .containsExactly(
                        Problem.of("originalDue", "import.notice.second-column", "完成时限", "整改期限", "2026-12-31"));
        assertThat(rows.get(1).reading().notices()).isEmpty();
    }

    @Test
    void aHeaderMergedOverColumnsHeadsThemAll() {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    XSSFSheet sheet = book.createSheet();
                    fill(sheet, 0, "序号", "问题", null);
                    fill(sheet, 1, "1", "路灯不亮", "三处");
                    sheet.addMergedRegion(new CellRangeAddress(0, 0, 1, 2));
                }),
                Map.of());

        assertThat(onlyRow()).containsEntry("factText", "路灯不亮\n三处");
    }

    @Test
    void columnsUnderAMergedWordArePartsOfIt() {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    XSSFSheet sheet = book.createSheet();
                    fill(sheet, 0, "序号", "问题", "整改措施", null, "责任", null);
                    fill(sheet, 1, null, null, "当下改", "长久立", "单位", "电话");
                    fill(sheet, 2, "1", "路灯不亮", "更换", "定期巡查", "ecology", "12345");
                    for (int column : new int[] {0, 1}) {
                        sheet.addMergedRegion(new CellRangeAddress(0, 1, column, column));
                    }
                    sheet.addMergedRegion(new CellRangeAddress(0, 0, 2, 3));
                    sheet.addMergedRegion(new CellRangeAddress(0, 0, 4, 5));
                }),
                Map.of());

        assertThat(onlyRow())
                .containsEntry("factText", "路灯不亮\n来源清单所列整改措施：当下改：更换\n来源清单所列整改措施：长久立：定期巡查")
                .containsEntry("leadUnit", "ecology");
        assertThat(ignored).containsExactly(new Ignored("import.ignored.column", "电话"));
    }

    @Test
    void aValueMergedOverRowsStandsInEachOfThem() {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    XSSFSheet sheet = book.createSheet();
                    fill(sheet, 0, "序号", "问题", "责任单位");
                    fill(sheet, 1, "1", "路灯不亮", "ecology");
                    fill(sheet, 2, "2", "路面破损");
                    sheet.addMergedRegion(new CellRangeAddress(1, 2, 2, 2));
                }),
                Map.of("leadUnit", "housing"));

        assertThat(rows).extracting(row -> row.fields().get("leadUnit")).containsExactly("ecology", "ecology");
    }

    @Test
    void aProblemMergedOverRowsIsOneWithAllThatStandsBesideIt() {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    XSSFSheet sheet = book.createSheet();
                    fill(sheet, 0, "序号", "问题", "整改措施", "责任单位");
                    fill(sheet, 1, "1", "路灯不亮", "换灯", "ecology");
                    fill(sheet, 2, null, null, "巡查", "housing");
                    fill(sheet, 3, "2", "路面破损", "修补", "housing");
                    sheet.addMergedRegion(new CellRangeAddress(1, 2, 0, 0));
                    sheet.addMergedRegion(new CellRangeAddress(1, 2, 1, 1));
                }),
                Map.of());

        assertThat(rows).extracting(MappedRow::number).containsExactly(2, 4);
        assertThat(rows.get(0).fields())
                .containsEntry("factText", "路灯不亮\n来源清单所列整改措施：换灯\n巡查")
                .containsEntry("leadUnit", "ecology")
                .containsEntry("coUnits", List.of("housing"));
    }

    @Test
    void whatANumberShowsIsWhatIsMeant() {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    XSSFSheet sheet = book.createSheet();
                    fill(sheet, 0, "序号", "问题", "完成时限", "地点", "涉及对象", "涉及金额（元）");
                    fill(sheet, 1, null, "路灯不亮");
                    String[] formats = {"000", null, "yyyy\"年\"m\"月\"", "0%", "0", "#,##0.00"};
                    double[] values = {7, 0, 46357, 0.355, 110101199001011234d, 125000};
                    for (int column : new int[] {0, 2, 3, 4, 5}) {
                        var style = book.createCellStyle();
                        style.setDataFormat(book.createDataFormat().getFormat(formats[column]));
                        var cell = sheet.getRow(1).createCell(column);
                        cell.setCellValue(values[column]);
                        cell.setCellStyle(style);
                    }
                }),
                Map.of("foundDate", "2026-11-20"));

        assertThat(onlyRow())
                .containsEntry("sourceSeq", "007")
                .containsEntry("originalDue", "2026-12-31")
                .containsEntry("location", "35.5%")
                .containsEntry("amount", "12.5");
        assertThat(rows.get(0).reading().notices())
                .extracting(Problem::field, Problem::code)
                .containsExactlyInAnyOrder(
                        tuple("originalDue", "import.notice.date"),
                        tuple("subject", "import.notice.cut"),
                        tuple("amount", "import.notice.amount"));
    }

    @Test
    void rowsThatAreNoProblemsAreNamed() {
        List<ImportFile.PlainRow> others = new ArrayList<>();
        readText(
                "office-list",
                OFFICE_HEADER + "一、安全生产方面,,,,\n1,路灯不亮,ecology,换灯,2026-12-31\n2,,,,\n" + OFFICE_HEADER
                        + "二、民生方面,,,,\n3,路面破损,ecology,修补,2026-12-31\n合计,2,,,\n说明：本表每月报送。,,,,\n填表人：某人,,审核人：某人,,\n",
                others::add);

        assertThat(rows).extracting(MappedRow::number).containsExactly(3, 7);
        assertThat(others)
                .extracting(ImportFile.PlainRow::kind)
                .containsExactly(
                        RowKind.SECTION,
                        RowKind.NUMBER,
                        RowKind.HEADER,
                        RowKind.SECTION,
                        RowKind.TOTAL,
                        RowKind.NOTE,
                        RowKind.SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({
        "2026年12月31日前,2026-12-31",
        "2026年12月底前,2026-12-31",
        "12月底前,2026-12-31",
        "3月底前,2027-03-31",
        "2026年12月,2026-12-31",
        "2026.12,2026-12-31",
        "2027年第一季度,2027-03-31",
        "2027年上半年,2027-06-30",
        "年底前,2026-12-31",
        "明年底,2027-12-31",
        "'2026年12月31日\n（第一阶段）',2026-12-31",
        "2026 年 12 月 31 日,2026-12-31",
        "2026年10月-12月,2026-12-31",
        "2026年10月1日至2026年12月15日,2026-12-15",
        "30日内,2026-12-20",
        "2个月内,2027-01-20",
        "十二月底,2026-12-31",
        "立行立改,",
        "长期坚持,",
        "/,"
    })
    void wordsForDatesMeanWhatTheOfficeSays(String written, String due) {
        read(
                "office-list",
                "a.csv",
                utf8(OFFICE_HEADER + "1,路灯不亮,ecology,,\"" + written.replace("\\n", "\n") + "\"\n"),
                Map.of("foundDate", "2026-11-20"));

        assertThat(onlyRow().get("originalDue")).isEqualTo(due);
        assertThat(rows.get(0).reading().notices())
                .extracting(Problem::code)
                .containsExactly(due == null ? "import.notice.no-date" : "import.notice.date");
    }

    @ParameterizedTest
    @CsvSource({"2026年13月", "2月30日", "等通知", "20261301"})
    void aDateThatIsNoneIsLeftToThePerson(String written) {
        readText("office-list", OFFICE_HEADER + "1,路灯不亮,ecology,," + written + "\n");

        assertThat(onlyRow()).containsEntry("originalDue", written);
    }

    @Test
    void theShippedProfilesKnowTheUsualWords() throws IOException {
        Set<String> words = new ImportProfiles(mock(OfficeFiles.class), mock(Texts.class))
                .get("office-list")
                .places()
                .keySet();

        assertThat(words).hasSizeGreaterThan(200).contains("隐患内容", "整改期限", "排查日期", "整改措施与要求");
        assertThat(new HeaderWords(new ImportProfiles(mock(OfficeFiles.class), mock(Texts.class)).get("office-list"))
                        .place("完成时限（年月日）"))
                .isPresent();
    }

    @Test
    void whatIsNotReadIsTold() {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    XSSFSheet sheet = book.createSheet("清单");
                    fill(sheet, 0, "序号", "问题", "备注", null);
                    fill(sheet, 1, "1", "路灯不亮", "急", "旁注");
                    fill(book.createSheet("说明"), 0, "填表说明");
                    book.createSheet("空白");
                    fill(book.createSheet("旧表"), 0, "序号", "问题");
                    book.setSheetHidden(book.getSheetIndex("旧表"), true);
                }),
                Map.of());

        assertThat(rows).hasSize(1);
        assertThat(ignored)
                .containsExactlyInAnyOrder(
                        new Ignored("import.ignored.column", "备注"),
                        new Ignored("import.ignored.column", "D"),
                        new Ignored("import.ignored.headless", "说明"),
                        new Ignored("import.ignored.hidden", "旧表"));
    }

    @Test
    void everyVisibleSheetIsRead() {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    for (String name : List.of("一", "二")) {
                        XSSFSheet sheet = book.createSheet(name);
                        fill(sheet, 0, "序号", "问题");
                        fill(sheet, 1, "1", "路灯不亮" + name);
                    }
                }),
                Map.of());

        assertThat(rows).extracting(MappedRow::sheet).containsExactly("一", "二");
        assertThat(rows).extracting(MappedRow::ordinal).containsExactly(0, 1);
    }

    @Test
    void aFormulaCountsAsItsStoredValueAndIsNeverEvaluated() {
        read(
                "office-list",
                "a.xlsx",
                zip(parts("<row>" + inline("A1", "序号") + inline("B1", "问题") + inline("C1", "地点")
                        + "</row><row><c r=\"A2\"><f>1+1</f><v>7</v></c>"
                        + "<c r=\"B2\" t=\"str\"><f>HYPERLINK(\"http://127.0.0.1:1/\")</f><v>路灯不亮</v></c>"
                        + "<c r=\"C2\"><f>A2</f></c></row>")),
                Map.of());

        assertThat(onlyRow()).containsEntry("sourceSeq", "7").containsEntry("factText", "路灯不亮");
        assertThat(rows.get(0).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("import.cell.no-value");
            assertThat(problem.field()).isEqualTo("location");
        });
    }

    @Test
    void anErrorCellIsAProblemOfItsRow() {
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    XSSFSheet sheet = book.createSheet();
                    fill(sheet, 0, "序号", "问题", "备注");
                    fill(sheet, 1, "1");
                    sheet.getRow(1).createCell(1).setCellErrorValue(FormulaError.REF);
                    sheet.getRow(1).createCell(2).setCellErrorValue(FormulaError.DIV0);
                }),
                Map.of());

        assertThat(rows.get(0).problems()).containsExactly(Problem.of("factText", "import.cell.error", "问题", "#REF!"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=cmd|'/C calc'!A0", "+1+1", "-1", "@SUM(A1)"})
    void aTextThatLooksLikeAFormulaStaysAText(String text) {
        readText("office-list", "序号,问题\n1," + text + "\n");
        assertThat(onlyRow()).containsEntry("factText", text);

        rows.clear();
        read(
                "office-list",
                "a.xlsx",
                workbook(book -> {
                    fill(book.createSheet(), 0, "序号", "问题");
                    fill(book.getSheetAt(0), 1, "1", text);
                }),
                Map.of());
        assertThat(onlyRow()).containsEntry("factText", text);
    }

    @Test
    void charactersThatNobodySeesAreCleanedAndNulIsKeptForTheFormToRefuse() {
        read(
                "office-list",
                "a.xlsx",
                zip(parts("<row>" + inline("A1", "序号") + inline("B1", "问题&amp;隐患问题")
                        + inline("C1", "问题") + inline("D1", "地点") + "</row><row>" + inline("A2", "_x0000_")
                        + inline("C2", "&#160; 路灯_x0007_不亮_x000D_&#10;三处&#x1F600; ") + inline("D2", "_xD800_路")
                        + "</row>")),
                Map.of());

        assertThat(onlyRow())
                .containsEntry("sourceSeq", "\0")
                .containsEntry("factText", "路灯不亮\n三处\uD83D\uDE00")
                .containsEntry("location", "\ufffd路");
        assertThat(ignored).containsExactly(new Ignored("import.ignored.column", "问题&隐患问题"));
    }

    @Test
    void moreRowsThanAllowedAreRefused() {
        String most = "序号,问题\n"
                + IntStream.range(0, Limits.ROWS).mapToObj(i -> i + ",路灯不亮\n").collect(Collectors.joining());
        readText("office-list", most);
        assertThat(rows).hasSize(Limits.ROWS);

        assertRefused("import.rows", () -> readText("office-list", most + "1,路灯不亮\n"));
    }

    @ParameterizedTest
    @CsvSource({"路灯不亮,路灯不亮", "路灯不亮。夜间出行不便。,路灯不亮", "。路灯不亮,。路灯不亮", "版本 1.2 有缺陷. 须升级,版本 1.2 有缺陷", "'路灯不亮；井盖缺失',路灯不亮"})
    void theTitleIsTheFirstSentence(String fact, String title) {
        assertThat(RowFields.titleOf(fact)).isEqualTo(title);
    }

    @Test
    void aLongSentenceIsCutBetweenCharacters() {
        assertThat(RowFields.titleOf("长".repeat(300))).hasSize(200);
        assertThat(RowFields.titleOf("\uD83D\uDE00".repeat(300)).codePoints()).hasSize(200);
    }

    private Map<String, Object> onlyRow() {
        assertThat(rows).hasSize(1);
        return rows.get(0).fields();
    }

    private void readText(String profile, String text) {
        read(profile, "a.csv", utf8(text), Map.of());
    }

    private void readText(String profile, String text, Consumer<ImportFile.PlainRow> others) {
        read(profile, "a.csv", utf8(text), Map.of(), others);
    }

    private void read(String profileId, String name, byte[] content, Map<String, String> defaults) {
        read(profileId, name, content, defaults, row -> {});
    }

    private void read(
            String profileId,
            String name,
            byte[] content,
            Map<String, String> defaults,
            Consumer<ImportFile.PlainRow> others) {
        try {
            Path file = Files.write(folder.resolve("upload"), content);
            ImportProfile profile = new ImportProfiles(mock(OfficeFiles.class), mock(Texts.class)).get(profileId);
            ImportRequest request = new ImportRequest(name, file, profileId, defaults, true, ImportMode.ALL_OR_NOTHING);
            ignored = new ImportFile(
                            request,
                            profile,
                            new RowFields(
                                    profile,
                                    defaults,
                                    new CodeLabels(new CodeLists(
                                            mock(OfficeFiles.class),
                                            new ShippedTexts(new MessageSourceProperties()),
                                            mock(Texts.class))),
                                    UNITS,
                                    TODAY))
                    .read(rows::add, others);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(XSSFSheet sheet, int row, String... values) {
        var line = sheet.createRow(row);
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                line.createCell(i).setCellValue(values[i]);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(String code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .extracting(Problem::code)
                        .containsExactly(code));
    }
}
