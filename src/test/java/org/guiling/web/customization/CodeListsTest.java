package org.guiling.web.customization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.customization.Code;
import org.guiling.customization.CodeList;
import org.guiling.customization.CodeLists;
import org.guiling.customization.OfficeFile;
import org.guiling.engine.LifeCycle;
import org.guiling.organization.Tier;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.Caller;
import org.guiling.web.support.Ledgers;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.SpotCheckModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** An office changes its lists of codes, and every door speaks and asks by them. */
@GuilingTest
class CodeListsTest {

    private static final String LISTS = "/administration/rules/codes";
    private static final String CATEGORIES = LISTS + "/category";
    private static final Pattern EXPECTED_VERSION = Pattern.compile("name=\"expectedVersion\" value=\"([^\"]+)\"");

    /** The record keeps what was added, so that each test adds another. */
    private final String added = "FIRE_" + Long.toString(System.nanoTime(), 36).toUpperCase();

    @LocalServerPort
    int port;

    @Autowired
    CodeLists codeLists;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    People people;

    @Autowired
    AuditTrail auditTrail;

    private Caller administrator;

    /** The database is shared: whatever a test put in force goes again. */
    @AfterEach
    void backToWhatIsShipped() {
        people.as("administrator", () -> {
            for (CodeList list : CodeList.values()) {
                OfficeFile<?> current = codeLists.current(list);
                if (current.origin() == OfficeFile.Origin.OFFICE) {
                    codeLists.restore(list, current.expectedVersion());
                }
            }
        });
    }

    @Test
    void anAddedCategoryIsChosenAndShownAtEveryDoor() throws IOException {
        // when an administrator adds a category at the second place
        MultiValueMap<String, String> page = page(CodeList.CATEGORY);
        page.set("code-new", added);
        page.set("chinese-new", "消防'安全{1}");
        page.set("english-new", "Fire safety");
        page.set("position-new", "2");
        assertThat(change(page).statusCode()).isEqualTo(302);

        // then the page and the record say what changed
        assertThat(administrator().get(CATEGORIES).body()).contains("消防&#39;安全{1}", "本单位的版本", "关管理");
        assertThat(newest().subject()).isEqualTo("category");
        assertThat(newest().actor()).isEqualTo("administrator");
        assertThat(newest().details().get("changes").toString())
                .isEqualTo("[新增：消防'安全{1} / Fire safety（%s）]".formatted(added));

        // and every form offers it at its place, in the language of whoever asks
        JsonNode tasklist = startForm(Caller.browser(port, "registrar"), FiveStepZeroing.KEY, "category");
        assertThat(values(tasklist, "value").get(1)).isEqualTo(added);
        assertThat(values(tasklist, "label").get(1)).isEqualTo("消防'安全{1}");
        assertThat(values(tasklist, "value"))
                .hasSize(codeLists.offered(CodeList.CATEGORY).size());
        assertThat(values(
                        startForm(Caller.browser(port, "registrar").inEnglish(), FiveStepZeroing.KEY, "category"),
                        "label"))
                .contains("Fire safety");
        assertThat(values(startForm(Caller.browser(port, "handler"), FastLaneModel.KEY, "category"), "value"))
                .contains(added);
        assertThat(Caller.browser(port, "registrar").get("/new/registration").body())
                .contains("value=\"" + added + "\"");
        assertThat(Caller.browser(port, "registrar").get("/imports").body()).contains("value=\"" + added + "\"");

        // when an item is registered with it
        Map<String, Object> facts = lifeCycle.registration();
        facts.put("category", added);
        String itemNo = answer(Caller.script(port, "registrar").post("/api/items", facts), 201)
                .path("itemNo")
                .asText();

        // then ledger, filter and export call it so
        String ledger = Caller.browser(port, "registrar")
                .get("/items?category=" + added)
                .body();
        assertThat(ledger).contains(itemNo, "消防&#39;安全{1}");
        assertThat(exported(itemNo)).isEqualTo("消防'安全{1}");

        // when what is shipped is restored
        String again = administrator().get(CATEGORIES).body();
        administrator()
                .submit(
                        CATEGORIES + "/restore",
                        administrator().csrf(CATEGORIES),
                        Map.of("expectedVersion", found(again)));

        // then it is not offered any more, and the item still shows it
        assertThat(administrator().get(CATEGORIES).body()).contains("恢复随产品提供的版本", "已停用");
        assertThat(newest().details().get("changes").toString()).contains("停用：消防'安全{1}（" + added + "）");
        assertThat(values(startForm(Caller.browser(port, "registrar"), FiveStepZeroing.KEY, "category"), "value"))
                .doesNotContain(added);
        assertThat(exported(itemNo)).isEqualTo("消防'安全{1}");
        facts.put("sourceSeq", "2");
        assertThat(problem(Caller.script(port, "registrar").post("/api/items", facts), 400)
                        .path("detail")
                        .asText())
                .isEqualTo("“类别”中的“消防'安全{1}”已停用，不能再选，请改选其他选项。");
    }

    @Test
    void whatIsNoLongerOfferedStaysWithItemsThatHaveIt() {
        // given an item of a category and a source that are no longer offered, which is returned for amendment
        Map<String, Object> facts = lifeCycle.registration();
        facts.put("category", "GRASSROOTS");
        facts.put("sourceType", "ECO");
        String itemNo = lifeCycle.register(facts);
        withdraw(CodeList.CATEGORY, "GRASSROOTS");
        withdraw(CodeList.SOURCE_TYPE, "ECO");
        lifeCycle.complete(
                "reviewer",
                itemNo,
                Map.of("decision", "RETURN", "duplicateAnswer", "NONE", "oneFact", true, "opinion", "请补充地点。"));

        // then the overview counts them
        assertThat(administrator().get(LISTS).body()).contains("15 项可选，1 项已停用", "16 项", "只能查看", "本单位第");

        // and no new item has them, whichever door it comes through
        Caller registrar = Caller.script(port, "registrar");
        JsonNode refused = problem(registrar.post("/api/items", facts), 400);
        assertThat(refused.path("errors").findValuesAsText("message"))
                .containsExactlyInAnyOrder("“类别”中的“基层治理”已停用，不能再选，请改选其他选项。", "“来源”中的“环保督察”已停用，不能再选，请改选其他选项。");
        assertThat(dryRun("基层治理").path("problems").findValuesAsText("message"))
                .containsExactly("“类别”中的“基层治理”已停用，不能再选，请改选其他选项。");

        // and its own form still offers them, and others' do not
        String taskId = lifeCycle.waiting(itemNo).taskId();
        JsonNode data = answer(registrar.get("/api/tasks/" + taskId), 200).path("data");
        assertThat(values(data.path("categories"))).contains("GRASSROOTS");
        assertThat(values(data.path("sourceTypes"))).contains("ECO");
        assertThat(Caller.browser(port, "registrar").get("/tasks/" + taskId).body())
                .contains("<option value=\"GRASSROOTS\" selected=\"selected\">基层治理</option>");

        // and it is amended and shown with them
        facts.put("title", "补正后的事项");
        assertThat(registrar.post("/api/tasks/" + taskId + "/complete", facts).statusCode())
                .isEqualTo(204);
        assertThat(lifeCycle.item(itemNo).registration().category()).isEqualTo("GRASSROOTS");
        assertThat(Caller.browser(port, "registrar")
                        .get("/items?category=GRASSROOTS&sourceType=ECO")
                        .body())
                .contains("补正后的事项", "基层治理");
        JsonNode spotCheck = startForm(Caller.browser(port, "supervisor"), SpotCheckModel.KEY, "category");
        assertThat(values(spotCheck, "value")).contains("GRASSROOTS");
    }

    @Test
    void aNewNameShowsEverywhereAndFilesMaySayEither() throws IOException {
        String itemNo = lifeCycle.register(lifeCycle.registration());
        change(
                CodeList.CATEGORY,
                code -> code.code().equals("LIVELIHOOD")
                        ? new Code(code.code(), "民生实事", "People's livelihood", true, code.tiers())
                        : code);
        change(
                CodeList.LEVEL,
                code -> code.code().equals("1") ? new Code(code.code(), "普通", "Ordinary", true, code.tiers()) : code);

        assertThat(exported(itemNo)).isEqualTo("民生实事");
        String page = Caller.browser(port, "registrar").get("/items/" + itemNo).body();
        assertThat(page).contains("民生实事", "普通").doesNotContain("民生服务");
        assertThat(Caller.browser(port, "registrar")
                        .inEnglish()
                        .get("/items/" + itemNo)
                        .body())
                .contains("People&#39;s livelihood");
        assertThat(administrator()
                        .get("/administration/rules/decisions/sampling-rates")
                        .body())
                .contains("普通");
        for (String word : List.of("民生服务", "民生实事", "Livelihood", "LIVELIHOOD")) {
            isUnderstood(word);
        }

        // and what it was called between is understood as well, unless another is called so now
        change(CodeList.CATEGORY, code -> switch (code.code()) {
            case "LIVELIHOOD" -> new Code(code.code(), "民生保障", "Welfare", true, code.tiers());
            case "BUSINESS" -> new Code(code.code(), "民生服务", code.english(), true, code.tiers());
            default -> code;
        });
        isUnderstood("民生实事");
        isUnderstood("民生服务");
    }

    @Test
    void aCategoryMayBeForSomeTiersOnly() {
        change(
                CodeList.CATEGORY,
                code -> code.code().equals("GRASSROOTS")
                        ? new Code(code.code(), code.chinese(), code.english(), true, Set.of(Tier.CITY))
                        : code);

        Map<String, Object> facts = lifeCycle.registration();
        facts.put("category", "GRASSROOTS");
        Caller registrar = Caller.script(port, "registrar");
        answer(registrar.post("/api/items", facts), 201);
        facts.put("leadUnit", "jiaqiao-town");
        JsonNode refused = problem(registrar.post("/api/items", facts), 400);
        assertThat(refused.path("errors").findValuesAsText("field")).containsExactly("category");
        assertThat(refused.path("detail").asText())
                .startsWith("“基层治理”类事项的牵头单位只能是市级，“")
                .endsWith("”是乡镇街道。请改选类别或牵头单位。");
    }

    @Test
    void theOrderIsByTheNumbersThatWereEntered() {
        MultiValueMap<String, String> page = page(CodeList.SOURCE_TYPE);
        page.set("position-OTHER", "1");
        page.set("position-RESEARCH", "3");
        assertThat(change(page, CodeList.SOURCE_TYPE).statusCode()).isEqualTo(302);

        assertThat(codeLists.offered(CodeList.SOURCE_TYPE).stream()
                        .map(Code::code)
                        .limit(4))
                .containsExactly("OTHER", "DEVELOPMENT", "RESEARCH", "MASS");
        assertThat(newest().details().get("changes").toString()).startsWith("[顺序改为：其他、推动发展遇到、调研发现、群众反映、");
        assertThat(values(startForm(Caller.browser(port, "registrar"), FiveStepZeroing.KEY, "sourceType"), "value"))
                .startsWith("OTHER", "DEVELOPMENT", "RESEARCH");
    }

    @Test
    void whatIsWrongIsToldAtItsFieldAndNothingTypedIsLost() {
        MultiValueMap<String, String> page = page(CodeList.CATEGORY);
        page.set("chinese-ECOLOGY", "安全生产");
        page.set("english-FUNDS", " ");
        page.set("code-new", "消防");
        page.set("chinese-new", "消".repeat(21));
        page.set("english-new", "Fire safety");
        HttpResponse<String> refused = change(page);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains(
                        "名称“安全生产”与另一项相同",
                        "名称不能为空。",
                        "代码应以大写字母开头",
                        "名称不能超过 20 个字符。",
                        "value=\"消防\"",
                        "value=\"Fire safety\"",
                        "value=\"安全生产\"")
                .doesNotContain("??");
        assertThat(codeLists.offered(CodeList.CATEGORY))
                .noneMatch(code -> code.english().equals("Fire safety"));

        // nothing is offered; a tier is left without a category; a category is for no tier
        MultiValueMap<String, String> none = page(CodeList.CATEGORY);
        none.keySet().removeIf(name -> name.startsWith("offered-"));
        assertThat(change(none).body()).contains("至少要有一项可选。");
        MultiValueMap<String, String> cityOnly = page(CodeList.CATEGORY);
        cityOnly.keySet().stream()
                .filter(name -> name.startsWith("tiers-"))
                .forEach(name -> cityOnly.put(name, List.of("CITY")));
        assertThat(change(cityOnly).body()).contains("乡镇街道没有任何可选的类别", "村社区没有任何可选的类别");
        MultiValueMap<String, String> noTier = page(CodeList.CATEGORY);
        noTier.remove("tiers-FUNDS");
        assertThat(change(noTier).body()).contains("请至少选一个层级。");

        // nothing changed
        assertThat(change(page(CodeList.CATEGORY)).body()).contains("与现行版本完全相同");
    }

    @Test
    void nothingIsDoneToAListThatItsRulesForbid() {
        refuses(CodeList.CATEGORY, "rules.codes.problem.removed", codes -> codes.remove(0));
        refuses(CodeList.CATEGORY, "rules.codes.problem.code-twice", codes -> codes.add(codes.get(0)));
        refuses(CodeList.SOURCE_TYPE, "rules.codes.problem.closed", codes -> codes.add(code("FIRE")));
        refuses(
                CodeList.SOURCE_TYPE,
                "rules.codes.problem.tiers",
                codes -> codes.set(0, new Code("RESEARCH", "调研发现", "Research", true, Set.of(Tier.CITY))));
        refuses(CodeList.LEVEL, "rules.codes.problem.order", Collections::reverse);
        refuses(
                CodeList.VISIBILITY,
                "rules.codes.problem.withdrawn",
                codes -> codes.set(0, new Code("PUBLIC", "公开", "Public", false, Set.of())));
        refuses(CodeList.STATUS, "rules.codes.problem.fixed", Collections::reverse);
    }

    @Test
    void whoeverWasSlowerStoresNothing() {
        MultiValueMap<String, String> slow = page(CodeList.URGENCY);
        change(
                CodeList.URGENCY,
                code -> code.code().equals("URGENT")
                        ? new Code("URGENT", "加急", code.english(), true, code.tiers())
                        : code);

        slow.set("chinese-URGENT", "紧急");
        HttpResponse<String> refused = change(slow, CodeList.URGENCY);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("期间已有他人改过", "value=\"紧急\"");
        assertThat(change(slow, CodeList.URGENCY).statusCode()).isEqualTo(409);
        assertThat(codeLists.known(CodeList.URGENCY).get(1).chinese()).isEqualTo("加急");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registrar", "operator", "head"})
    void listsAreForAdministrators(String person) {
        Caller browser = Caller.browser(port, person);
        assertThat(browser.get(LISTS).statusCode()).isEqualTo(403);
        assertThat(browser.get(CATEGORIES).statusCode()).isEqualTo(403);
        browser.with("X-CSRF-TOKEN", browser.csrf("/"));
        assertThat(browser.post(CATEGORIES).statusCode()).isEqualTo(403);
        assertThat(browser.post(CATEGORIES + "/restore").statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> people.as(person, () -> {
                    codeLists.change(
                            CodeList.CATEGORY, codeLists.known(CodeList.CATEGORY), expectedVersion(CodeList.CATEGORY));
                }))
                .isInstanceOf(RefusedException.class)
                .hasMessage("refusal.role.rules");
    }

    @ParameterizedTest
    @EnumSource(CodeList.class)
    void everyListHasItsPageInBothLanguages(CodeList list) {
        String page = LISTS + "/" + list.key();
        String chinese = administrator().get(page).body();
        assertThat(chinese)
                .contains("代码表：", codeLists.known(list).get(0).chinese())
                .doesNotContain("??", ">rules.");
        assertThat(chinese.contains("保存并启用")).isEqualTo(list.isChangeable());
        assertThat(Caller.browser(port, "administrator").inEnglish().get(page).body())
                .contains("List of codes:")
                .doesNotContain("??", ">rules.");
    }

    private static Code code(String code) {
        return new Code(code, code, code, true, Set.of());
    }

    private void withdraw(CodeList list, String code) {
        change(
                list,
                each -> each.code().equals(code)
                        ? new Code(code, each.chinese(), each.english(), false, each.tiers())
                        : each);
    }

    private void change(CodeList list, UnaryOperator<Code> turn) {
        people.as("administrator", () -> {
            codeLists.change(list, codeLists.known(list).stream().map(turn).toList(), expectedVersion(list));
        });
    }

    private void refuses(CodeList list, String problem, Consumer<List<Code>> turn) {
        List<Code> codes = new ArrayList<>(codeLists.known(list));
        turn.accept(codes);
        assertThatThrownBy(() -> people.as("administrator", () -> {
                    codeLists.change(list, codes, expectedVersion(list));
                }))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .anyMatch(each -> each.code().equals(problem)));
    }

    private int expectedVersion(CodeList list) {
        return people.as("administrator", () -> codeLists.current(list)).expectedVersion();
    }

    /** The parameters that a browser sends when nothing is changed. */
    private MultiValueMap<String, String> page(CodeList list) {
        MultiValueMap<String, String> page = new LinkedMultiValueMap<>();
        page.add(
                "expectedVersion",
                found(administrator().get(LISTS + "/" + list.key()).body()));
        for (Code code : codeLists.known(list)) {
            page.add("chinese-" + code.code(), code.chinese());
            page.add("english-" + code.code(), code.english());
            page.add(
                    "position-" + code.code(),
                    Integer.toString(codeLists.known(list).indexOf(code) + 1));
            if (code.offered()) {
                page.add("offered-" + code.code(), "true");
            }
            for (Tier tier : Tier.values()) {
                if (code.fits(tier)) {
                    page.add("tiers-" + code.code(), tier.name());
                }
            }
        }
        for (Tier tier : Tier.values()) {
            page.add("tiers-new", tier.name());
        }
        return page;
    }

    private HttpResponse<String> change(MultiValueMap<String, String> page) {
        return change(page, CodeList.CATEGORY);
    }

    private HttpResponse<String> change(MultiValueMap<String, String> page, CodeList list) {
        String path = LISTS + "/" + list.key();
        return administrator().submit(path, administrator().csrf(path), page);
    }

    private Caller administrator() {
        if (administrator == null) {
            administrator = Caller.browser(port, "administrator");
        }
        return administrator;
    }

    /** A field of a start form as Tasklist gets it. */
    private static JsonNode startForm(Caller browser, String model, String field) {
        JsonNode form = answer(
                browser.get(
                        "/camunda/api/engine/engine/default/process-definition/key/" + model + "/deployed-start-form"),
                200);
        return find(form, field);
    }

    private static JsonNode find(JsonNode component, String field) {
        if (component.path("key").asText().equals(field)) {
            return component;
        }
        for (JsonNode child : component.path("components")) {
            JsonNode found = find(child, field);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static List<String> values(JsonNode field, String what) {
        return field.path("values").findValuesAsText(what);
    }

    private static List<String> values(JsonNode options) {
        return options.findValuesAsText("value");
    }

    private AuditEvent newest() {
        return auditTrail.page(AuditEventKind.RULE_CHANGED, null, null, 1).get(0);
    }

    private String exported(String itemNo) throws IOException {
        byte[] file = Caller.script(port, "registrar")
                .download("/api/exports/ledger.xlsx?columns=category&itemNo=" + itemNo)
                .body();
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(file))) {
            XSSFSheet sheet = workbook.getSheetAt(0);
            return sheet.getRow(sheet.getLastRowNum()).getCell(0).getStringCellValue();
        }
    }

    private void isUnderstood(String category) {
        JsonNode report = dryRun(category);
        assertThat(report.path("created").asInt()).as(report.toString()).isEqualTo(1);
    }

    /** The report of a dry run about a row with this category. */
    private JsonNode dryRun(String category) {
        String file = new String(Ledgers.with(1, 0), UTF_8).replace("民生服务,一般", category + ",1");
        return answer(
                Caller.script(port, "registrar")
                        .upload(
                                "/api/imports",
                                "ledger.csv",
                                file.getBytes(UTF_8),
                                Map.of("profile", "ledger", "dryRun", "true")),
                200);
    }

    private static String found(String body) {
        Matcher matcher = EXPECTED_VERSION.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }
}
