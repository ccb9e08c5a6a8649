package org.guiling.ledger.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.item.request.Decomposition;
import org.guiling.ledger.board.DatedFigures.Group;
import org.guiling.ledger.export.LedgerColumns;
import org.guiling.ledger.export.LedgerExport;
import org.guiling.ledger.search.CountedSet;
import org.guiling.ledger.search.Filters;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.text.Texts;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Each figure of DOMAIN.md §5, for twenty days of a ledger's life, against SQL of its own: {@link RawFigures} asks the raw
 * tables anew for each day and shares nothing with what the product runs.
 */
@GuilingTest
class DatedFiguresTest {

    private static final int[] DAYS = {0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 22, 25, 29, 30, 31, 40, 47, 55, 150};

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    DatedFigures figures;

    @Autowired
    FigureTables tables;

    @Autowired
    LedgerExport export;

    @Autowired
    Texts texts;

    @Autowired
    Ledger ledger;

    @Autowired
    Decomposition decomposition;

    @Autowired
    People people;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    private String campaign;
    private LocalDate first;

    @BeforeEach
    void newCampaign() {
        campaign = "指标" + UUID.randomUUID();
        first = lifeCycle.today();
        clock.set(first);
    }

    @Test
    void eachFigureOfAPastDayIsWhatTheRawTablesSay() {
        liveThrough();
        RawFigures raw = new RawFigures(jdbc, campaign);
        for (int day : DAYS) {
            LocalDate date = first.plusDays(day);
            for (Grouping grouping : Grouping.values()) {
                Map<String, Map<String, BigDecimal>> told = new HashMap<>();
                groups(date, grouping).forEach(group -> told.put(group.key(), numbers(group)));
                assertThat(told).as("%s after %s days, %s", grouping, day, date).isEqualTo(raw.on(date, grouping));
            }
        }
    }

    @Test
    void exportAndTableSayWhatTheRawTablesSayOfAPastDay() throws IOException {
        liveThrough();
        for (int day : new int[] {20, 47, 150}) {
            LocalDate date = first.plusDays(day);
            Map<String, BigDecimal> raw =
                    new RawFigures(jdbc, campaign).on(date, Grouping.SOURCE).get(null);
            List<FigureTables.Row> rows = tables.rows(people.everything(), filter(), null, date, Grouping.SOURCE);
            Map<String, Figure> told = rows.get(0).figures().stream()
                    .collect(Collectors.toMap(figure -> figure.name(texts), figure -> figure));
            try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(exported(date)))) {
                XSSFSheet sheet = workbook.getSheet("指标");
                assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
                assertThat(sheet.getRepeatingRows().formatAsString()).isEqualTo("1:1");
                assertThat(sheet.getHeader().getRight()).contains(date.toString());
                assertThat(rows).hasSizeGreaterThan(2);
                assertShown(sheet, told, "退单率", "DECLINED", "DISPATCHES", raw);
                assertShown(sheet, told, "核查退回率", "RETURNED", "VERIFIED", raw);
                assertShown(sheet, told, "超期率", "DUE_LATE", "DUE", raw);
                assertShown(sheet, told, "虚假整改", "FALSIFIED", "CHECKED", raw);
                for (String[] time : new String[][] {
                    {"平均整改时长（自然日）", "MEAN"},
                    {"整改时长中位数（自然日）", "MEDIAN"},
                    {"平均整改时长（工作日）", "MEAN_WORKING"},
                    {"整改时长中位数（工作日）", "MEDIAN_WORKING"}
                }) {
                    assertThat(told.get(time[0]).number()).as(time[0]).isEqualByComparingTo(raw.get(time[1]));
                    assertThat(cell(sheet, time[0]).getNumericCellValue())
                            .as(time[0])
                            .isEqualTo(raw.get(time[1]).doubleValue());
                }
                // The inspections are fewer than five: numbers, and no rate.
                assertThat(rows).anySatisfy(row -> {
                    assertThat(row.scored()).isFalse();
                    assertThat(row.figures())
                            .allSatisfy(figure -> assertThat(figure.text(texts)).isIn("不计分", "—"));
                });
            }
        }
        assertThatThrownBy(
                        () -> export.check(people.everything(), filter(), LedgerColumns.keys(), first.plusDays(1000)))
                .hasMessage("refusal.figures.future");
    }

    private void assertShown(
            XSSFSheet sheet,
            Map<String, Figure> told,
            String name,
            String part,
            String whole,
            Map<String, BigDecimal> raw) {
        BigDecimal percent =
                Rate.percent(raw.get(part).longValue(), raw.get(whole).longValue());
        assertThat(told.get(name).number()).as(name).isEqualTo(percent);
        assertThat(told.get(name).basis(texts)).as(name).isEqualTo(raw.get(part) + " / " + raw.get(whole));
        Cell cell = cell(sheet, name + "（%）");
        if (percent == null) {
            assertThat(cell.getStringCellValue()).as(name).isEqualTo("—");
        } else {
            assertThat(cell.getNumericCellValue()).as(name).isEqualTo(percent.doubleValue());
        }
    }

    /** Of all items. */
    private static Cell cell(XSSFSheet sheet, String name) {
        for (Cell head : sheet.getRow(0)) {
            if (head.getStringCellValue().equals(name)) {
                return sheet.getRow(1).getCell(head.getColumnIndex());
            }
        }
        throw new AssertionError(name);
    }

    private byte[] exported(LocalDate date) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        export.write(bytes, people.everything(), filter(), Ledger.Sort.REGISTERED, LedgerColumns.keys(), date);
        return bytes.toByteArray();
    }

    @Test
    void theFiguresOfTodayAreTheLengthsOfTheLists() {
        liveThrough();
        LocalDate today = lifeCycle.today();
        Group dated = figures.total(people.everything(), filter(), null, today);
        Map<CountedSet, Long> listed = new HashMap<>();
        for (CountedSet set : dated.sets().keySet()) {
            listed.put(
                    set,
                    ledger.count(people.everything(), Filters.of("campaignCode", campaign, "counted.set", set.name())));
        }
        assertThat(dated.sets()).isEqualTo(listed);
        // and every figure has something to tell, or the comparison would prove nothing
        assertThat(dated.sets().values()).allMatch(count -> count > 0);
        assertThat(dated.declined()).isPositive();
        assertThat(dated.duration().items()).isPositive();
        assertThat(dated.isScored()).isTrue();
    }

    @Test
    void aUnitsFiguresAreThoseOfTheItemsThatItLedOnTheDay() {
        String declined = itemAt(ItemStatus.DISPATCHED);
        after(2);
        decline(declined);
        after(4);
        assertThat(ofUnit(Samples.CITY_UNIT, 1)).containsEntry(CountedSet.RATED, 1L);
        assertThat(ofUnit("jiaqiao-town", 1)).containsEntry(CountedSet.RATED, 0L);
        assertThat(ofUnit(Samples.CITY_UNIT, 2)).containsEntry(CountedSet.RATED, 0L);
        assertThat(ofUnit("jiaqiao-town", 2)).containsEntry(CountedSet.RATED, 1L);
        Group city = figures.total(people.everything(), filter(), Samples.CITY_UNIT, first.plusDays(4));
        assertThat(city.declined()).isEqualTo(1);
        assertThat(city.dispatches()).isEqualTo(1);
        assertThat(city.isScored()).isFalse();
        assertThat(city.percent(Rate.CLOSED)).isNull();
        assertThat(city.declinedPercent()).isNull();
    }

    @Test
    void aDayInTheFutureOrBeforeTheFirstItemIsRefused() {
        itemAt(ItemStatus.REVIEW);
        LocalDate begin = figures.firstDay(people.everything());
        assertThatThrownBy(() -> figures.total(people.everything(), filter(), null, first.plusDays(1)))
                .hasMessage("refusal.figures.future");
        assertThatThrownBy(() -> figures.total(people.everything(), filter(), null, begin.minusDays(1)))
                .hasMessage("refusal.figures.before-first");
        assertThat(figures.total(people.everything(), filter(), null, begin)).isNotNull();
    }

    /** One item for each turn that an item can take. */
    private void liveThrough() {
        String reopened = itemAt(ItemStatus.CLOSED);
        itemAt(ItemStatus.RECTIFYING);
        String extended = itemAt(ItemStatus.RECTIFYING);
        String returned = itemAt(ItemStatus.VERIFYING);
        String redispatched = itemAt(ItemStatus.DISPATCHED);
        String kept = itemAt(ItemStatus.DISPATCHED);
        String suspended = itemAt(ItemStatus.RECTIFYING);
        String split = itemAt(ItemStatus.RECTIFYING);
        String rejected = itemAt(ItemStatus.REVIEW);
        String cancelled = itemAt(ItemStatus.RECTIFYING);
        String late = itemAt(ItemStatus.RECTIFYING);
        String falsified = itemAt(ItemStatus.RECTIFYING, "sourceType", "INSPECTION");
        String returnedAtSignOff = itemAt(ItemStatus.CLOSING);
        after(2);
        decline(redispatched);
        lifeCycle.complete("handler", kept, Samples.decline("jiaqiao-town"));
        itemAt(ItemStatus.PLANNING, "leadUnit", Samples.VILLAGE_UNIT);
        after(3);
        lifeCycle.complete("verifier", returned, Samples.failedVerification(lifeCycle.today(), "第二处井盖未更换"));
        lifeCycle.complete("supervisor", kept, fields("decision", "KEEP", "opinion", "职责在本单位。"));
        lifeCycle.moveTo(ItemStatus.RECTIFYING, kept);
        after(5);
        lifeCycle.complete(
                "reviewer", rejected, fields("duplicateAnswer", "NONE", "decision", "REJECT", "opinion", "不属整改范围。"));
        lifeCycle.raise(
                "handler",
                RequestProcess.EXTENSION,
                extended,
                Samples.extension(lifeCycle.workingDayFrom(first.plusDays(50))));
        lifeCycle.complete("leader", extended, "decide-on-extension", fields("decision", "APPROVE"));
        Map<String, Object> back = Samples.signOff();
        back.putAll(fields(
                "decision",
                "RETURN",
                "defect1",
                "资料不全",
                "reworkDue",
                lifeCycle.workingDays(10).toString()));
        back.keySet().removeAll(List.of("sourceReply", "sourceReplyNote"));
        lifeCycle.complete("supervisor", returnedAtSignOff, back);
        after(6);
        lifeCycle.raise("handler", RequestProcess.SUSPENSION, suspended, Samples.suspension(first.plusDays(60)));
        lifeCycle.complete("supervisor", suspended, "decide-on-suspension", fields("decision", "APPROVE"));
        lifeCycle.raise(
                "handler",
                RequestProcess.DECOMPOSITION,
                split,
                Samples.onePart(lifeCycle.workingDayFrom(first.plusDays(20))));
        after(10);
        lifeCycle.moveTo(ItemStatus.CLOSED, returned);
        lifeCycle.moveTo(ItemStatus.VERIFYING, falsified);
        Map<String, Object> finding = Samples.failedVerification(lifeCycle.today(), "照片为旧照");
        finding.put("decision", "FALSE");
        lifeCycle.complete("verifier", falsified, finding);
        lifeCycle.moveTo(ItemStatus.RECTIFYING, redispatched);
        after(12);
        lifeCycle.raise(
                "handler",
                RequestProcess.WITHDRAWAL,
                cancelled,
                fields("kind", "CANCELLATION", "ground", "OBJECT_GONE", "reason", "该路段已随改造拆除。"));
        lifeCycle.complete("supervisor", cancelled, "decide-on-withdrawal", fields("decision", "APPROVE"));
        after(20);
        lifeCycle.complete("supervisor", suspended, "resume-item", fields("opinion", "复议已撤回。"));
        after(22);
        lifeCycle.raise("registrar", RequestProcess.REOPENING, reopened, Samples.reopening(first.plusDays(80)));
        lifeCycle.complete("supervisor", reopened, "decide-on-reopening", fields("decision", "APPROVE"));
        after(30);
        lifeCycle.moveTo(ItemStatus.CLOSED, suspended);
        lifeCycle.moveTo(ItemStatus.CLOSED, reopened);
        after(40);
        lifeCycle.moveTo(ItemStatus.CLOSED, late);
        after(47);
        lifeCycle.moveTo(ItemStatus.CLOSED, extended);
        // then what was closed is looked back on, and turns out to be false
        clock.set(lifeCycle.item(late).outcome().lookBackOn());
        lookBackDayComes(late);
        lifeCycle.complete("verifier3", late, "look-back-check", Samples.rebound(lifeCycle.today()));
        clock.set(first.plusDays(400));
    }

    private void lookBackDayComes(String itemNo) {
        String instance = runtime.createProcessInstanceQuery()
                .processDefinitionKey("look-back")
                .processInstanceBusinessKey(itemNo)
                .singleResult()
                .getId();
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(instance)
                .duedateLowerThan(Date.from(clock.instant()))
                .singleResult()
                .getId());
    }

    private void decline(String itemNo) {
        lifeCycle.complete("handler", itemNo, Samples.decline("jiaqiao-town"));
        lifeCycle.complete(
                "supervisor",
                itemNo,
                fields("decision", "REDISPATCH", "newUnit", "jiaqiao-town", "opinion", "按职责分工由镇办理。"));
    }

    private void after(int days) {
        clock.set(first.plusDays(days));
    }

    private String itemAt(ItemStatus status, Object... facts) {
        Map<String, Object> all = fields(facts);
        all.put("campaignCode", campaign);
        return lifeCycle.itemAt(status, all);
    }

    private LedgerFilter filter() {
        return Filters.of("campaignCode", campaign);
    }

    private Map<CountedSet, Long> ofUnit(String unit, int day) {
        return figures.total(people.everything(), filter(), unit, first.plusDays(day))
                .sets();
    }

    private List<Group> groups(LocalDate day, Grouping grouping) {
        return figures.groups(people.everything(), filter(), null, day, grouping);
    }

    private static Map<String, BigDecimal> numbers(Group group) {
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        group.sets().forEach((set, count) -> numbers.put(set.name(), BigDecimal.valueOf(count)));
        numbers.put("DISPATCHES", BigDecimal.valueOf(group.dispatches()));
        numbers.put("DECLINED", BigDecimal.valueOf(group.declined()));
        numbers.put("MEASURED", BigDecimal.valueOf(group.duration().items()));
        numbers.put("MEAN", group.duration().meanDays());
        numbers.put("MEDIAN", group.duration().medianDays());
        numbers.put("MEAN_WORKING", group.duration().meanWorkingDays());
        numbers.put("MEDIAN_WORKING", group.duration().medianWorkingDays());
        return numbers;
    }
}
