package org.guiling.web.customization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.decision.RuleTable;
import org.guiling.engine.decision.RuleTables;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The pages of rules, templates, profiles and channels, as an administrator's browser sees them. */
@GuilingTest
class RulesPagesTest {

    private static final String RULES = "/administration/rules";
    private static final String DECISIONS = RULES + "/decisions";
    private static final String LIMITS = DECISIONS + "/time-limits";
    private static final String TEMPLATE = RULES + "/templates/assignment";
    private static final String PROFILES = RULES + "/profiles";
    private static final String UPLOAD = RULES + "/profile-upload";
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final Pattern EXPECTED_VERSION = Pattern.compile("name=\"expectedVersion\" value=\"([^\"]+)\"");

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    AuditTrail auditTrail;

    @Autowired
    RuleTables ruleTables;

    @Autowired
    TestClock clock;

    private Caller administrator;

    /** The database is shared: whatever a test put in force goes again. */
    @AfterEach
    void backToWhatIsShipped() {
        for (RuleTable table : RuleTable.values()) {
            String page = DECISIONS + "/" + table.key();
            if (administrator().get(page).body().contains("/restore\"")) {
                submit(page, page + "/restore", Map.of());
                deploy(page);
            }
        }
        for (String page : List.of(TEMPLATE, PROFILES + "/ledger", PROFILES + "/our-list")) {
            String body = administrator().get(page).body();
            if (body.contains("/restore\"")) {
                submit(page, page + "/restore", Map.of("expectedVersion", found(EXPECTED_VERSION, body)));
            }
        }
    }

    @Test
    void anotherLimitIsComparedPutInForceAndCountsForWhatBeginsThen() {
        // given a file with five working days to claim
        String file = shipped(RuleTable.TIME_LIMITS);
        String changed = withClaimLimit(file, "5");

        // when it is uploaded
        upload(LIMITS, LIMITS + "/check", "limits.dmn", changed.getBytes(UTF_8));
        String check = administrator().get(LIMITS + "/check").body();

        // then the page says what becomes different, and nothing has
        assertThat(check).contains("认领", "2 个工作日（本系统默认）", "5 个工作日（本系统默认）").doesNotContain("立项审核", "??");
        String before = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        assertThat(due(before)).isEqualTo(lifeCycle.workingDays(2));

        // when it is put in force
        assertThat(deploy(LIMITS)).contains("已启用", "本单位第", "关管理");

        // then what begins from then on has it, and what has begun stays
        assertThat(due(lifeCycle.itemAt(ItemStatus.DISPATCHED))).isEqualTo(lifeCycle.workingDays(5));
        assertThat(due(before)).isEqualTo(lifeCycle.workingDays(2));
        assertThat(newest(AuditEventKind.RULE_CHANGED).subject()).isEqualTo("time-limits");
        assertThat(newest(AuditEventKind.RULE_CHANGED).actor()).isEqualTo("administrator");
        assertThat(newest(AuditEventKind.RULE_CHANGED).details().get("changes").toString())
                .startsWith("[认领 · 调研发现、")
                .doesNotContain("12345")
                .endsWith(": 2 个工作日（本系统默认） ⇒ 5 个工作日（本系统默认）]");

        // and a start of the application does not undo it
        ruleTables.run(null);
        assertThat(due(lifeCycle.itemAt(ItemStatus.DISPATCHED))).isEqualTo(lifeCycle.workingDays(5));

        // when what is shipped is restored
        submit(LIMITS, LIMITS + "/restore", Map.of());
        assertThat(administrator().get(LIMITS + "/check").body()).contains("这是随产品提供的版本", "5 个工作日", "2 个工作日");
        assertThat(deploy(LIMITS)).contains("随产品提供");

        // then it counts again
        assertThat(due(lifeCycle.itemAt(ItemStatus.DISPATCHED))).isEqualTo(lifeCycle.workingDays(2));
    }

    /** A table that an office has made before limits could depend on urgency and tier. */
    @Test
    void aTableWithFewerInputsIsReadEditedAndAsked() {
        String older = Pattern.compile(
                        "<input(Entry)? id=\"time-limits-[a-zA-Z0-9-]*(urgency|tier)\".*?</input(Entry)?>",
                        Pattern.DOTALL)
                .matcher(withClaimLimit(shipped(RuleTable.TIME_LIMITS), "4"))
                .replaceAll("");
        assertThat(older).doesNotContain("urgency");

        upload(LIMITS, LIMITS + "/check", "limits.dmn", older.getBytes(UTF_8));

        assertThat(deploy(LIMITS)).contains("已启用", "本单位第", "紧急程度").doesNotContain("??");
        assertThat(due(lifeCycle.itemAt(ItemStatus.DISPATCHED))).isEqualTo(lifeCycle.workingDays(4));
        assertThat(due(lifeCycle.itemAt(ItemStatus.REVIEW, Map.of("sourceType", "PETITION"))))
                .isEqualTo(lifeCycle.workingDayFrom(lifeCycle.today().plusDays(15)));

        // and another may ask for the tier
        String byTier = shipped(RuleTable.TIME_LIMITS)
                .replaceFirst("(time-limits-claim-tier\">\\s*<text>)-", "$1\"CITY\",\"TOWNSHIP\"");
        assertThat(refusal(LIMITS, byTier)).contains("认领").contains("村社区：没有符合的行。");
    }

    @Test
    void cellsAreChangedInThePage() {
        String page = DECISIONS + "/sampling-rates";
        String form = administrator().get(page + "/edit").body();

        HttpResponse<String> refused = submit(
                page + "/edit",
                page + "/edit",
                Map.of("expectedVersion", found(EXPECTED_VERSION, form), "r0-0", "一成", "r0", "一般事项抽一成"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("“一成”不是整数。", "value=\"一般事项抽一成\"");
        HttpResponse<String> tooMuch = submit(
                page + "/edit",
                page + "/edit",
                Map.of("expectedVersion", found(EXPECTED_VERSION, form), "r0-0", "120"));
        assertThat(tooMuch.body()).contains("一般：百分比应为 0 至 100 的整数。");

        submit(
                page + "/edit",
                page + "/edit",
                Map.of("expectedVersion", found(EXPECTED_VERSION, form), "r0-0", "20", "r0", "一般事项抽 20%"));
        assertThat(administrator().get(page + "/check").body())
                .contains("一般", "10%", "20%")
                .doesNotContain("较大");
        assertThat(deploy(page)).contains("一般事项抽 20%", "本单位第");
        assertThat(submit(page + "/edit", page + "/edit", Map.of("expectedVersion", "0", "r0-0", "30"))
                        .body())
                .contains("期间已有他人改过");
    }

    @Test
    void aTableThatLeavesACaseWithoutAnswerIsRefused() {
        String shipped = shipped(RuleTable.TIME_LIMITS);
        assertThat(refusal(LIMITS, shipped.replace("\"CLAIM\"", "\"CLAIMED\""))).contains("认领：没有符合的行。");
        assertThat(refusal(LIMITS, withClaimLimit(shipped, "-1"))).contains("认领 · 调研发现、", "其他：数量应为 0 至 3650 的整数。");
        assertThat(refusal(LIMITS, shipped.replace("hitPolicy=\"FIRST\"", "hitPolicy=\"COLLECT\"")))
                .contains("命中策略应为 FIRST");
        assertThat(refusal(LIMITS, shipped.replace("name=\"amount\"", "name=\"days\"")))
                .contains("输出列应依次为：amount");
        assertThat(refusal(
                        LIMITS,
                        shipped.replaceFirst("<inputEntry id=", "<inputEntry expressionLanguage=\"groovy\" id=")))
                .contains("只能使用 FEEL 表达式");
        assertThat(refusal(LIMITS, shipped(RuleTable.SAMPLING_RATES))).contains("应只有一个决策，标识为“time-limits”");
        assertThat(refusal(LIMITS, "时限")).contains("不是可以读取的 DMN 决策表");
        assertThat(refusal(LIMITS, shipped)).contains("与现行版本完全相同");
        assertThat(refusal(
                        DECISIONS + "/closing-authority",
                        shipped(RuleTable.CLOSING_AUTHORITY).replace("\"leaders\"", "\"nobody\"")))
                .contains("审批或裁定的组不存在");
        assertThat(refusal(
                        DECISIONS + "/escalation-ladder",
                        shipped(RuleTable.ESCALATION_LADDER).replace("\"group-heads\"", "\"leaders\"")))
                .contains("裁定申辩的不能是发出督办的人");
        assertThat(administrator().get(LIMITS).body()).contains("随产品提供");
    }

    @Test
    void aTemplateIsTriedPutInForceAndTakenBack() throws IOException {
        byte[] template = docx("关于{{item.title}}的通知（本局格式）");

        upload(TEMPLATE, TEMPLATE + "/check", "t.docx", docx("{{item.titel}}"));
        assertThat(administrator().get(TEMPLATE).body()).contains("不认识的占位符：{{item.titel}}");
        upload(TEMPLATE, TEMPLATE + "/check", "t.docx", "docx".getBytes(UTF_8));
        assertThat(administrator().get(TEMPLATE).body()).contains("无法读取");

        upload(TEMPLATE, TEMPLATE + "/check", "t.docx", template);
        assertThat(text(administrator().download(TEMPLATE + "/trial").body())).isEqualTo("关于‹title›的通知（本局格式）\n");
        assertThat(administrator().get(TEMPLATE).body()).contains("随产品提供");
        String token = found(TOKEN, administrator().get(TEMPLATE + "/check").body());
        submit(TEMPLATE + "/check", TEMPLATE + "/replace", Map.of("token", token));
        assertThat(administrator().get(TEMPLATE).body()).contains("已启用", "本单位第", "第 1 版");

        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] filled = Caller.browser(port, "handler")
                .download("/api/items/" + itemNo + "/documents/assignment.docx")
                .body();
        assertThat(text(filled)).startsWith("关于").endsWith("的通知（本局格式）\n").doesNotContain("{{");
        assertThat(administrator().download(TEMPLATE + "/file").body()).isEqualTo(template);
        assertThat(newest(AuditEventKind.RULE_CHANGED).subject()).isEqualTo("assignment");
    }

    @Test
    void aProfileIsAddedUsedAndRetired() {
        String profile = """
                id: our-list
                label: 本局问题清单
                needed: [factText]
                titleFrom: factText
                dates: [uuuu-M-d]
                fields:
                  factText: {columns: [{headers: [查出的毛病]}]}
                  leadUnit: {columns: [{headers: [哪家办]}]}
                values:
                  level: {小毛病: "1"}
                """;

        upload(
                PROFILES,
                UPLOAD,
                "p.yaml",
                profile.replace("factText: {columns", "factTxt: {columns").getBytes(UTF_8));
        assertThat(administrator().get(PROFILES).body()).contains("登记表没有“factTxt”这一项");
        upload(PROFILES, UPLOAD, "p.yaml", profile.replace("\"1\"", "\"9\"").getBytes(UTF_8));
        assertThat(administrator().get(PROFILES).body()).contains("“level”没有代码“9”");
        upload(PROFILES, UPLOAD, "p.yaml", "fields: [".getBytes(UTF_8));
        assertThat(administrator().get(PROFILES).body()).contains("不是导入方案（YAML）");

        upload(PROFILES, UPLOAD, "p.yaml", profile.getBytes(UTF_8));
        String check = administrator().get(UPLOAD).body();
        assertThat(check).contains("这是一个新方案", "查出的毛病", "哪家办", "小毛病").doesNotContain("??");
        submit(UPLOAD, UPLOAD + "/replace", Map.of("token", found(TOKEN, check)));
        assertThat(Caller.browser(port, "registrar").get("/imports").body()).contains("本局问题清单");
        String page = PROFILES + "/our-list";
        String current = administrator().get(page).body();
        assertThat(current).contains("本单位第", "停用这个方案");
        assertThat(newest(AuditEventKind.RULE_CHANGED).subject()).isEqualTo("our-list");

        submit(page, page + "/restore", Map.of("expectedVersion", found(EXPECTED_VERSION, current)));
        assertThat(Caller.browser(port, "registrar").get("/imports").body()).doesNotContain("本局问题清单");
        assertThat(administrator().get(PROFILES).body()).contains("已停用");
    }

    @Test
    void channelsAreShownWithoutSecretsAndTried() {
        String page = administrator().get(RULES + "/channels").body();

        assertThat(page).contains("企业微信群机器人", "未开", "【归零】催办：ZG-2026-000123").doesNotContain("??", "secret", "rules.");
        submit(RULES + "/channels", RULES + "/channels/EMAIL/test", Map.of());
        assertThat(administrator().get(RULES + "/channels").body()).contains("电子邮件没有开");
        assertThat(newest(AuditEventKind.CHANNEL_TRIED).details()).containsEntry("outcome", "OFF");
        submit(RULES + "/channels", RULES + "/channels/retry", Map.of());
        assertThat(newest(AuditEventKind.CHANNEL_TRIED).details()).containsKey("retried");
    }

    @Test
    void everyPageHasItsTextsInBothLanguages() {
        for (String page : List.of(
                DECISIONS,
                LIMITS,
                LIMITS + "/edit",
                DECISIONS + "/escalation-ladder",
                DECISIONS + "/closing-authority/edit",
                RULES + "/templates",
                TEMPLATE,
                PROFILES,
                PROFILES + "/ledger",
                RULES + "/channels",
                RULES + "/codes")) {
            assertThat(administrator().get(page).body()).as(page).contains("管理").doesNotContain("??", ">rules.");
            assertThat(Caller.browser(port, "administrator")
                            .inEnglish()
                            .get(page)
                            .body())
                    .as(page)
                    .contains("Administration")
                    .doesNotContain("??", ">rules.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"registrar", "operator", "head"})
    void thePagesAreForAdministrators(String person) {
        Caller browser = Caller.browser(port, person);

        for (String page :
                List.of(LIMITS, LIMITS + "/file", TEMPLATE, PROFILES, RULES + "/channels", RULES + "/codes")) {
            assertThat(browser.get(page).statusCode()).as(page).isEqualTo(403);
        }
        browser.with("X-CSRF-TOKEN", browser.csrf("/"));
        assertThat(browser.post(LIMITS + "/restore").statusCode()).isEqualTo(403);
    }

    /** One session for each test: what is checked waits in it. */
    private Caller administrator() {
        if (administrator == null) {
            administrator = Caller.browser(port, "administrator");
        }
        return administrator;
    }

    private HttpResponse<String> submit(String page, String path, Map<String, String> fields) {
        return administrator().submit(path, administrator().csrf(page), fields);
    }

    private void upload(String page, String path, String name, byte[] content) {
        administrator()
                .upload(path, name, content, Map.of("_csrf", administrator().csrf(page)));
    }

    /** Puts in force what was checked; the page afterwards. */
    private String deploy(String page) {
        String token = found(TOKEN, administrator().get(page + "/check").body());
        submit(page + "/check", page + "/deploy", Map.of("token", token));
        return administrator().get(page).body();
    }

    private String refusal(String page, String file) {
        upload(page, page + "/check", "t.dmn", file.getBytes(UTF_8));
        String body = administrator().get(page).body();
        assertThat(body).contains("alert-danger");
        return body;
    }

    private String shipped(RuleTable table) {
        return new String(table.shipped(), UTF_8);
    }

    private static String withClaimLimit(String file, String amount) {
        int at = file.indexOf("<outputEntry id=\"time-limits-claim-amount\">");
        return file.substring(0, at) + file.substring(at).replaceFirst("<text>2</text>", "<text>" + amount + "</text>");
    }

    private LocalDate due(String itemNo) {
        return lifeCycle.waiting(itemNo).due().atZone(clock.getZone()).toLocalDate();
    }

    private AuditEvent newest(AuditEventKind kind) {
        return auditTrail.page(kind, null, null, 1).get(0);
    }

    private static String found(Pattern pattern, String body) {
        Matcher matcher = pattern.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }

    private static byte[] docx(String text) throws IOException {
        try (XWPFDocument document = new XWPFDocument();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            document.createParagraph().createRun().setText(text);
            document.write(bytes);
            return bytes.toByteArray();
        }
    }

    private static String text(byte[] docx) throws IOException {
        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(docx))) {
            StringBuilder text = new StringBuilder();
            document.getParagraphs()
                    .forEach(paragraph -> text.append(paragraph.getText()).append('\n'));
            return text.toString();
        }
    }
}
