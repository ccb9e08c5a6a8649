package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.signon.token.AccessTokens;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Units, people, substitutes and accounts in the portal: done, or refused with all that was entered; always on record. */
@GuilingTest
class AdministrationPagesTest {

    private static final String UNITS = "/administration/units";
    private static final String PEOPLE = "/administration/people";
    private static final String ACCOUNTS = "/administration/accounts";
    private static final String SUBSTITUTES = "/administration/substitutes";
    private static final String BUREAU = "housing-urban-bureau";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    People people;

    @Autowired
    Organization organization;

    @Autowired
    OrganizationChanges changes;

    @Autowired
    AccessTokens tokens;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestClock clock;

    private Caller administrator;
    private String csrf;

    @BeforeEach
    void signOn() {
        administrator = Caller.browser(port, "administrator");
        csrf = administrator.csrf("/administration");
    }

    @AfterEach
    void everybodyLeaves() {
        clock.reset();
        organization.people().stream()
                .filter(person -> person.id().startsWith("pages-"))
                .forEach(person -> people.as("administrator", () -> changes.shutOut(person.id())));
    }

    @Test
    void aUnitIsOpenedRenamedMovedAndClosed() {
        HttpResponse<String> refused = submit(
                "/administration/new-unit", Map.of("code", "Pages Unit", "name", "页面 <b>测试</b> 镇", "tier", "TOWNSHIP"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("单位编码由 1—60 个小写字母", "is-invalid", "value=\"Pages Unit\"", "页面 &lt;b&gt;测试&lt;/b&gt; 镇")
                .doesNotContain("<b>测试</b>");

        done(
                "/administration/new-unit",
                Map.of("code", "pages-town", "name", "页面测试镇", "tier", "TOWNSHIP"),
                UNITS + "/pages-town");
        done(UNITS + "/pages-town/name", Map.of("name", "页面镇"), UNITS + "/pages-town");
        assertThat(submit(UNITS + "/pages-town/name", Map.of("name", " ")).body())
                .contains("名称不能为空");
        done(
                "/administration/new-unit",
                Map.of("code", "pages-office", "name", "页面测试科", "tier", "DEPARTMENT", "parent", "pages-town"),
                UNITS + "/pages-office");
        assertThat(organization.unit("pages-office").orElseThrow())
                .extracting(Unit::tier, Unit::department)
                .containsExactly(organization.unit("pages-town").orElseThrow().tier(), true);
        assertThat(submit(UNITS + "/pages-town/close", Map.of()))
                .extracting(
                        HttpResponse::statusCode, response -> response.body().contains("请先调整或撤销下级单位"))
                .containsExactly(409, true);

        // what will happen is shown first
        Map<String, String> move = Map.of("parent", "leading-group-office");
        assertThat(submit(UNITS + "/pages-town/move", move).body()).contains("将会发生", "“页面镇”的上级单位改为");
        assertThat(organization.unit("pages-town").orElseThrow().parentCode()).isNull();
        done(UNITS + "/pages-town/move", confirmed(move), UNITS + "/pages-town");
        assertThat(organization.unit("pages-town").orElseThrow().parentCode()).isEqualTo("leading-group-office");

        done(UNITS + "/pages-office/close", confirmed(Map.of()), UNITS + "/pages-office");
        done(UNITS + "/pages-town/close", confirmed(Map.of()), UNITS + "/pages-town");
        assertThat(administrator.get(UNITS + "/pages-town").body())
                .contains("变动记录", "关管理", "新增", "页面测试镇 → 页面镇", "上级单位：无 → 市归零工作领导小组办公室", "撤销日期：无 → ")
                .doesNotContain("??");
        assertThat(administrator.get(UNITS + "?text=jiaqiao-town").body()).contains("甲桥镇");
        assertThat(administrator.get(UNITS + "?text=pages-town").body()).doesNotContain("页面镇");
        assertThat(administrator.get(UNITS + "?closed=true&text=pages-town").body())
                .contains("页面镇", "撤销")
                .doesNotContain("甲桥镇");
        assertThat(administrator.get(UNITS + "/pages-town/move").statusCode()).isEqualTo(404);
    }

    @Test
    void aUnitWithPeopleAndItemsClosesOnlyIntoAnother() {
        open("pages-closing");
        open("pages-receiving");
        add("pages-handler", "pages-closing", "HANDLER");
        String itemNo = itemOf("pages-closing", "pages-handler");

        assertThat(administrator.get(UNITS + "/pages-closing/close").body()).contains(itemNo, "测试人员");
        HttpResponse<String> refused = submit(UNITS + "/pages-closing/close", Map.of("reason", "职责并入"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("请指定接收单位", "职责并入", "is-invalid");

        Map<String, String> close = Map.of("receivingUnit", "pages-receiving", "reason", "职责并入");
        assertThat(submit(UNITS + "/pages-closing/close", close).body())
                .contains("从今天起撤销", "1 名人员转入“测试pages-receiving”", "1 个未办结事项移交“测试pages-receiving”", "职责并入");
        assertThat(lifeCycle.item(itemNo).registration().leadUnit()).isEqualTo("pages-closing");
        done(UNITS + "/pages-closing/close", confirmed(close), UNITS + "/pages-closing");

        assertThat(lifeCycle.item(itemNo).registration().leadUnit()).isEqualTo("pages-receiving");
        assertThat(administrator.get(UNITS + "/pages-receiving").body()).contains(itemNo, "pages-handler", "承办人");
    }

    @Test
    void somebodyIsAddedChangedGivenAPostAndLeaves() {
        Map<String, String> person = fields("id", "pages-clerk", "name", "页面经办", "unit", BUREAU, "email", "nowhere");
        HttpResponse<String> refused = submit("/administration/new-person", person);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("电子邮箱格式不正确", "value=\"页面经办\"", "value=\"nowhere\"");
        person.put("email", "clerk@example.org");
        assertThat(submit("/administration/new-person", person).body()).contains("请至少填写一个角色", "clerk@example.org");
        person.put("roles", "HANDLER");
        done("/administration/new-person", person, PEOPLE + "/pages-clerk");
        assertThat(submit("/administration/new-person", person))
                .extracting(
                        HttpResponse::statusCode, response -> response.body().contains("账号 pages-clerk 已存在"))
                .containsExactly(409, true);
        assertThat(Caller.script(port, "pages-clerk").get("/api/tasks").statusCode())
                .isEqualTo(200);

        person.put("name", "页面经办员");
        person.put("email", "");
        done(PEOPLE + "/pages-clerk/edit", person, PEOPLE + "/pages-clerk");
        assertThat(organization.addresses("pages-clerk").email()).isNull();
        assertThat(submit(PEOPLE + "/pages-clerk/posts", Map.of("unit", BUREAU, "roles", "VERIFIER"))
                        .body())
                .contains("的主岗就在该单位");
        done(
                PEOPLE + "/pages-clerk/posts",
                Map.of("unit", "ecology-bureau", "roles", "REVIEWER"),
                PEOPLE + "/pages-clerk");
        assertThat(administrator
                        .get(PEOPLE + "?text=pages-cl&unit=ecology-bureau&role=REVIEWER")
                        .body())
                .contains("页面经办员", "人员 1 名");
        assertThat(administrator.get(PEOPLE + "?text=pages-cl&role=LEADER").body())
                .contains("没有符合条件的记录");
        done(PEOPLE + "/pages-clerk/posts/removal", Map.of("unit", "ecology-bureau"), PEOPLE + "/pages-clerk");

        done(PEOPLE + "/pages-clerk/leave", Map.of(), PEOPLE + "/pages-clerk");
        assertThat(Caller.script(port, "pages-clerk").get("/api/tasks").statusCode())
                .isEqualTo(401);
        assertThat(administrator.get(PEOPLE + "/pages-clerk").body())
                .contains("页面经办 → 页面经办员", "修改联系方式：电子邮箱", "兼岗：无 → ", "立项审核员", "离岗")
                .doesNotContain("clerk@example.org", "??");
        assertThat(administrator.get(PEOPLE + "?text=pages-clerk&left=true").body())
                .contains("页面经办员");
        otherAdministratorsLeave();
        assertThat(submit(PEOPLE + "/administrator/leave", Map.of()).body()).contains("是唯一的系统管理员");
    }

    /** Those whom other tests appointed. */
    private void otherAdministratorsLeave() {
        organization.people(Role.ADMINISTRATOR).stream()
                .map(Person::id)
                .filter(id -> !id.equals("administrator"))
                .forEach(id -> done(PEOPLE + "/" + id + "/leave", Map.of(), PEOPLE + "/" + id));
    }

    @Test
    void whoeverLeavesHandsOverAlsoAfterwards() {
        add("pages-leaving", BUREAU, "HANDLER");
        add("pages-shut-out", BUREAU, "HANDLER");
        String leaving = itemOf(BUREAU, "pages-leaving");
        String shutOut = itemOf(BUREAU, "pages-shut-out");

        assertThat(administrator.get(PEOPLE + "/pages-leaving/leave").body()).contains(leaving, "接办人");
        HttpResponse<String> refused = submit(PEOPLE + "/pages-leaving/leave", Map.of("reason", "调往外地"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("仍承办 1 个未办结事项", "调往外地");
        done(
                PEOPLE + "/pages-leaving/leave",
                Map.of("successor", "handler", "reason", "调往外地"),
                PEOPLE + "/pages-leaving");
        assertThat(lifeCycle.item(leaving).responsibility().handler()).isEqualTo("handler");

        people.as("administrator", () -> changes.shutOut("pages-shut-out"));
        assertThat(administrator.get(ACCOUNTS).body()).contains(shutOut, PEOPLE + "/pages-shut-out/leave");
        done(
                PEOPLE + "/pages-shut-out/leave",
                Map.of("successor", "handler", "reason", "账号已停用"),
                PEOPLE + "/pages-shut-out");
        assertThat(lifeCycle.item(shutOut).responsibility().handler()).isEqualTo("handler");
        assertThat(administrator.get(ACCOUNTS).body()).doesNotContain(shutOut);
    }

    @Test
    void aSubstitutionIsPlannedOnceAndEnded() {
        add("pages-absent", BUREAU, "HANDLER");
        add("pages-substitute", BUREAU, "HANDLER");
        String today = lifeCycle.today().toString();
        Map<String, String> dates = fields(
                "absent", "pages-absent", "substitute", "pages-substitute", "from", today, "until", "2020-01-01");
        HttpResponse<String> refused = submit(SUBSTITUTES, dates);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("止日不早于起日", "value=\"2020-01-01\"", "is-invalid");
        dates.put("until", today);
        done(SUBSTITUTES, dates, SUBSTITUTES);
        assertThat(submit(SUBSTITUTES, dates).body()).contains("在该期间已被代理或正在代理他人");
        long id = jdbc.queryForObject("select max(id) from substitution where absent = 'pages-absent'", Long.class);
        assertThat(administrator.get(PEOPLE + "/pages-substitute").body()).contains("代理对象：无 → 测试人员");

        done(SUBSTITUTES + "/" + id + "/end", Map.of(), SUBSTITUTES);

        assertThat(administrator.get(SUBSTITUTES).body())
                .contains("：登记", "：提前结束")
                .doesNotContain("/" + id + "/end");
        assertThat(submit(SUBSTITUTES + "/" + id + "/end", Map.of()).statusCode())
                .isEqualTo(409);
    }

    private String suggested(String entered, String role) {
        return submit("/administration/people/suggestions?field=absent" + role, Map.of("absent", entered))
                .body();
    }

    @Test
    void aPersonIsSuggestedWhileTypingAndFoundByTheName() {
        add("pages-first", BUREAU, "HANDLER");
        add("pages-second", BUREAU, "UNIT_LEADER");
        done(
                "/administration/new-person",
                Map.of("id", "pages-only", "name", "独名 <b>人</b>", "unit", BUREAU, "roles", "HANDLER"),
                PEOPLE + "/pages-only");
        assertThat(suggested("pages-", ""))
                .contains("value=\"测试人员（pages-first）\"", "value=\"测试人员（pages-second）\"", "：单位负责人<")
                .contains("value=\"独名 &lt;b&gt;人&lt;/b&gt;（pages-only）\"")
                .doesNotContain("<html", "??");
        assertThat(suggested("pages-", "&role=HANDLER")).contains("pages-first").doesNotContain("pages-second");
        assertThat(suggested("", "").split("<option")).hasSizeLessThanOrEqualTo(21);

        String today = lifeCycle.today().toString();
        Map<String, String> plan = fields("absent", "测试人员", "substitute", "独名 <b>人</b>", "from", today, "until", today);
        HttpResponse<String> several = submit(SUBSTITUTES, plan);
        assertThat(several.statusCode()).isEqualTo(400);
        assertThat(several.body()).contains("有多名人员叫“测试人员”", "value=\"测试人员\"", "is-invalid");
        plan.put("absent", "没有的人");
        assertThat(submit(SUBSTITUTES, plan).body()).contains("没有账号 没有的人，或该人员已离岗");
        plan.put("absent", "测试人员（pages-second）");
        done(SUBSTITUTES, plan, SUBSTITUTES);
        assertThat(jdbc.queryForObject(
                        "select substitute from substitution where absent = 'pages-second'", String.class))
                .isEqualTo("pages-only");
        assertThat(administrator.get(SUBSTITUTES + "?absent=pages-first").body())
                .contains("value=\"测试人员（pages-first）\"");
    }

    @Test
    void aLockedAccountIsLetInAndAForgottenPasswordReset() {
        add("pages-account", BUREAU, "HANDLER");
        jdbc.update("""
                insert into sign_on_count (account, source, failures, last_at, open_at) values
                    ('pages-account', '192.0.2.1', 9, ?1, ?2), ('pages-account', '*', 60, ?1, ?2), ('*', '192.0.2.1', 90, ?1, ?2)""".replace("?1", "now() - interval '1 minute'").replace("?2", "now() + interval '15 minutes'"));
        tokens.create("pages-account", "页面脚本", 1);
        tokens.create("pages-account", "另一脚本", 1);
        String token = jdbc.queryForObject(
                "select id from access_token where name = '页面脚本' and person_id = 'pages-account'", String.class);

        assertThat(administrator.get(ACCOUNTS).body())
                .contains("pages-account/unlock", "192.0.2.1", "本人没有登录过的所有地址", "须等待的地址")
                .doesNotContain("??");
        done(ACCOUNTS + "/unlock-source", Map.of("source", "192.0.2.1"), ACCOUNTS);
        assertThat(submit(ACCOUNTS + "/unlock-source", Map.of("source", "192.0.2.1"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(administrator.get(ACCOUNTS).body())
                .contains("pages-account/unlock")
                .doesNotContain("须等待的地址");
        String account = ACCOUNTS + "/pages-account";
        done(account + "/unlock", Map.of(), account);
        assertThat(submit(account + "/unlock", Map.of()))
                .extracting(
                        HttpResponse::statusCode, response -> response.body().contains("没有被锁定"))
                .containsExactly(409, true);
        done(account + "/tokens/" + token + "/revoke", Map.of(), account);
        assertThat(tokens.of("pages-account")).hasSize(1);
        String told = done(account + "/initial-password", Map.of(), account);

        assertThat(told).contains("id=\"initial-password\"");
        String initial = told.replaceAll("(?s).*id=\"initial-password\">([^<]+)<.*", "$1");
        assertThat(Caller.browser(port, "pages-account", initial).get("/todos").statusCode())
                .isEqualTo(200);
        assertThat(tokens.of("pages-account")).isEmpty();
        assertThat(administrator.get(account).body())
                .contains("解除锁定", "撤销访问令牌", "设定新密码", "关管理")
                .doesNotContain("id=\"initial-password\"", initial, "??");
    }

    @Test
    void nobodyElseIsLetInAndNobodyThatIsNotThereIsShown() {
        Caller registrar = Caller.browser(port, "registrar");
        String token = registrar.csrf("/");
        for (String page : List.of("", "/units", "/people", "/substitutes", "/accounts", "/people/handler")) {
            assertThat(registrar.get("/administration" + page).statusCode()).isEqualTo(403);
        }
        for (String action : List.of(
                "/new-unit",
                "/units/" + BUREAU + "/close",
                "/new-person",
                "/people/handler/leave",
                "/substitutes",
                "/accounts/handler/initial-password")) {
            assertThat(registrar
                            .submit("/administration" + action, token, Map.of())
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(registrar.get("/").body()).doesNotContain("\"/administration\"");
        for (String path : List.of("/units/nowhere", "/people/nobody", "/people/nobody/leave", "/accounts/nobody")) {
            assertThat(administrator.get("/administration" + path).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void everyPageSpeaksBothLanguages() {
        List<String> pages = List.of(
                "/administration",
                UNITS,
                UNITS + "/" + BUREAU,
                UNITS + "/" + BUREAU + "/name",
                UNITS + "/" + BUREAU + "/move",
                UNITS + "/" + BUREAU + "/close",
                "/administration/new-unit",
                PEOPLE,
                PEOPLE + "/handler",
                PEOPLE + "/handler/edit",
                PEOPLE + "/handler/posts",
                PEOPLE + "/handler/leave",
                "/administration/new-person",
                SUBSTITUTES,
                ACCOUNTS,
                ACCOUNTS + "/handler");
        Caller english = Caller.browser(port, "administrator").inEnglish();
        for (String page : pages) {
            HttpResponse<String> chinese = administrator.get(page);
            assertThat(chinese.statusCode()).as(page).isEqualTo(200);
            assertThat(chinese.body()).as(page).doesNotContain("??", "administration.", "history.");
            assertThat(english.get(page).body())
                    .as(page)
                    .contains("Administration")
                    .doesNotContain("??", "administration.", "history.", "变动记录");
        }
    }

    private String itemOf(String unit, String handler) {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED, Map.of("leadUnit", unit));
        lifeCycle.complete(handler, itemNo, Samples.claim(handler));
        return itemNo;
    }

    private void open(String code) {
        done("/administration/new-unit", Map.of("code", code, "name", "测试" + code, "tier", "CITY"), UNITS + "/" + code);
    }

    private void add(String id, String unit, String role) {
        done(
                "/administration/new-person",
                Map.of("id", id, "name", "测试人员", "unit", unit, "roles", role),
                PEOPLE + "/" + id);
    }

    private static Map<String, String> confirmed(Map<String, String> fields) {
        Map<String, String> confirmed = new HashMap<>(fields);
        confirmed.put("confirmed", "true");
        return confirmed;
    }

    private static Map<String, String> fields(String... namesAndValues) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private HttpResponse<String> submit(String path, Map<String, String> fields) {
        return administrator.submit(path, csrf, fields);
    }

    /** Sends a form that is accepted, and goes where the browser is sent on to: what is told once is told there. */
    private String done(String path, Map<String, String> fields, String leadsTo) {
        HttpResponse<String> response = submit(path, fields);
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(302);
        assertThat(administrator.location(response)).isEqualTo(leadsTo);
        return administrator.get(leadsTo).body();
    }
}
