package org.guiling.ledger.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.guiling.ledger.imports.ImportNotice.Kind.CLOSED;
import static org.guiling.ledger.imports.ImportNotice.Kind.DIFFERENT;
import static org.guiling.ledger.imports.ImportNotice.Kind.HIDDEN;
import static org.guiling.ledger.imports.ImportNotice.Kind.KNOWN;
import static org.guiling.ledger.imports.ImportNotice.Kind.NO_PROBLEM;
import static org.guiling.ledger.imports.ImportNotice.Kind.SIMILAR;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.item.Registration;
import org.guiling.ledger.export.LedgerExport;
import org.guiling.ledger.search.Filters;
import org.guiling.ledger.value.Fingerprint;
import org.guiling.ledger.value.UnitAliases;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists as offices write them (issue 15 §4): a list comes in whole, or each thing that did not is named. */
@GuilingTest
class ImportCasesTest {

    private static final String EDUCATION = "education-bureau";
    private static final String CIVIL = "civil-affairs-bureau";

    @Autowired
    Imports imports;

    @Autowired
    ImportProfileFiles profileFiles;

    @Autowired
    UnitAliases aliases;

    @Autowired
    LedgerExport ledgerExport;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    /** Sets the lists of one test apart from those of another. */
    private String source;

    @BeforeEach
    void newSource() {
        source = "测试〔2026〕" + UUID.randomUUID();
        // The same lists come in for many tests; what an earlier one left is not like them any more.
        jdbc.sql("""
                        update item set title = 'gone ' || id, fact_text = md5(id::text)
                        where import_batch_id is not null and fact_text <> md5(id::text)""").update();
    }

    @Test
    void oneProblemAtThreePlacesIsThreeItems() {
        assertThat(store("f01-same-problem-three-places.xlsx").created()).isEqualTo(3);
        assertThat(items("location")).containsExactlyInAnyOrder("甲街1号", "乙街9号", "丙街3号");

        ImportReport again = store("f01-same-problem-three-places.xlsx");
        assertThat(again.created()).isZero();
        assertThat(again.notices()).extracting(ImportNotice::kind).containsExactly(KNOWN, KNOWN, KNOWN);
        assertThat(again.notices()).extracting(ImportNotice::itemNo).doesNotContainNull();
    }

    @Test
    void whatWasImportedBeforePlaceAndUnitCountedIsStillKnown() {
        store("f01-same-problem-three-places.xlsx");
        // As the first of them was stored then; the others were lost.
        String first = jdbc.sql("select item_no from item where source_doc_no = ? and location = '甲街1号'")
                .param(source)
                .query(String.class)
                .single();
        Registration facts = lifeCycle.item(first).registration();
        jdbc.sql("update item set fingerprint = ? where item_no = ?")
                .params(Fingerprint.former(facts), first)
                .update();
        jdbc.sql(
                        "update item set source_doc_no = 'elsewhere', fingerprint = null where source_doc_no = ? and item_no <> ?")
                .params(source, first)
                .update();

        ImportReport report = check("f01-same-problem-three-places.xlsx");

        assertThat(report.duplicates()).isEqualTo(1);
        assertThat(report.created()).isEqualTo(2);
    }

    @Test
    void aHeaderOfTwoLinesWithAnUnknownWordIsRead() {
        assertThat(store("f03-two-line-header-unknown-word.xlsx").created()).isEqualTo(1);

        assertThat(due()).isEqualTo("2026-12-31");
        assertThat(fact()).endsWith("来源清单所列整改措施：更换");
    }

    @Test
    void unknownColumnsAreListed() {
        ImportReport report = store("f04-unknown-columns.xlsx");

        assertThat(report.ignoredColumns()).containsExactly("责任人", "备注");
        assertThat(due()).isEqualTo("2026-12-31");
    }

    @Test
    void ourOwnExportOfAClosedItemMakesNone() {
        ImportReport report =
                run("f05-own-export-of-a-closed-item.xlsx", "ledger", Map.of(), ImportChoices.USUAL, false);

        assertThat(report.created()).isZero();
        // Other tests may have made an item of its number.
        assertThat(report.closed() + report.duplicates()).isEqualTo(1);
        assertThat(kinds(report)).isSubsetOf(CLOSED, KNOWN, DIFFERENT).hasSize(1);
    }

    @Test
    void ourOwnExportComesBackAsTheSameItemByItsNumber() throws IOException {
        Map<String, Object> fields = new HashMap<>(lifeCycle.registration());
        fields.putAll(Map.of("category", "FUNDS", "amount", "12.5", "coUnits", List.of(CIVIL), "location", "甲街1号"));
        fields.put("subject", "某项目");
        fields.put("originalDue", "2027-03-31");
        fields.put("dueBasis", "示例文件");
        String itemNo = lifeCycle.register(fields);
        Path file = folder.resolve("export.xlsx");
        try (var target = Files.newOutputStream(file)) {
            ledgerExport.write(target, people.everything(), Filters.of("text", itemNo));
        }

        ImportReport report = people.as(
                "registrar",
                () -> imports.run(
                        new ImportRequest("export.xlsx", file, "ledger", Map.of(), false, ImportMode.ALL_OR_NOTHING)));

        assertThat(report.rows()).isEqualTo(1);
        assertThat(report.problems()).isEmpty();
        assertThat(report.created()).isZero();
        assertThat(report.differences()).isEmpty();
        assertThat(report.notices())
                .extracting(ImportNotice::kind, ImportNotice::itemNo)
                .containsExactly(tuple(KNOWN, itemNo));
    }

    @Test
    void whatANewListSaysOtherwiseIsShownAndTakenOver() {
        store("f06-a-first-list.xlsx");
        String itemNo = items("item_no").get(0);

        ImportReport report = check("f07-b-due-and-unit-changed.xlsx");
        assertThat(report.created()).isZero();
        assertThat(report.changed()).isEqualTo(1);
        assertThat(kinds(report)).containsExactly(DIFFERENT);
        assertThat(report.differences())
                .extracting(ImportDifference::itemNo, ImportDifference::field, ImportDifference::open)
                .containsExactlyInAnyOrder(tuple(itemNo, "leadUnit", true), tuple(itemNo, "originalDue", true));

        assertThat(store("f07-b-due-and-unit-changed.xlsx").changed()).isZero();
        assertThat(lifeCycle.item(itemNo).registration().leadUnit()).isEqualTo(EDUCATION);

        assertThat(run(
                                "f07-b-due-and-unit-changed.xlsx",
                                "office-list",
                                Map.of(),
                                new ImportChoices(false, true, false),
                                false)
                        .changed())
                .isEqualTo(1);
        assertThat(lifeCycle.item(itemNo).registration().leadUnit()).isEqualTo(CIVIL);
        assertThat(due()).isEqualTo("2027-01-31");
        assertThat(kinds(check("f07-b-due-and-unit-changed.xlsx"))).containsExactly(KNOWN);
        // The review that waited goes on with what was taken over.
        lifeCycle.complete(
                "reviewer",
                itemNo,
                Map.of(
                        "decision",
                        "ACCEPT",
                        "duplicateAnswer",
                        "DIFFERENT",
                        "duplicateNote",
                        "另一来源的同名问题，不是同一事实。",
                        "oneFact",
                        true));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.DISPATCHED);
        assertThat(check("f06-a-first-list.xlsx").differences())
                .extracting(ImportDifference::open)
                .containsOnly(false);
    }

    @Test
    void theSourcesNumberForAnotherProblemIsAnotherItem() {
        store("f06-a-first-list.xlsx");

        ImportReport report = store("f04-unknown-columns.xlsx");

        assertThat(report.created()).isEqualTo(1);
        assertThat(kinds(report)).containsExactly(SIMILAR);
    }

    @Test
    void anAmountIsKeptInEveryCategory() {
        ImportReport report = store("f09-amount-not-funds.xlsx");

        assertThat(report.notices()).extracting(ImportNotice::field).containsExactly("amount");
        assertThat(lifeCycle.item(items("item_no").get(0)).registration().amount())
                .isEqualByComparingTo("12.5");
    }

    @Test
    void aUnitThatIsMergedOverRowsCountsForEach() {
        store("f10-a-merged-unit.xlsx");

        assertThat(items("lead_unit")).containsExactly(EDUCATION, EDUCATION);
    }

    @Test
    void aMergedNoteBelowTheListIsNoRow() {
        ImportReport report = store("f10-b-merged-note-below.xlsx");

        assertThat(report.rows()).isEqualTo(1);
        assertThat(report.created()).isEqualTo(1);
        assertThat(report.notices())
                .extracting(ImportNotice::row, ImportNotice::kind, ImportNotice::message)
                .containsExactly(tuple(3, NO_PROBLEM, "说明：说明：本表每月报送。"));
    }

    @Test
    void noWayToWriteADateBlocksTheOthers() {
        ImportReport report = store("f12-date-words.xlsx");

        assertThat(report.problems()).isEmpty();
        assertThat(report.created()).isEqualTo(11);
        assertThat(jdbc.sql("select source_due from item where source_doc_no = ? order by source_seq::integer")
                        .param(source)
                        .query((row, index) -> String.valueOf(row.getObject(1, LocalDate.class)))
                        .list())
                .containsExactly(
                        "2026-12-31",
                        "2026-12-31",
                        "2026-12-31",
                        "2026-12-31",
                        "null",
                        "null",
                        "2026-12-31",
                        "2026-12-31",
                        "null",
                        "null",
                        "null");
        assertThat(report.notices()).extracting(ImportNotice::row).contains(2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13);
        assertThat(report.closed()).isEqualTo(1);
    }

    @Test
    void aUnitsFormerNameIsSuggestedAndOnceConfirmedRemembered() {
        ImportReport report = check("f13-old-unit-name.xlsx");
        assertThat(report.rejected()).isEqualTo(1);
        assertThat(report.unknownUnits()).singleElement().satisfies(unknown -> {
            assertThat(unknown.name()).isEqualTo("市住房和城乡建设局（示例）");
            assertThat(unknown.suggested().get(0).code()).isEqualTo("housing-urban-bureau");
        });

        people.as("registrar", () -> aliases.confirm("市住房和城乡建设局（示例）", "housing-urban-bureau"));
        try {
            assertThat(store("f13-old-unit-name.xlsx").created()).isEqualTo(1);
            assertThat(items("lead_unit")).containsExactly("housing-urban-bureau");
        } finally {
            people.as("registrar", () -> aliases.forget("市住房和城乡建设局（示例）"));
        }
    }

    @Test
    void usualHeaderWordsAreKnown() {
        ImportReport report = store("f14-header-words.xlsx");

        assertThat(report.ignoredColumns()).isEmpty();
        assertThat(due()).isEqualTo("2026-12-31");
        assertThat(items("found_date")).containsExactly("2026-11-01");
        assertThat(fact()).contains("更换");
    }

    @Test
    void twoColumnsOfMeasuresAreBothKept() {
        store("f15-a-two-measure-columns.xlsx");

        assertThat(fact()).contains("整改要求：限期", "整改措施：更换");
    }

    @Test
    void aRowThatIsDoneWithIsNeverOpen() {
        ImportReport report = store("f16-closed-rows.xlsx");

        assertThat(report.created()).isEqualTo(1);
        assertThat(report.closed()).isEqualTo(1);
        assertThat(report.notices())
                .extracting(ImportNotice::row, ImportNotice::kind)
                .containsExactly(tuple(2, CLOSED));
        assertThat(items("source_seq")).containsExactly("2");
    }

    @Test
    void filteredRowsAreSaidAndAChoice() {
        ImportReport read = check("f17-filtered-rows.xlsx");
        assertThat(read.created()).isEqualTo(3);
        assertThat(read.notices())
                .extracting(ImportNotice::row, ImportNotice::kind)
                .containsExactly(tuple(3, HIDDEN));

        ImportReport left =
                run("f17-filtered-rows.xlsx", "office-list", Map.of(), new ImportChoices(true, false, false), false);
        assertThat(left.created()).isEqualTo(2);
        assertThat(left.notices())
                .extracting(ImportNotice::row, ImportNotice::kind)
                .containsExactly(tuple(3, HIDDEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f19-a-old-format.xls", "f19-b-wps.et", "f19-c-utf16.txt"})
    void oldFormatsAreRead(String file) {
        ImportReport report = store(file);
        assertThat(report.problems()).isEmpty();
        assertThat(report.created()).isEqualTo(report.rows()).isPositive();
        assertThat(due()).isEqualTo("2026-12-31");
        assertThat(items("lead_unit").get(0)).isEqualTo(EDUCATION);
    }

    @Test
    void aGuardedTextIsTheText() {
        store("f20-text-guard.csv");

        assertThat(items("source_seq")).containsExactly("001");
    }

    @Test
    void numbersWithoutAProblemAreNoErrors() {
        ImportReport report = store("f22-prefilled-numbers.xlsx");

        assertThat(report.created()).isEqualTo(1);
        assertThat(report.rejected()).isZero();
        assertThat(report.notices())
                .extracting(ImportNotice::row, ImportNotice::kind)
                .containsExactly(tuple(3, NO_PROBLEM), tuple(4, NO_PROBLEM));
    }

    @Test
    void aProfileThatCanNeverWorkIsRefusedWithAllReasons() throws IOException {
        byte[] profile = Files.readAllBytes(copy("f23-profile-bad-constant.yaml"));

        assertThatThrownBy(() -> people.as("administrator", () -> profileFiles.check("dates", profile)))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .extracting(Problem::code)
                        .containsExactlyInAnyOrder("import.profile.constant", "import.profile.date-never"));
    }

    @Test
    void ofSeveralUnitsTheFirstLeadsAndACollectiveNameIsAskedAbout() {
        ImportReport report = store("f24-several-units.xlsx");

        assertThat(report.created()).isEqualTo(1);
        assertThat(items("lead_unit")).containsExactly(EDUCATION);
        assertThat(items("array_to_string(co_units, ',')")).containsExactly(CIVIL);
        assertThat(report.notices())
                .extracting(ImportNotice::message)
                .containsExactly("有多个单位：“市教育局（示例）”牵头，“市民政局（示例）”配合。");
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.row()).isEqualTo(3);
            assertThat(problem.message()).startsWith("“各镇（街道）”是统称");
        });
    }

    @Test
    void theProfileIsRecognisedByTheHeader() {
        assertThat(run(
                                "f05-own-export-of-a-closed-item.xlsx",
                                ImportProfiles.RECOGNISED,
                                Map.of(),
                                ImportChoices.USUAL,
                                true)
                        .profile())
                .isEqualTo("ledger");
        assertThat(run("f03-two-line-header-unknown-word.xlsx", null, Map.of(), ImportChoices.USUAL, true)
                        .profile())
                .isEqualTo("office-list");
    }

    @Test
    void theRefusalSaysWhatWasSeenAndWhatWasMissing() throws IOException {
        Path file = Files.writeString(folder.resolve("list.csv"), "序号,情况,责任单位\n1,路灯不亮,某局\n");

        assertThatThrownBy(() -> people.as(
                        "registrar",
                        () -> imports.run(
                                new ImportRequest("list.csv", file, null, Map.of(), true, ImportMode.VALID_ROWS))))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .singleElement()
                        .satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo("import.header.unknown");
                            assertThat(problem.arguments()).contains("“序号”“情况”“责任单位”", "“序号”“责任单位”", "“问题”");
                        }));
    }

    private ImportReport check(String file) {
        return run(file, "office-list", Map.of(), ImportChoices.USUAL, true);
    }

    private ImportReport store(String file) {
        return run(file, "office-list", Map.of(), ImportChoices.USUAL, false);
    }

    private ImportReport run(
            String file, String profile, Map<String, String> others, ImportChoices choices, boolean dryRun) {
        Map<String, String> defaults = new HashMap<>(Map.of(
                "sourceType", "SUPERVISION",
                "sourceDocNo", source,
                "foundDate", "2026-11-20",
                "foundBy", "示例检查组",
                "category", "SAFETY",
                "level", "1",
                "urgency", "NORMAL",
                "systemic", "NO",
                "visibility", "INTERNAL"));
        defaults.putAll(others);
        return people.as(
                "registrar",
                () -> imports.run(new ImportRequest(
                        file, copy(file), profile, defaults, dryRun, ImportMode.VALID_ROWS, choices)));
    }

    private Path copy(String name) {
        Path file = folder.resolve(UUID.randomUUID().toString());
        try (InputStream content = getClass().getResourceAsStream("/imports/cases/" + name)) {
            Files.copy(content, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ImportNotice.Kind> kinds(ImportReport report) {
        return report.notices().stream().map(ImportNotice::kind).toList();
    }

    private String due() {
        return items("source_due").get(0);
    }

    private String fact() {
        return items("fact_text").get(0);
    }

    private List<String> items(String column) {
        return jdbc.sql("select " + column + " from item where source_doc_no = ? order by id")
                .param(source)
                .query((row, index) -> String.valueOf(row.getString(1)))
                .list();
    }
}
