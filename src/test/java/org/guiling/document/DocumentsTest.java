package org.guiling.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFHeader;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.UnitChanges;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageMar;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTSectPr;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Each document, filled from items on their way and read back. */
@GuilingTest
class DocumentsTest {

    /** A Monday; no holiday is near until the Spring Festival. */
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private static final String TITLE = "示例路三处窨井盖缺失";
    private static final String OFFICE = "市归零工作领导小组办公室（示例）";
    private static final Path WRITTEN = Path.of("target/documents");

    /** One source numbers them apart, so that none is taken for another. */
    private static int made;

    @Autowired
    Documents documents;

    @Autowired
    ReportContents reports;

    @Autowired
    DocumentProperties properties;

    @Autowired
    Organization organization;

    @Autowired
    OrganizationChanges changes;

    @Autowired
    UnitChanges unitChanges;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Timeline timeline;

    @Autowired
    People people;

    @Autowired
    TestClock clock;

    @BeforeEach
    void monday() {
        clock.set(MONDAY);
    }

    @AfterEach
    void today() {
        clock.reset();
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void theAssignmentHasTheFactsAsTheyWereAccepted() throws IOException {
        Item item = item(ItemStatus.DISPATCHED);

        try (XWPFDocument document = filled(DocumentKind.ASSIGNMENT, item)) {
            assertThat(texts(document)).contains("整改事项交办单", OFFICE + "\t　　〔2026〕　　号");
            assertThat(pairs(document))
                    .containsEntry("事项编号", item.itemNo())
                    .containsEntry("交办日期", "2026年3月2日")
                    .containsEntry("问题标题", TITLE)
                    .containsEntry("来源文号", "测试〔2026〕1号")
                    .containsEntry("等级", "一般")
                    .containsEntry("牵头单位", "市住房建设和城市管理局（示例）")
                    .containsEntry("立项审核", "沈审核")
                    // Nobody has claimed it and set a date: room for the pen.
                    .containsEntry("整改期限", "")
                    .containsEntry("承办人", "");
        }
    }

    @Test
    void aClaimedItemsAssignmentNamesThoseWhoAnswer() throws IOException {
        try (XWPFDocument document = filled(DocumentKind.ASSIGNMENT, item(ItemStatus.RECTIFYING))) {
            assertThat(pairs(document))
                    .containsEntry("责任领导", "甲局长")
                    .containsEntry("分管领导", "乙副局长")
                    .containsEntry("承办人", "程承办")
                    .containsEntry("整改期限", "2026年4月1日");
        }
    }

    @Test
    void lettersOfSupervisionFollowTheLadder() throws IOException {
        String itemNo = item(ItemStatus.RECTIFYING).itemNo();
        assertThat(documents.available(lifeCycle.item(itemNo)))
                .doesNotContain(
                        DocumentKind.URGING_LETTER, DocumentKind.YELLOW_CARD_LETTER, DocumentKind.RED_CARD_LETTER);

        // when it is urged, and a yellow card is proposed that nobody has issued yet
        lifeCycle.climbToCard(itemNo);
        try (XWPFDocument urging = filled(DocumentKind.URGING_LETTER, lifeCycle.item(itemNo))) {
            assertThat(texts(urging))
                    .contains(
                            "关于" + itemNo + "号整改事项的",
                            "催办函",
                            "市住房建设和城市管理局（示例）：",
                            "事项：" + TITLE + "。",
                            OFFICE,
                            "2026年4月2日")
                    .anySatisfy(text -> assertThat(text).contains("该事项处于“整改中”状态，尚未办结"));
            assertThat(headers(urging)).contains(OFFICE);
        }
        assertThat(documents.available(lifeCycle.item(itemNo))).doesNotContain(DocumentKind.YELLOW_CARD_LETTER);

        // when it is issued
        lifeCycle.complete("supervisor", itemNo, "decide-on-card", fields("decision", "ISSUE"));
        try (XWPFDocument yellow = filled(DocumentKind.YELLOW_CARD_LETTER, lifeCycle.item(itemNo))) {
            assertThat(texts(yellow))
                    .contains("黄牌督办函", "2026年4月7日", "请于2026年4月10日前（含当日）书面报告整改情况。", "如有异议，可于2026年5月7日前（含当日）申辩。")
                    .anySatisfy(text -> assertThat(text).contains("“整改落实”环节应于2026年4月1日办结，至今未办结"));
        }

        // and the next rung
        lifeCycle.issueCard(itemNo);
        // which leaves room for a pen if it was issued before anything waited for its answer
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update supervision_card set reply_due = null, reply_task = null where item_id = ?")
                    .param(lifeCycle.item(itemNo).id())
                    .update();
            timeline.append(
                    lifeCycle.item(itemNo), Action.STEP_MOVED, null, new TimelineFact.StepMoved(Step.VERIFICATION));
        });
        try (XWPFDocument red = filled(DocumentKind.RED_CARD_LETTER, lifeCycle.item(itemNo))) {
            assertThat(texts(red)).contains("红牌督办函", "请于　　月　　日前（含当日）书面报告整改情况。");
        }

        // and what was taken back is no letter any more
        lifeCycle.complete("supervisor", itemNo, "take-back-card", fields("opinion", "期限看错了。"));
        assertThat(documents.available(lifeCycle.item(itemNo)))
                .contains(DocumentKind.YELLOW_CARD_LETTER)
                .doesNotContain(DocumentKind.RED_CARD_LETTER);
    }

    @Test
    void theExtensionsFormShowsWhoDecidedWhatWhen() throws IOException {
        String itemNo = item(ItemStatus.RECTIFYING).itemNo();
        lifeCycle.raise(
                "handler",
                RequestProcess.EXTENSION,
                itemNo,
                Samples.extension(lifeCycle.item(itemNo).currentDue().plusDays(9)));
        try (XWPFDocument asked = filled(DocumentKind.EXTENSION_APPROVAL, lifeCycle.item(itemNo))) {
            assertThat(pairs(asked))
                    .containsEntry("申请人", "程承办")
                    .containsEntry("申请时期限", "2026年4月1日")
                    .containsEntry("申请延至", "2026年4月10日")
                    .containsEntry("延期理由", "材料到货推迟，井盖需定制。")
                    .containsEntry("审批结果", "");
            assertThat(rowsUnder(asked, "序号")).containsExactly(List.of("", "", "", "", "", "", ""));
        }

        clock.set(MONDAY.plusDays(1));
        lifeCycle.complete(
                "leader", itemNo, "decide-on-extension", fields("decision", "REFUSE", "opinion", "原期限已充分考虑工期。"));

        try (XWPFDocument decided = filled(DocumentKind.EXTENSION_APPROVAL, lifeCycle.item(itemNo))) {
            assertThat(rowsUnder(decided, "序号"))
                    .containsExactly(List.of("1", "傅副组", OFFICE, "不同意", "原期限已充分考虑工期。", "2026年3月3日", ""));
            assertThat(pairs(decided)).containsEntry("审批结果", "不同意").containsEntry("审定日期", "2026年3月3日");
        }
    }

    @Test
    void theReworkNoticeListsTheDefectsOfTheRound() throws IOException {
        String itemNo = returned();

        try (XWPFDocument document = filled(DocumentKind.REWORK_NOTICE, lifeCycle.item(itemNo))) {
            assertThat(texts(document))
                    .contains("一、需要重改的问题", "1. 第二处井盖松动，未与路面齐平", "2. 未附安装验收单", "现场查看，三处井盖均已安装牢固。", "2026年3月2日")
                    .anySatisfy(text -> assertThat(text).contains("经核查，尚有问题未整改到位，现退回重改，进入第2轮整改。请于2026年3月17日前完成整改"));
            assertThat(texts(document)).noneMatch(text -> text.contains("defects"));
        }
    }

    @Test
    void theVerifiersTakeTheirFormAlongAndItIsFilledAfterwards() throws IOException {
        String itemNo = item(ItemStatus.VERIFYING).itemNo();
        try (XWPFDocument before = filled(DocumentKind.VERIFICATION_FORM, lifeCycle.item(itemNo))) {
            assertThat(pairs(before)).containsEntry("核查方式", "").containsEntry("核查结论", "");
            assertThat(rowsUnder(before, "验收标准"))
                    .containsExactly(
                            List.of("问题已解决", ""), List.of("措施全部落实", ""), List.of("佐证齐全真实", ""), List.of("已举一反三", ""));
            assertThat(rowsUnder(before, "序号"))
                    .containsExactly(
                            List.of("1", "补齐三处井盖", "丙科长", "2026年3月12日", "已完成", "照片三张，存档案室A1"),
                            List.of("2", "印发井盖巡查制度", "丁科长", "2026年3月22日", "已完成", "住建〔2026〕9号"));
        }

        lifeCycle.moveTo(ItemStatus.CLOSING, itemNo);
        try (XWPFDocument after = filled(DocumentKind.VERIFICATION_FORM, lifeCycle.item(itemNo))) {
            assertThat(pairs(after))
                    .containsEntry("核查方式", "现场核查")
                    .containsEntry("核查日期", "2026年3月2日")
                    .containsEntry("核查结论", "通过")
                    .containsEntry("核查意见", "现场查看，三处井盖均已安装牢固。");
            assertThat(rowsUnder(after, "验收标准"))
                    .allSatisfy(row -> assertThat(row.get(1)).isEqualTo("符合"));
        }
    }

    @Test
    void theClosuresFormShowsTheSignaturesOfTheRecordAndFakesNone() throws IOException {
        try (XWPFDocument document = filled(DocumentKind.CLOSURE_APPROVAL, item(ItemStatus.CLOSED))) {
            assertThat(rowsUnder(document, "序号").get(2))
                    .containsExactly("1", "杜督导", OFFICE, "同意", "同意销号。", "2026年3月2日", "");
            assertThat(pairs(document))
                    .containsEntry("整改结果", "三处井盖全部补齐。")
                    .containsEntry("回告来源", "已书面回告：测试函〔2026〕2号")
                    .containsEntry("销号日期", "2026年3月2日")
                    .containsEntry("回头看日期", "2026年6月2日");
            assertThat(rowsUnder(document, "名称")).containsExactly(List.of("井盖巡查办法", "住建〔2026〕9号", "2026年3月2日"));
        }
    }

    @Test
    void thereIsNoDocumentWithoutAReason() {
        assertThat(documents.available(item(ItemStatus.REVIEW))).isEmpty();
        Item planning = item(ItemStatus.PLANNING);
        assertThat(documents.available(planning)).containsExactly(DocumentKind.ASSIGNMENT);
        assertThatThrownBy(() -> get(DocumentKind.REWORK_NOTICE, planning))
                .isInstanceOf(RefusedException.class)
                .hasMessage("refusal.document.no-reason");
    }

    @Test
    void theReportCountsWhatTheUnitHadOnHandInThePeriod() throws IOException {
        // given one item closed before the period, one closed in it, one that is late, and one cancelled
        lifeCycle.itemAt(ItemStatus.CLOSED);
        String late = item(ItemStatus.RECTIFYING).itemNo();
        String cancelled = item(ItemStatus.RECTIFYING).itemNo();
        clock.set(MONDAY.plusDays(7));
        LocalDate from = lifeCycle.today();
        DocumentContent.RectificationReport before = reported(from, from);
        String closed = item(ItemStatus.CLOSED).itemNo();
        withdraw(cancelled);
        clock.set(MONDAY.plusDays(60));
        LocalDate to = lifeCycle.today();

        // when the unit's report of the period is made
        DocumentContent.RectificationReport after = reported(from, to);

        // then what was on hand is there, and nothing else
        assertThat(Integer.parseInt(after.total())).isEqualTo(Integer.parseInt(before.total()));
        assertThat(Integer.parseInt(after.closed())).isEqualTo(Integer.parseInt(before.closed()) + 1);
        assertThat(Integer.parseInt(after.closedInPeriod())).isPositive();
        assertThat(Integer.parseInt(after.overdue())).isPositive();
        assertThat(after.items())
                .extracting(DocumentContent.LedgerRow::itemNo)
                .contains(late, closed)
                .doesNotContain(cancelled);
        Documents.File file = people.as("leader", () -> documents.report(Samples.CITY_UNIT, from, to));
        assertThat(file.name()).isEqualTo("整改报告 市住房建设和城市管理局（示例） 20260501.docx");
        Files.createDirectories(WRITTEN);
        Files.write(WRITTEN.resolve(DocumentKind.RECTIFICATION_REPORT.template()), file.content());
        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(file.content()))) {
            assertThat(texts(document))
                    .contains("现将2026年3月9日至2026年5月1日整改工作情况报告如下。")
                    .anySatisfy(text -> assertThat(text).contains("在办整改事项共" + after.total() + "件"));
            assertThat(rowsUnder(document, "序号")).hasSize(after.items().size()).anySatisfy(row -> assertThat(row)
                    .contains(late, TITLE, "1. 补齐三处井盖\n2. 印发井盖巡查制度"));
        }
    }

    @Test
    void theReportCountsPartsInPlaceOfTheirWhole() {
        String whole = item(ItemStatus.RECTIFYING).itemNo();
        LocalDate today = lifeCycle.today();
        DocumentContent.RectificationReport before = reported(today, today);
        DocumentContent.RectificationReport ofTheTown = reportOf("jiaqiao-town", today);

        lifeCycle.raise(
                "handler",
                RequestProcess.DECOMPOSITION,
                whole,
                Samples.onePart(lifeCycle.workingDayFrom(today.plusDays(20))));

        // The whole is still listed, and its part is counted where it is done.
        DocumentContent.RectificationReport after = reported(today, today);
        assertThat(after.items())
                .hasSameSizeAs(before.items())
                .extracting(DocumentContent.LedgerRow::itemNo)
                .contains(whole);
        assertThat(count(after.total())).isEqualTo(count(before.total()) - 1);
        assertThat(count(after.open())).isEqualTo(count(before.open()) - 1);
        assertThat(count(after.split())).isEqualTo(count(before.split()) + 1);
        assertThat(count(reportOf("jiaqiao-town", today).total())).isEqualTo(count(ofTheTown.total()) + 1);
        assertThat(after.figures())
                .extracting(DocumentContent.FigureRow::figure)
                .contains("超期率", "核查退回率", "退单率", "平均整改时长（自然日）", "整改时长中位数（工作日）", "虚假整改");
    }

    @Test
    void aReportOfFewItemsHasNoRates() {
        LocalDate today = lifeCycle.today();
        // of its own: what other tests leave in a unit is not few
        String unit = "few-" + UUID.randomUUID().toString().substring(0, 8);
        Runnable opening = () -> {
            unitChanges.open(new Unit(unit, "测试单位" + unit, Tier.CITY, null));
            changes.addPerson(
                    new Person(unit, "测试" + unit, unit, Set.of(Role.HANDLER)), new Addresses(null, null, null));
        };
        people.as("administrator", opening);
        assertThat(reportOf(unit, today).rate()).isEqualTo("—");

        lifeCycle.itemAt(ItemStatus.DISPATCHED, Samples.fields("leadUnit", unit));

        assertThat(reportOf(unit, today).total()).isEqualTo("1");
        assertThat(reportOf(unit, today).rate()).isEqualTo("不计分");
    }

    private static int count(String number) {
        return Integer.parseInt(number);
    }

    private DocumentContent.RectificationReport reportOf(String unit, LocalDate day) {
        return people.as("leader", () -> reports.of(unit, day, day));
    }

    @Test
    void aReportNeedsAPeriodAndAUnitOfOnesOwn() {
        LocalDate today = lifeCycle.today();
        assertThatThrownBy(() -> reported(today, today.minusDays(1))).hasMessage("refusal.document.period");
        assertThatThrownBy(() -> reported(today, today.plusDays(1))).hasMessage("refusal.date.future");
        assertThatThrownBy(() -> people.as("handler2", () -> reports.of(Samples.CITY_UNIT, today, today)))
                .hasMessage("refusal.unit-unknown");
        // A town reports on its villages.
        assertThat(people.as("handler2", () -> reports.of(Samples.VILLAGE_UNIT, today, today))
                        .unit())
                .contains("村");
    }

    private DocumentContent.RectificationReport reported(LocalDate from, LocalDate to) {
        return people.as("leader", () -> reports.of(Samples.CITY_UNIT, from, to));
    }

    private void withdraw(String itemNo) {
        lifeCycle.raise(
                "handler",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "OBJECT_GONE", "reason", "路段已拆除。"));
        lifeCycle.complete("supervisor", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));
    }

    /** 4.1, 5.2 and 7.5 of the standard. */
    @Test
    void everyPageKeepsTheMarginsOfTheStandard() throws Exception {
        Item item = lifeCycle.item(returned());
        try (XWPFDocument document = filled(DocumentKind.REWORK_NOTICE, item)) {
            CTSectPr section = document.getDocument().getBody().getSectPr();
            CTPageMar margins = section.getPgMar();
            assertThat(millimetres(section.getPgSz().getW())).isEqualTo(210);
            assertThat(millimetres(section.getPgSz().getH())).isEqualTo(297);
            assertThat(millimetres(margins.getTop())).isEqualTo(37);
            assertThat(millimetres(margins.getBottom())).isEqualTo(35);
            assertThat(millimetres(margins.getLeft())).isEqualTo(28);
            assertThat(millimetres(margins.getRight())).isEqualTo(26);
            assertThat(document.getFooterList())
                    .hasSize(2)
                    .allSatisfy(footer -> assertThat(footer.getText().strip()).matches("— .* —"));
            assertThat(document.getStyles().getDefaultRunStyle().getFontSizeAsDouble())
                    .isEqualTo(16.0);
            assertThat(document.getStyle()
                            .getDocDefaults()
                            .getRPrDefault()
                            .getRPr()
                            .getRFontsArray(0)
                            .getEastAsia())
                    .isEqualTo("仿宋_GB2312");
        }
    }

    private static long millimetres(Object twips) {
        return Math.round(Long.parseLong(twips.toString()) * 25.4 / 1440);
    }

    @Test
    void documentsAreChineseWhateverTheReadersLanguage() throws IOException {
        Item item = item(ItemStatus.CLOSED);
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        assertThat(get(DocumentKind.CLOSURE_APPROVAL, item).name()).isEqualTo("整改销号审批表 " + item.itemNo() + ".docx");
        try (XWPFDocument document = filled(DocumentKind.CLOSURE_APPROVAL, item)) {
            assertThat(pairs(document)).containsEntry("来源", "审计监督").containsEntry("等级", "一般");
        }
    }

    @Test
    void whomAPetitionIsAboutIsMasked() throws IOException {
        Map<String, Object> petition = Map.of("sourceType", "PETITION", "subject", "王小明", "title", "示例小区楼道照明损坏");
        try (XWPFDocument document =
                filled(DocumentKind.ASSIGNMENT, lifeCycle.item(lifeCycle.itemAt(ItemStatus.DISPATCHED, petition)))) {
            assertThat(pairs(document)).containsEntry("涉及对象", "王＊＊");
        }
    }

    @Test
    void whatPeopleWroteIsTextAndNoTag() throws IOException {
        String title = "{{item.itemNo}} [seq] {{?item}}x{{/item}} {{@p}} ${x} <w:t>&amp;";
        Item item = lifeCycle.item(lifeCycle.itemAt(ItemStatus.CLOSED, Map.of("title", title)));
        for (DocumentKind kind : documents.available(item)) {
            try (XWPFDocument document = filled(kind, item)) {
                assertThat(pairs(document).get("问题标题"))
                        .as(kind.name())
                        .startsWith("{{item.itemNo}} [seq] {{?item}}x{{/item}} {{@p}} ${x} <w:t>&amp;");
            }
        }
    }

    private Item item(ItemStatus status) {
        return lifeCycle.item(lifeCycle.itemAt(status, Map.of("title", TITLE, "sourceSeq", "文书" + ++made)));
    }

    private String returned() {
        String itemNo = item(ItemStatus.VERIFYING).itemNo();
        lifeCycle.complete(
                "verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动，未与路面齐平", "未附安装验收单"));
        return itemNo;
    }

    /** The document, also left in a folder for whoever wants to look at it. */
    private XWPFDocument filled(DocumentKind kind, Item item) throws IOException {
        Documents.File file = get(kind, item);
        Files.createDirectories(WRITTEN);
        Files.write(WRITTEN.resolve(kind.template()), file.content());
        return new XWPFDocument(new ByteArrayInputStream(file.content()));
    }

    private static List<String> texts(XWPFDocument document) {
        return document.getParagraphs().stream().map(XWPFParagraph::getText).toList();
    }

    private static String headers(XWPFDocument document) {
        return String.join(
                "\n", document.getHeaderList().stream().map(XWPFHeader::getText).toList());
    }

    /** The text beside each label. */
    private static Map<String, String> pairs(XWPFDocument document) {
        Map<String, String> pairs = new HashMap<>();
        for (XWPFTable table : document.getTables()) {
            for (XWPFTableRow row : table.getRows()) {
                List<String> cells = cells(row);
                for (int i = 0; i + 1 < cells.size(); i += 2) {
                    pairs.put(cells.get(i), cells.get(i + 1));
                }
            }
        }
        return pairs;
    }

    /** The rows of all tables whose head begins so. */
    private static List<List<String>> rowsUnder(XWPFDocument document, String head) {
        return document.getTables().stream()
                .filter(table -> cells(table.getRow(0)).get(0).equals(head))
                .flatMap(table -> table.getRows().stream().skip(1))
                .map(DocumentsTest::cells)
                .toList();
    }

    private static List<String> cells(XWPFTableRow row) {
        return row.getTableCells().stream().map(cell -> cell.getText()).toList();
    }

    private Documents.File get(DocumentKind kind, Item item) {
        return people.as("supervisor", () -> documents.get(kind, item.itemNo()));
    }
}
