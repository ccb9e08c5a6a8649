package org.guiling.web.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.guiling.web.support.HeldUploads;
import org.guiling.web.support.Ledgers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.util.UriUtils;

/** Whole ledgers in and out through {@code /api}. */
@GuilingTest
class TransfersApiTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    HeldUploads held;

    Caller registrar;

    @BeforeEach
    void signOn() {
        registrar = Caller.script(port, "registrar");
    }

    @Test
    void aDryRunCountsAndStoresNothing() {
        byte[] file = Ledgers.with(2, 1);

        JsonNode report = answer(run(file, Map.of("dryRun", "true")), 200);

        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly(
                        "batchId",
                        "profile",
                        "rows",
                        "created",
                        "duplicates",
                        "changed",
                        "closed",
                        "similar",
                        "leftOut",
                        "rejected",
                        "problemCount",
                        "problems",
                        "noticeCount",
                        "notices",
                        "differences",
                        "unknownUnits",
                        "ignoredColumns",
                        "ignored");
        assertReport(report, 3, 2, 0, 1);
        JsonNode problem = report.path("problems").path(0);
        assertThat(problem.path("row").asInt()).isEqualTo(4);
        assertThat(problem.path("field").asText()).isEqualTo("leadUnit");
        assertThat(problem.path("message").asText()).isNotEmpty();
        assertReport(answer(run(file, Map.of("dryRun", "true")), 200), 3, 2, 0, 1);
    }

    @Test
    void allOrNothingStoresNothingWhenARowIsWrong() {
        byte[] file = Ledgers.with(2, 1);

        assertReport(answer(run(file, Map.of("mode", "all-or-nothing")), 200), 3, 0, 0, 1);
        assertReport(answer(run(file, Map.of("dryRun", "true")), 200), 3, 2, 0, 1);
    }

    @Test
    void validRowsAreStoredOnce() {
        byte[] file = Ledgers.with(2, 1);

        assertReport(answer(run(file, Map.of("mode", "valid-rows")), 200), 3, 2, 0, 1);
        assertReport(answer(run(file, Map.of("mode", "valid-rows")), 200), 3, 0, 2, 1);
    }

    @Test
    void problemsComeInParts() {
        byte[] file = ("标题,问题描述,备注\n" + "题,短,x\n".repeat(700)).getBytes(UTF_8);

        JsonNode first = answer(run(file, Map.of("dryRun", "true")), 200);
        assertThat(first.path("problems")).hasSize(500);
        int all = first.path("problemCount").asInt();
        assertThat(all).isGreaterThan(700);
        assertThat(first.path("ignoredColumns").path(0).asText()).isEqualTo("备注");
        JsonNode last = answer(
                run(file, Map.of("dryRun", "true", "problemsFrom", String.valueOf(all - 2), "limit", "10")), 200);
        assertThat(last.path("problems")).hasSize(2);
        assertThat(last.path("problems").path(1).path("row").asInt()).isEqualTo(701);
        assertThat(fields(problem(run(file, Map.of("dryRun", "true", "limit", "0")), 400)))
                .containsExactly("limit");
    }

    @Test
    void everyRowThatIsKnownIsNamedWithItsItem() {
        byte[] file = Ledgers.with(2, 0);
        JsonNode first = answer(run(file, Map.of("profile", "auto")), 200);
        assertThat(first.path("batchId").asLong()).isPositive();
        assertThat(first.path("profile").asText()).isEqualTo("ledger");

        JsonNode again = answer(run(file, Map.of()), 200);

        assertThat(again.path("batchId").isNull()).isTrue();
        assertThat(again.path("notices").findValuesAsText("kind")).containsExactly("KNOWN", "KNOWN");
        assertThat(again.path("notices").findValuesAsText("itemNo"))
                .allSatisfy(no -> assertThat(no).startsWith("ZG-"));
    }

    @Test
    void rowsThatAreLikeEarlierOnesAreNamedAndAChoice() {
        String mark = UUID.randomUUID().toString();
        String good = new String(Ledgers.with(1, 0), UTF_8);
        String row = good.substring(good.indexOf('\n') + 1);
        byte[] file = (good + row.replace("三处", "四处"))
                .replaceAll("[0-9a-f-]{36}", mark)
                .getBytes(UTF_8);

        JsonNode left = answer(run(file, Map.of("dryRun", "true", "similarRows", "leave")), 200);
        assertReport(left, 2, 1, 0, 0);
        assertThat(left.path("similar").asInt()).isEqualTo(1);
        assertThat(left.path("leftOut").asInt()).isEqualTo(1);

        JsonNode read = answer(run(file, Map.of()), 200);
        assertReport(read, 2, 2, 0, 0);
        assertThat(read.path("similar").asInt()).isEqualTo(1);
        assertThat(read.path("leftOut").asInt()).isZero();
        JsonNode notice = read.path("notices").path(0);
        assertThat(notice.path("kind").asText()).isEqualTo("SIMILAR");
        assertThat(notice.path("row").asInt()).isEqualTo(3);
        assertThat(notice.at("/like/row").asInt()).isEqualTo(2);
        assertThat(notice.path("message").asText()).contains("第 2 行", "【四】", "【三】");

        JsonNode waiting = answer(registrar.get("/api/imports"), 200).path("imports");
        long id = read.path("batchId").asLong();
        assertThat(waiting)
                .filteredOn(batch -> batch.path("id").asLong() == id)
                .extracting(batch -> batch.path("similar").asInt())
                .containsExactly(1);
        assertThat(fields(problem(run(file, Map.of("similarRows", "some")), 400)))
                .containsExactly("similarRows");
    }

    @Test
    void aUnitsOtherNameIsConfirmedOnceAndForgottenAgain() {
        String name = "旧教育局" + UUID.randomUUID();

        problem(registrar.post("/api/imports/unit-names", "{\"name\":\"" + name + "\",\"unit\":\"none\"}"), 400);
        answer(
                registrar.post("/api/imports/unit-names", "{\"name\":\"" + name + "\",\"unit\":\"education-bureau\"}"),
                204);
        assertThat(answer(registrar.get("/api/imports/unit-names"), 200)
                        .path("names")
                        .findValuesAsText("name"))
                .contains(name);
        problem(Caller.script(port, "handler").get("/api/imports/unit-names"), 403);
    }

    @Test
    void furtherPartsAreDefaults() {
        byte[] file = ("标题,问题描述\n只有两列" + UUID.randomUUID() + ",三月二日在测试路口发现井盖缺失三处。\n").getBytes(UTF_8);
        Map<String, String> defaults = new HashMap<>(Map.of(
                "leadUnit", "education-bureau",
                "category", "LIVELIHOOD",
                "level", "1",
                "sourceType", "SELF",
                "sourceDocNo", "测试清单",
                "foundBy", "测试单位",
                "foundDate", lifeCycle.today().toString(),
                "urgency", "NORMAL",
                "visibility", "INTERNAL"));
        defaults.put("systemic", "NO");

        assertReport(answer(run(file, defaults), 200), 1, 1, 0, 0);
    }

    @Test
    void aWholeImportIsReviewedOnceAndNotByItsImporter() {
        HttpResponse<String> imported = run(Ledgers.with(2, 0), Map.of());
        assertReport(answer(imported, 200), 2, 2, 0, 0);
        String review = imported.headers().firstValue("Location").orElseThrow();
        Caller reviewer = Caller.script(port, "reviewer");
        String id = review.replaceAll("\\D", "");
        assertThat(answer(reviewer.get("/api/imports"), 200).path("imports").findValuesAsText("id"))
                .contains(id);

        problem(registrar.post(review), 403);
        JsonNode reviewed = answer(reviewer.post(review), 200);

        assertThat(reviewed.path("accepted").asInt()).isEqualTo(2);
        assertThat(reviewed.path("left")).isEmpty();
        problem(reviewer.post(review), 409);
        problem(reviewer.post("/api/imports/999999/review"), 404);
        problem(reviewer.post("/api/imports/none/review"), 400);
    }

    @Test
    void whatCannotBeReadIsRefusedAsAWhole() {
        assertThat(fields(problem(run(Ledgers.with(1, 0), Map.of("profile", "none")), 400)))
                .containsExactly("profile");
        assertThat(fields(problem(run(Ledgers.with(1, 0), Map.of("mode", "some")), 400)))
                .containsExactly("mode");
        assertThat(fields(problem(run(Ledgers.with(1, 0), Map.of("dryRun", "perhaps")), 400)))
                .containsExactly("dryRun");
        assertThat(fields(problem(run(Ledgers.with(1, 0), Map.of("invented", "x")), 400)))
                .containsExactly("invented");
        problem(run(new byte[0], Map.of()), 400);
        problem(registrar.upload("/api/imports", "ledger.xlsx", "no workbook".getBytes(UTF_8), profile()), 400);
        problem(registrar.post("/api/imports"), 415);
    }

    @Test
    void onlyRegistrarsImport() {
        problem(Caller.script(port, "reviewer").upload("/api/imports", "l.csv", Ledgers.with(1, 0), profile()), 403);
    }

    @Test
    void anUploadBeyondTheLimitIsTooLarge() {
        JsonNode problem = problem(run(new byte[21 * 1024 * 1024], Map.of()), 413);

        assertThat(problem.path("detail").asText()).contains("20 MB");
    }

    @Test
    void noUploadIsLeftBehind() throws IOException {
        Set<Path> before = uploaded();

        run(Ledgers.with(1, 0), Map.of());
        run(new byte[] {1, 2, 3}, Map.of());

        assertThat(uploaded()).isEqualTo(before);
    }

    @Test
    void theLedgerIsExportedUnderItsDay() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);

        HttpResponse<byte[]> export = Caller.script(port, "leader").download("/api/exports/ledger.xlsx?text=" + itemNo);

        assertThat(export.statusCode()).isEqualTo(200);
        String name = "整改台账-" + lifeCycle.today().format(DateTimeFormatter.BASIC_ISO_DATE) + ".xlsx";
        assertThat(export.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(disposition ->
                        assertThat(disposition).contains("filename*=UTF-8''" + UriUtils.encode(name, UTF_8)));
        try (Workbook workbook = new XSSFWorkbook(new ByteArrayInputStream(export.body()))) {
            assertThat(workbook.getSheetAt(0).getLastRowNum()).isEqualTo(1);
            assertThat(workbook.getSheetAt(0).getRow(1).getCell(0).getStringCellValue())
                    .isEqualTo(itemNo);
        }
        problem(registrar.get("/api/exports/ledger.xlsx?light=PINK"), 400);
    }

    private HttpResponse<String> run(byte[] file, Map<String, String> parts) {
        Map<String, String> all = new HashMap<>(profile());
        all.putAll(parts);
        return registrar.upload("/api/imports", "测试台账.csv", file, all);
    }

    private static Map<String, String> profile() {
        return Map.of("profile", "ledger");
    }

    private static List<String> fields(JsonNode problem) {
        return problem.path("errors").findValuesAsText("field");
    }

    private Set<Path> uploaded() throws IOException {
        try (Stream<Path> files = Files.list((Path) ReflectionTestUtils.getField(held, "directory"))) {
            return files.collect(Collectors.toSet());
        }
    }

    private static void assertReport(JsonNode report, int rows, int created, int duplicates, int rejected) {
        assertThat(report.path("rows").asInt()).as("rows").isEqualTo(rows);
        assertThat(report.path("created").asInt()).as("created").isEqualTo(created);
        assertThat(report.path("duplicates").asInt()).as("duplicates").isEqualTo(duplicates);
        assertThat(report.path("rejected").asInt()).as("rejected").isEqualTo(rejected);
    }
}
