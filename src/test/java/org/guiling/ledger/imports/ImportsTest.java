package org.guiling.ledger.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.guiling.ledger.table.Workbooks.parts;
import static org.guiling.ledger.table.Workbooks.zip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.refusal.RefusedException.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whole files into the ledger, with the engine and the database. */
@GuilingTest
class ImportsTest {

    private static final Logger log = LoggerFactory.getLogger(ImportsTest.class);
    private static final String HEADER = "序号,问题,责任单位,整改措施,完成时限\n";

    @Autowired
    Imports imports;

    @Autowired
    ImportReviews importReviews;

    @Autowired
    ImportProfiles importProfiles;

    @Autowired
    People people;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Organization organization;

    @Autowired
    Tasks tasks;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @TempDir
    Path folder;

    /** Sets the rows of one test apart from those of another. */
    private String source;

    @BeforeEach
    void newSource() {
        source = "测试〔2026〕" + UUID.randomUUID();
    }

    @Test
    void itIsToldHowFarAnImportHasCome() throws IOException {
        Path file = write(HEADER + rows(3));
        List<String> heard = new ArrayList<>();
        ImportRequest request =
                new ImportRequest("progress.csv", file, "office-list", defaults(), false, ImportMode.ALL_OR_NOTHING);

        ImportReport report = people.as(
                "registrar",
                () -> imports.run(request, new ImportProgress() {
                    @Override
                    public void checked(int rows) {
                        heard.add("checked " + rows);
                    }

                    @Override
                    public void created(int items, int all) {
                        heard.add("created " + items + " of " + all);
                    }
                }));

        assertThat(report.created()).isEqualTo(3);
        assertThat(heard)
                .containsExactly(
                        "checked 1", "checked 2", "checked 3", "created 1 of 3", "created 2 of 3", "created 3 of 3");
    }

    /** A similarity that the review would ask about is reported when the list is imported. */
    @Test
    void aRowThatIsLikeAnItemOfAnotherSourceIsTold() {
        Map<String, Object> fields = lifeCycle.registration();
        fields.put("factText", "示例路口第1处路灯连续五天不亮，" + source);
        fields.put("foundDate", "2026-01-05");
        String known = lifeCycle.register(fields);

        ImportReport report = runList("1,示例路口第1处路灯连续六天不亮，" + source + ",,换灯,\n", ImportMode.ALL_OR_NOTHING);

        assertThat(report.created()).isEqualTo(1);
        assertThat(report.notices())
                .filteredOn(notice -> notice.kind() == ImportNotice.Kind.SIMILAR)
                .extracting(ImportNotice::itemNo)
                .contains(known);
    }

    @Test
    void aRowThatIsLikeAnEarlierOneIsToldAndAChoice() {
        Path file = write("序号,问题,责任单位,地点\n"
                + "1,示例路口路灯连续五天不亮，" + source + ",,甲村\n"
                + "2,示例路口路灯连续六天不亮，" + source + ",,甲村\n"
                + "3,示例路口路灯连续五天不亮，" + source + ",,乙村\n"
                + "4," + source + "的台账没有填写检查人，也没有领导签字。,,丙村\n"
                + "5,示例路口路灯连续六天不亮，" + source + ",,乙村\n");

        ImportReport read = run(request(file, ImportMode.ALL_OR_NOTHING, true, ImportChoices.USUAL));
        assertThat(read.created()).isEqualTo(5);
        assertThat(read.similar()).isEqualTo(2);
        assertThat(read.leftOut()).isZero();
        assertThat(read.notices())
                .extracting(ImportNotice::row, ImportNotice::kind, ImportNotice::itemNo, ImportNotice::like)
                .containsExactly(
                        tuple(3, ImportNotice.Kind.SIMILAR, null, new ImportNotice.EarlierRow(null, 2)),
                        tuple(6, ImportNotice.Kind.SIMILAR, null, new ImportNotice.EarlierRow(null, 4)));
        assertThat(read.notices().get(0).message()).contains("与本文件第 2 行相似", "作为新事项登记", "连续【六】天不亮", "连续【五】天不亮");

        // the list comes in with the choice, which is looked at again, and tells what it did
        ImportReport left = run(request(file, ImportMode.ALL_OR_NOTHING, false, new ImportChoices(false, false, true)));
        assertThat(left.created()).isEqualTo(3);
        assertThat(left.similar()).isEqualTo(2);
        assertThat(left.leftOut()).isEqualTo(2);
        assertThat(left.notices()).extracting(ImportNotice::message).allSatisfy(message -> assertThat(message)
                .contains("按您的选择没有导入"));
        assertThat(jdbc.sql("select source_seq from item where source_doc_no = ? order by id")
                        .param(source)
                        .query(String.class)
                        .list())
                .containsExactly("1", "3", "4");
        assertThat(batch(left.batchId()).similar()).isZero();

        // what was left out comes in with the next list, and what waits for its review tells of it
        ImportReport rest = run(request(file, ImportMode.ALL_OR_NOTHING, false, ImportChoices.USUAL));
        assertThat(rest.created()).isEqualTo(2);
        assertThat(rest.duplicates()).isEqualTo(3);
    }

    @Test
    void howManyRowsWereAlikeIsToldBeforeTheReview() {
        String row = ",示例路口路灯连续%s天不亮，" + source + ",,,\n";

        ImportReport report = runList("1" + row.formatted("五") + "2" + row.formatted("六"), ImportMode.VALID_ROWS);

        assertThat(report.similar()).isEqualTo(1);
        assertThat(batch(report.batchId()).similar()).isEqualTo(1);
    }

    @Test
    void theCatalogueOf866RowsComesIn() throws IOException {
        Path file = folder.resolve("kev.csv");
        try (InputStream content = getClass().getResourceAsStream("/kev-2021-2022.csv")) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        Map<String, String> defaults = new HashMap<>(defaults());
        defaults.keySet().removeAll(Set.of("foundDate", "foundBy"));
        long before = items();

        // dry: told, not stored
        ImportReport dry = run(new ImportRequest("kev.csv", file, "kev", defaults, true, ImportMode.VALID_ROWS));
        assertThat(items()).isEqualTo(before);
        assertThat(dry.rows()).isEqualTo(866);
        assertThat(dry.batchId()).isNull();

        // wet: the same numbers
        Stopwatch importing = new Stopwatch();
        ImportReport report = run(new ImportRequest("kev.csv", file, "kev", defaults, false, ImportMode.VALID_ROWS));
        log.info("{} items imported in {}", report.created(), importing);
        assertThat(report.created()).isEqualTo(dry.created());
        assertThat(report.created() + report.rejected()).isEqualTo(866);
        assertThat(report.duplicates()).isZero();
        assertThat(report.batchId()).isNotNull();
        assertThat(items()).isEqualTo(before + report.created());
        assertThat(report.created()).isEqualTo(866);
        log.info("{} rows of the catalogue are like others", report.similar());
        assertThat(report.problems()).isEmpty();

        // each waits for its review, with what the file says
        assertThat(waitingForReview(report.batchId())).isEqualTo(report.created());
        Item item = lifeCycle.item(itemNo("CVE-2018-5430"));
        assertThat(item.status()).isEqualTo(ItemStatus.REVIEW);
        assertThat(item.originalDue()).isEqualTo(LocalDate.of(2023, 1, 19));
        assertThat(item.dueBasis()).isEqualTo("CISA KEV dueDate");
        assertThat(item.registration().title())
                .isEqualTo("TIBCO JasperReports Server Information Disclosure Vulnerability");
        assertThat(item.registration().factText())
                .startsWith("TIBCO JasperReports Server contain")
                .endsWith("\nRequired action: Apply updates per vendor instructions.");
        assertThat(item.registration().subject()).isEqualTo("TIBCO JasperReports");
        assertThat(item.registration().foundBy()).isEqualTo("CISA");
        assertThat(item.registration().foundDate()).isEqualTo(LocalDate.of(2022, 12, 29));

        // again, under another name: nothing new
        ImportReport again = run(new ImportRequest("other.csv", file, "kev", defaults, false, ImportMode.VALID_ROWS));
        assertThat(again.created()).isZero();
        assertThat(again.duplicates()).isEqualTo(report.created());
        assertThat(again.batchId()).isNull();
        assertThat(items()).isEqualTo(before + report.created());

        // another person reviews all at once what looks like nothing else
        Stopwatch reviewing = new Stopwatch();
        ImportReviews.Review review = people.as("reviewer", () -> importReviews.review(report.batchId()));
        log.info("{} items accepted in {}", review.accepted(), reviewing);
        assertThat(review.left()).isEmpty();
        assertThat(review.accepted()).isEqualTo(866);
        assertThat(lifeCycle.item(itemNo("CVE-2018-5430")).status()).isEqualTo(ItemStatus.DISPATCHED);
        assertThat(waitingForReview(report.batchId())).isZero();
    }

    @Test
    void allOrNothingStoresNothingWhenOneRowIsBad() {
        long before = items();
        ImportReport report = runList(rows(3) + "4,短,,,\n", ImportMode.ALL_OR_NOTHING);

        assertThat(report.rows()).isEqualTo(4);
        assertThat(report.created()).isZero();
        assertThat(report.rejected()).isEqualTo(1);
        assertThat(report.batchId()).isNull();
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.row()).isEqualTo(5);
            assertThat(problem.field()).isEqualTo("factText");
            assertThat(problem.message()).isEqualTo("“问题描述”至少 10 个字，现有 1 个字。");
        });
        assertThat(items()).isEqualTo(before);
    }

    @Test
    void validRowsStoresTheGoodOnes() {
        long before = items();
        ImportReport report = runList(rows(3) + "4,短,,,\n", ImportMode.VALID_ROWS);

        assertThat(report.created()).isEqualTo(3);
        assertThat(report.rejected()).isEqualTo(1);
        assertThat(items()).isEqualTo(before + 3);
    }

    @Test
    void aRowThatIsTwiceInTheFileIsStoredOnce() {
        ImportReport report = runList(rows(2) + rows(2), ImportMode.ALL_OR_NOTHING);

        assertThat(report.created()).isEqualTo(2);
        assertThat(report.duplicates()).isEqualTo(2);
        assertThat(report.rejected()).isZero();
    }

    @Test
    void everyRuleOfTheStartFormHolds() {
        ImportReport report = runList(
                "1,示例路口三处路灯连续五天不亮,子虚乌有,换灯,2026-05-01\n"
                        + "2,示例路口三处路灯连续五天不亮,,,等通知\n"
                        + "3,示例路口三处路灯连续五天不亮,,,1979-05-01\n",
                ImportMode.VALID_ROWS);

        assertThat(report.rejected()).isEqualTo(3);
        assertThat(report.problems())
                .extracting(ImportProblem::field, ImportProblem::message)
                .containsExactly(
                        tuple("leadUnit", "“牵头单位”中没有选项“子虚乌有”。"),
                        tuple("originalDue", "“来源规定的期限”的日期“等通知”不正确，应为年-月-日，如 2026-03-05。"),
                        tuple("originalDue", "“来源规定的期限”的日期“1979-05-01”不正确，应为年-月-日，如 2026-03-05。"));
    }

    @Test
    void aDueDateThatHasPassedIsKept() {
        LocalDate found = lifeCycle.today().minusYears(2);
        LocalDate due = lifeCycle.today().minusYears(1);
        Map<String, String> defaults = new HashMap<>(defaults());
        defaults.put("foundDate", found.toString());
        Path file = write(HEADER + "1,示例路口三处路灯连续五天不亮,,换灯," + due + "\n");
        run(new ImportRequest("list.csv", file, "office-list", defaults, false, ImportMode.ALL_OR_NOTHING));

        assertThat(lifeCycle.item(itemNo("1")).originalDue()).isEqualTo(due);
    }

    @Test
    void everyProblemIsTold() {
        ImportReport report = runList("1,短,,,\n".repeat(700), ImportMode.VALID_ROWS);

        assertThat(report.rejected()).isEqualTo(700);
        assertThat(report.problems()).hasSize(700);
        assertThat(report.problemCount()).isEqualTo(700);
    }

    @Test
    void whenTheLastRowFailsNothingIsStored() {
        long before = items();
        long batches = batches();
        long instances = instances();
        // the database refuses the third item, as a crash would end the transaction
        jdbc.sql("alter table item add constraint no_third check (source_seq <> '3') not valid")
                .update();
        try {
            assertThatThrownBy(() -> runList(rows(3), ImportMode.ALL_OR_NOTHING))
                    .isInstanceOf(RuntimeException.class);
        } finally {
            jdbc.sql("alter table item drop constraint no_third").update();
        }
        assertThat(items()).isEqualTo(before);
        assertThat(batches()).isEqualTo(batches);
        assertThat(instances()).isEqualTo(instances);
    }

    @Test
    void twoImportsOfTheSameRowsAtOnceEndInARefusal() throws Exception {
        long before = items();
        CompletableFuture<ImportReport> second = new CompletableFuture<>();
        // the first has stored its rows and not committed yet when the second comes
        transaction.executeWithoutResult(status -> {
            runList(rows(2), ImportMode.ALL_OR_NOTHING);
            CompletableFuture.runAsync(() -> {
                try {
                    second.complete(runList(rows(2), ImportMode.ALL_OR_NOTHING));
                } catch (RuntimeException e) {
                    second.completeExceptionally(e);
                }
            });
            waitUntilBlocked();
        });

        assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(Kind.CONFLICT));
        assertThat(items()).isEqualTo(before + 2);
    }

    @Test
    void onlyARegistrarImports() {
        Path file = write(HEADER + rows(1));
        for (String person : List.of("reviewer", "handler", "operator")) {
            assertRefused(
                    Kind.FORBIDDEN,
                    "refusal.role.registrar",
                    () -> people.as(person, () -> {
                        imports.run(request(file, ImportMode.ALL_OR_NOTHING));
                    }));
        }
    }

    @Test
    void aProfileThatIsNoneIsRefused() {
        Path file = write(HEADER + rows(1));
        assertRefused(
                Kind.INVALID,
                "import.profile-unknown",
                () -> run(new ImportRequest("a.csv", file, "../kev", defaults(), true, ImportMode.VALID_ROWS)));
        assertRefused(
                Kind.INVALID,
                "import.profile-unknown",
                () -> run(new ImportRequest("a.csv", file, "none", defaults(), true, ImportMode.VALID_ROWS)));
    }

    @Test
    void aFileThatCannotBeReadStoresNothing() throws IOException {
        long before = items();
        Path file = Files.write(folder.resolve("bad"), zip(parts("<row><c r=\"A1\" t=\"s\"><v>7</v></c></row>")));

        assertRefused(
                Kind.INVALID,
                "import.file.damaged",
                () -> run(new ImportRequest("a.xlsx", file, "ledger", defaults(), false, ImportMode.VALID_ROWS)));
        assertThat(items()).isEqualTo(before);
    }

    @Test
    void nulIsAProblemOfItsRow() {
        Path file;
        try {
            file = Files.write(
                    folder.resolve("nul.xlsx"),
                    zip(parts("<row><c t=\"inlineStr\"><is><t>序号</t></is></c>"
                            + "<c t=\"inlineStr\"><is><t>问题</t></is></c></row>"
                            + "<row><c t=\"inlineStr\"><is><t>a_x0000_</t></is></c>"
                            + "<c t=\"inlineStr\"><is><t>示例路口三处路灯连续五天不亮</t></is></c></row>")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ImportReport report =
                run(new ImportRequest("nul.xlsx", file, "office-list", defaults(), false, ImportMode.VALID_ROWS));

        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.sheet()).isEqualTo("Sheet1");
            assertThat(problem.row()).isEqualTo(2);
            assertThat(problem.field()).isEqualTo("sourceSeq");
        });
    }

    @Test
    void anImportIsReviewedInOneStepByAnotherPerson() {
        ImportReport report = runList(rows(3), ImportMode.ALL_OR_NOTHING);
        long batch = report.batchId();
        assertThat(importReviews.waiting(0, importReviews.countWaiting()))
                .filteredOn(waiting -> waiting.id() == batch)
                .singleElement()
                .satisfies(waiting -> {
                    assertThat(waiting.fileName()).isEqualTo("list.csv");
                    assertThat(waiting.importedBy()).isEqualTo("陈登记");
                    assertThat(waiting.created()).isEqualTo(3);
                    assertThat(waiting.waiting()).isEqualTo(3);
                });

        ImportReviews.Review review = people.as("reviewer", () -> importReviews.review(batch));

        assertThat(review.accepted()).isEqualTo(3);
        assertThat(review.left()).isEmpty();
        assertThat(importReviews.waiting(0, importReviews.countWaiting()))
                .extracting(ImportReviews.Batch::id)
                .doesNotContain(batch);
        assertThat(lifeCycle.item(itemNo("1")).status()).isEqualTo(ItemStatus.DISPATCHED);
        assertThat(lifeCycle.item(itemNo("1")).review().reviewedBy()).isEqualTo("reviewer");
        assertThat(lifeCycle.waiting(itemNo("1")).taskKey()).isEqualTo("claim-item");
        assertRefused(
                Kind.CONFLICT,
                "import.batch-reviewed",
                () -> people.as("reviewer", () -> {
                    importReviews.review(batch);
                }));
    }

    @Test
    void whatLooksLikeAnotherItemIsLeftForAReviewOfItsOwn() {
        Map<String, Object> written = lifeCycle.registration();
        written.put("title", "示例路口三处路灯连续五天不亮" + source);
        lifeCycle.register(written);
        long batch = runList("1,示例路口三处路灯连续五天不亮" + source + ",,,\n" + rows(1, 2), ImportMode.ALL_OR_NOTHING)
                .batchId();

        ImportReviews.Review review = people.as("reviewer", () -> importReviews.review(batch));

        assertThat(review.accepted()).isEqualTo(1);
        assertThat(review.left()).singleElement().satisfies(left -> {
            assertThat(left.itemNo()).isEqualTo(itemNo("1"));
            assertThat(left.reason()).isEqualTo("查到 1 条相似事项，须逐条审核");
        });
        assertThat(lifeCycle.item(itemNo("1")).status()).isEqualTo(ItemStatus.REVIEW);
        assertThat(lifeCycle.item(itemNo("2")).status()).isEqualTo(ItemStatus.DISPATCHED);
    }

    @Test
    void whatWasDecidedOrClaimedBeforeIsLeftAlone() {
        organization.save(new Person("reviewer2", "另审核", "leading-group-office", Set.of(Role.REVIEWER)), "{noop}x");
        long batch = runList(rows(3), ImportMode.ALL_OR_NOTHING).batchId();
        lifeCycle.complete("reviewer", itemNo("1"), Samples.acceptance());
        people.as("reviewer2", () -> tasks.claim(lifeCycle.waiting(itemNo("2")).taskId()));

        ImportReviews.Review review = people.as("reviewer", () -> importReviews.review(batch));

        assertThat(review.accepted()).isEqualTo(1);
        assertThat(review.left()).extracting(ImportReviews.Review.Left::reason).containsExactly("已被其他审核员认领");
    }

    @Test
    void nobodyReviewsTheirOwnImportOrWithoutTheRole() {
        long batch = runList(rows(1), ImportMode.ALL_OR_NOTHING).batchId();
        Person both = new Person("registrar", "陈登记", "leading-group-office", Set.of(Role.REGISTRAR, Role.REVIEWER));
        assertRefused(
                Kind.FORBIDDEN,
                "refusal.role.reviewer",
                () -> people.as("registrar", () -> {
                    importReviews.review(batch);
                }));
        organization.save(both, "kept");
        try {
            assertRefused(
                    Kind.FORBIDDEN,
                    "refusal.four-eyes",
                    () -> people.as("registrar", () -> {
                        importReviews.review(batch);
                    }));
        } finally {
            organization.save(new Person("registrar", "陈登记", "leading-group-office", Set.of(Role.REGISTRAR)), "kept");
        }
        assertRefused(
                Kind.NOT_FOUND,
                "import.batch-unknown",
                () -> people.as("reviewer", () -> {
                    importReviews.review(-1);
                }));
        assertThat(lifeCycle.item(itemNo("1")).status()).isEqualTo(ItemStatus.REVIEW);
    }

    @Test
    void theNameOfTheFileIsKeptWithoutItsFolders() {
        Path file = write(HEADER + rows(1));
        ImportReport report = run(
                new ImportRequest("C:\\台账\\清\0单.csv", file, "office-list", defaults(), false, ImportMode.VALID_ROWS));

        assertThat(importReviews.waiting(0, importReviews.countWaiting()))
                .filteredOn(batch -> batch.id() == report.batchId())
                .extracting(ImportReviews.Batch::fileName)
                .containsExactly("清单.csv");
    }

    @Test
    void profilesHaveNames() {
        assertThat(importProfiles.all())
                .extracting(ImportProfiles.Profile::label)
                .containsExactly("已知被利用漏洞目录（KEV）", "整改台账", "问题清单");
    }

    private Map<String, String> defaults() {
        return Map.of(
                "sourceType", "AUDIT",
                "sourceDocNo", source,
                "foundDate", "2026-01-05",
                "foundBy", "示例审计组",
                "category", "安全生产",
                "level", "一般",
                "urgency", "平",
                "systemic", "否",
                "visibility", "内部",
                "leadUnit", Samples.CITY_UNIT);
    }

    private String rows(int count) {
        return rows(count, 1);
    }

    private String rows(int count, int from) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> i + ",示例路口第" + i + "处路灯连续五天不亮，" + source + ",,换灯,\n")
                .collect(Collectors.joining());
    }

    private ImportReport runList(String rows, ImportMode mode) {
        return run(request(write(HEADER + rows), mode));
    }

    private ImportRequest request(Path file, ImportMode mode) {
        return new ImportRequest("list.csv", file, "office-list", defaults(), false, mode);
    }

    private ImportRequest request(Path file, ImportMode mode, boolean dryRun, ImportChoices choices) {
        return new ImportRequest("list.csv", file, "office-list", defaults(), dryRun, mode, choices);
    }

    private ImportReviews.Batch batch(long id) {
        return importReviews.waiting(Math.max(0, importReviews.countWaiting() - 200), 200).stream()
                .filter(batch -> batch.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private ImportReport run(ImportRequest request) {
        return people.as("registrar", () -> imports.run(request));
    }

    private Path write(String text) {
        try {
            return Files.write(folder.resolve(UUID.randomUUID().toString()), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String itemNo(String sourceSeq) {
        return jdbc.sql("select item_no from item where source_doc_no = ? and source_seq = ?")
                .params(source, sourceSeq)
                .query(String.class)
                .single();
    }

    private long items() {
        return count("select count(*) from item");
    }

    private long batches() {
        return count("select count(*) from import_batch");
    }

    private long instances() {
        return count("select count(*) from act_hi_procinst");
    }

    private long waitingForReview(long batch) {
        return jdbc.sql("""
                        select count(*) from to_do join item on item.id = to_do.item_id
                            join act_ru_task on act_ru_task.id_ = to_do.task_id
                        where item.import_batch_id = ? and to_do.task_key = 'review-registration'""").param(batch).query(Long.class).single();
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    /** Until another connection waits for a lock that this transaction holds. */
    private void waitUntilBlocked() {
        for (int i = 0; i < 300; i++) {
            if (count("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") > 0) {
                return;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("The second import did not wait for the first");
    }

    private static void assertRefused(Kind kind, String code, Runnable work) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(kind);
            assertThat(refused.problems()).extracting(Problem::code).containsExactly(code);
        });
    }

    /** Wall-clock time and the time this thread had a processor, which other work on the machine does not stretch. */
    private static final class Stopwatch {

        private final long start = System.nanoTime();
        private final long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        @Override
        public String toString() {
            return "%d ms, %d ms of it on a processor"
                    .formatted(
                            (System.nanoTime() - start) / 1_000_000,
                            (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1_000_000);
        }
    }
}
