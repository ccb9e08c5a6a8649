package org.guiling.web.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Units and people from a workbook, by {@code /api} and by the page. */
@GuilingTest
class OrganizationImportTest {

    private static final String PATH = "/api/organization/import";
    private static final String[] UNITS = {"编号", "名称", "层级", "上级编号"};
    private static final String[] PEOPLE = {"账号", "姓名", "单位编号", "角色", "电子邮箱", "企业微信", "钉钉"};

    @LocalServerPort
    int port;

    @Autowired
    Organization organization;

    @Autowired
    OrganizationChanges changes;

    @Autowired
    People people;

    @Autowired
    LifeCycle lifeCycle;

    @Test
    void theWholeTreeComesInOnce() {
        // given a village that stands above its township in the file
        byte[] file = workbook(
                List.of(
                        UNITS,
                        row("imp-village", "导入村", "村社区", "imp-street"),
                        row("imp-street", "导入街道", "乡镇街道", "imp-city"),
                        row("imp-office", "导入科", "科室", "imp-street"),
                        row("imp-city", "导入局", "市级部门", "")),
                List.of(
                        PEOPLE,
                        row("imp-one", "导入甲", "imp-street", "承办人、UNIT_LEADER", "one@example.org", "WeOne", ""),
                        row("imp-two", "导入乙", "imp-village", "承办人", "", "", "")));

        // when it is checked, nothing is stored
        assertReport(run(file, true), false, 6, 0, 0, 0);
        assertThat(organization.unit("imp-city")).isEmpty();
        assertThat(organization.person("imp-one")).isEmpty();

        // when it is imported, all is there, and who is new signs on
        assertReport(run(file, false), true, 6, 0, 0, 0);
        assertThat(organization.unit("imp-village"))
                .contains(new Unit("imp-village", "导入村", Tier.VILLAGE, "imp-street"));
        assertThat(organization.unit("imp-office"))
                .contains(new Unit("imp-office", "导入科", Tier.TOWNSHIP, "imp-street", true, null));
        assertThat(organization.person("imp-one").orElseThrow().roles())
                .containsExactlyInAnyOrder(Role.HANDLER, Role.UNIT_LEADER);
        assertThat(organization.addresses("imp-one")).isEqualTo(new Addresses("one@example.org", "WeOne", null));
        answer(Caller.script(port, "imp-one").get("/api/tasks"), 200);

        // and the same file again changes nothing
        assertReport(run(file, false), false, 0, 0, 6, 0);

        // and a file with less changes what it names and leaves the rest
        byte[] less = workbook(
                List.of(new String[] {"Code", "Name", "Tier", "Parent code"}, row("imp-city", "导入一局", "CITY", "")),
                List.of(
                        new String[] {"Account", "Name", "Unit code", "Roles"},
                        row("imp-two", "导入乙", "imp-street", "HANDLER")));
        assertReport(run(less, false), true, 0, 2, 0, 0);
        assertThat(organization.unit("imp-city").orElseThrow().name()).isEqualTo("导入一局");
        assertThat(organization.person("imp-two").orElseThrow().unitCode()).isEqualTo("imp-street");
        assertThat(organization.isOpen("imp-village")).isTrue();
        assertThat(organization.addresses("imp-one").email()).isEqualTo("one@example.org");
    }

    @Test
    void whatWaitsForAUnitIsToldAboveWhenAFileMovesItsLastHandlerAndToWhoeverComes() {
        String[] unit = row("imp-vacant", "导入空缺局", "市级部门", "");
        run(
                workbook(
                        List.of(UNITS, unit), List.of(PEOPLE, row("imp-last", "导入丙", "imp-vacant", "承办人", "", "", ""))),
                false);
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED, Map.of("leadUnit", "imp-vacant"));

        byte[] moved = workbook(
                List.of(UNITS, unit),
                List.of(PEOPLE, row("imp-last", "导入丙", "housing-urban-bureau", "承办人", "", "", "")));
        run(moved, true);
        assertThat(lifeCycle.toldAnew(itemNo)).isEmpty();
        run(moved, false);
        assertThat(lifeCycle.toldAnew(itemNo)).contains("supervisor").doesNotContain("imp-last");

        run(
                workbook(
                        List.of(UNITS, unit), List.of(PEOPLE, row("imp-next", "导入丁", "imp-vacant", "承办人", "", "", ""))),
                false);
        assertThat(lifeCycle.toldAnew(itemNo)).containsExactly("imp-next");
        people.as("administrator", () -> {
            changes.shutOut("imp-last");
            changes.shutOut("imp-next");
        });
    }

    @Test
    void oneWrongRowKeepsAllOut() {
        byte[] file = workbook(
                List.of(
                        UNITS,
                        row("wrong-city", "好单位", "市级部门", ""),
                        row("Wrong Code", "坏编号", "市级部门", ""),
                        row("wrong-village", "坏上级", "村社区", "wrong-city"),
                        row("wrong-tier", "坏层级", "省级", ""),
                        row("wrong-city", "重复", "市级部门", ""),
                        row("wrong-formula", "=\"公\"&\"式\"", "市级部门", "")),
                List.of(
                        PEOPLE,
                        row("wrong-one", "甲", "wrong-city", "承办人", "", "", ""),
                        row("wrong-two", "乙", "nowhere", "承办人", "", "", ""),
                        row("wrong-three", "丙", "wrong-city", "局长", "", "", ""),
                        row("wrong-four", "丁", "wrong-city", "承办人", "no address", "", "")));

        JsonNode report = run(file, false);

        assertReport(report, false, 2, 0, 0, 8);
        assertThat(organization.unit("wrong-city")).isEmpty();
        assertThat(organization.person("wrong-one")).isEmpty();
        assertFlaw(report, 1, "A3", "单位编码由");
        assertFlaw(report, 2, "D4", "不能设在“好单位”之下");
        assertFlaw(report, 3, "C5", "没有“省级”这一层级");
        assertFlaw(report, 4, "A6", "在第 2 行已出现过");
        assertFlaw(report, 5, "B7", "是公式");
        assertFlaw(report, 7, "C3", "没有编码为 nowhere 的单位");
        assertFlaw(report, 8, "D4", "没有“局长”这一角色");
        assertFlaw(report, 9, "E5", "电子邮箱");
    }

    @Test
    void nothingOpenIsLeftBehind() {
        // given a handler with an open item
        String itemNo = lifeCycle.itemAt(org.guiling.item.ItemStatus.PLANNING);
        byte[] file = workbook(
                List.of(
                        UNITS,
                        row(
                                "housing-urban-bureau",
                                organization
                                        .unit("housing-urban-bureau")
                                        .orElseThrow()
                                        .name(),
                                "市级部门",
                                "education-bureau")),
                List.<String[]>of(PEOPLE));

        JsonNode report = run(file, false);

        assertReport(report, false, 0, 0, 0, 1);
        assertFlaw(report, 0, "D2", "未办结事项");
        assertThat(itemNo).isNotEmpty();
    }

    @Test
    void theTemplateIsReadAndItsExampleIsNot() throws IOException {
        for (String language : List.of("zh-CN", "en")) {
            Caller administrator = Caller.script(port, "administrator").with("Accept-Language", language);
            HttpResponse<byte[]> template = administrator.download("/api/organization/template.xlsx");
            assertThat(template.statusCode()).isEqualTo(200);
            try (Workbook workbook = new XSSFWorkbook(new ByteArrayInputStream(template.body()))) {
                assertThat(workbook.getNumberOfSheets()).isEqualTo(3);
                assertThat(workbook.getSheetAt(0).getLastRowNum()).isEqualTo(1);
                workbook.getSheetAt(0).createRow(2).createCell(0).setCellValue("tem-" + language.substring(0, 2));
                workbook.getSheetAt(0).getRow(2).createCell(1).setCellValue("模板单位");
                workbook.getSheetAt(0).getRow(2).createCell(2).setCellValue("市级部门");
                ByteArrayOutputStream filled = new ByteArrayOutputStream();
                workbook.write(filled);

                JsonNode report = run(filled.toByteArray(), false);

                assertReport(report, true, 1, 0, 0, 0);
                assertThat(report.path("ignored")).hasSize(1);
            }
        }
    }

    @Test
    void whatIsNoSuchWorkbookIsRefusedAsAWhole() {
        Caller administrator = Caller.script(port, "administrator");
        assertThat(detail(
                        administrator,
                        "o.xlsx",
                        workbook(List.<String[]>of(row("编号", "名称")), List.<String[]>of(PEOPLE))))
                .contains("缺少这些列：层级");
        assertThat(detail(administrator, "o.csv", "编号,名称,层级\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .contains("没有找到名为“单位”或“人员”的工作表");
        assertThat(detail(administrator, "o.xlsx", new byte[] {'P', 'K', 3, 4, 0}))
                .isNotEmpty();
        problem(administrator.upload(PATH, "o.xlsx", new byte[0], Map.of()), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"registrar", "operator", "head"})
    void nobodyElseImports(String account) {
        Caller caller = Caller.script(port, account);
        problem(caller.upload(PATH, "o.xlsx", one("not-mine", "别人的"), Map.of("dryRun", "true")), 403);
        problem(caller.get("/api/organization/template.xlsx"), 403);
        Caller browser = Caller.browser(port, account);
        assertThat(browser.get("/organization").statusCode()).isEqualTo(403);
        assertThat(browser.get("/").body()).doesNotContain("\"/administration\"");
    }

    @Test
    void thePageChecksFirstAndImportsOnConfirmation() {
        Caller administrator = Caller.browser(port, "administrator");
        assertThat(administrator.get("/organization").body())
                .contains("下载导入模板", "保持不变")
                .doesNotContain("??");

        String wrong = check(administrator, one("Bad Code", "页面单位"));
        assertThat(wrong).contains("有 1 行有误", "A2", "单位编码由").doesNotContain("确认导入", "??");

        String checked = check(administrator, one("page-unit", "页面单位"));
        assertThat(checked).contains("确认导入 1 行", "页面单位", "新增").doesNotContain("??");
        assertThat(organization.unit("page-unit")).isEmpty();
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(checked);
        assertThat(token.find()).isTrue();
        Map<String, String> fields = Map.of("token", token.group(1));
        String csrf = administrator.csrf("/organization");

        administrator.submit("/organization/import", csrf, fields);
        assertThat(administrator.get("/organization").body()).contains("已导入：新增 1 行");
        assertThat(organization.isOpen("page-unit")).isTrue();

        administrator.submit("/organization/import", csrf, fields);
        assertThat(administrator.get("/organization").body()).contains("已使用或超过三十分钟");
        assertThat(check(administrator, one("page-unit", "页面单位"))).contains("无需导入");
        assertThat(administrator.inEnglish().get("/organization/check").body())
                .contains("nothing to import")
                .doesNotContain("??");
    }

    private static String check(Caller administrator, byte[] file) {
        administrator.upload(
                "/organization/check", "组织机构.xlsx", file, Map.of("_csrf", administrator.csrf("/organization")));
        return administrator.get("/organization/check").body();
    }

    private JsonNode run(byte[] file, boolean dryRun) {
        return answer(
                Caller.script(port, "administrator")
                        .upload(PATH, "组织机构.xlsx", file, Map.of("dryRun", String.valueOf(dryRun))),
                200);
    }

    private static String detail(Caller caller, String name, byte[] file) {
        return problem(caller.upload(PATH, name, file, Map.of()), 400)
                .path("detail")
                .asText();
    }

    private static void assertReport(JsonNode report, boolean stored, int created, int changed, int same, int wrong) {
        assertThat(List.of(
                        report.path("stored").asBoolean(),
                        report.path("created").asInt(),
                        report.path("changed").asInt(),
                        report.path("unchanged").asInt(),
                        report.path("wrong").asInt()))
                .as(report.toPrettyString())
                .isEqualTo(List.of(stored, created, changed, same, wrong));
    }

    private static void assertFlaw(JsonNode report, int row, String cell, String message) {
        JsonNode line = report.path("rows").path(row);
        assertThat(line.path("outcome").asText()).as(line.toString()).isEqualTo("WRONG");
        assertThat(line.at("/problems/0/cell").asText()).as(line.toString()).isEqualTo(cell);
        assertThat(line.at("/problems/0/message").asText()).contains(message);
    }

    private static byte[] one(String code, String name) {
        return workbook(List.of(UNITS, row(code, name, "市级部门", "")), List.<String[]>of(PEOPLE));
    }

    private static String[] row(String... cells) {
        return cells;
    }

    private static byte[] workbook(List<String[]> units, List<String[]> people) {
        try (Workbook workbook = new XSSFWorkbook();
                ByteArrayOutputStream content = new ByteArrayOutputStream()) {
            fill(workbook.createSheet("单位"), units);
            fill(workbook.createSheet("人员"), people);
            workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
            workbook.write(content);
            return content.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that begins with = is a formula. */
    private static void fill(Sheet sheet, List<String[]> rows) {
        for (int i = 0; i < rows.size(); i++) {
            Row row = sheet.createRow(i);
            String[] cells = rows.get(i);
            for (int column = 0; column < cells.length; column++) {
                if (cells[column].startsWith("=")) {
                    row.createCell(column).setCellFormula(cells[column].substring(1));
                } else if (!cells[column].isEmpty()) {
                    row.createCell(column).setCellValue(cells[column]);
                }
            }
        }
    }
}
