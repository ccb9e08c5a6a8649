package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.web.support.Caller;
import org.guiling.web.support.HeldUploads;
import org.guiling.web.support.Ledgers;
import org.guiling.web.support.Paging;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.util.ReflectionTestUtils;

@GuilingTest
class PagesTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TestClock clock;

    @Autowired
    HeldUploads held;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registrar",
                "reviewer",
                "handler",
                "verifier",
                "supervisor",
                "leader",
                "head",
                "township-leader",
                "operator",
                "administrator"
            })
    void theStartPageGreetsEveryRoleInBothLanguages(String user) {
        lifeCycle.itemAt(ItemStatus.DISPATCHED);
        Caller browser = Caller.browser(port, user);

        String chinese = browser.get("/").body();
        String english = browser.inEnglish().get("/").body();

        assertThat(chinese).contains("<html lang=\"zh-CN\">", "整改总览", "立项建账", "销号归零", "最紧急的十件", "我的待办");
        assertThat(english).contains("<html lang=\"en\">", "Overview", "Ten most urgent items", "My tasks");
        assertThat(english).doesNotContain("整改总览", "我的待办", "??");
        assertThat(chinese).doesNotContain("??", "start.", "figure.");
    }

    @Test
    void linksFollowTheRole() {
        String registrar = Caller.browser(port, "registrar").get("/").body();
        String operator = Caller.browser(port, "operator").get("/").body();

        assertThat(registrar).contains("/new/registration", "/imports").doesNotContain("app/cockpit");
        assertThat(operator).contains("app/cockpit").doesNotContain("/new/registration", "\"/imports\"");
    }

    @Test
    void aTaskLeadsToItsPage() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        LocalDate due = lifeCycle.workingDays(2);
        clock.advance(Duration.ofDays(ChronoUnit.DAYS.between(lifeCycle.today(), due) + 1));

        String page = Caller.browser(port, "reviewer").get("/").body();

        assertThat(page).containsPattern("href=\"/tasks/[0-9a-f-]{36}\"").contains("逾期 1 天");
        assertThat(lifeCycle.waiting(itemNo).assignee()).isNull();
    }

    @Test
    void aDateThatMayStillMoveIsMarkedOnTheStartPage() {
        // given somebody who has a single task, in a year that nobody has loaded
        organization.save(
                new Person("far-sighted", "示例承办人", "ecology-bureau", Set.of(Role.HANDLER)),
                passwords.encode("guiling-demo"));
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("leadUnit", "ecology-bureau");
        clock.advance(Duration.ofDays(ChronoUnit.DAYS.between(lifeCycle.today(), LocalDate.of(2090, 6, 1))));
        lifeCycle.moveTo(ItemStatus.DISPATCHED, lifeCycle.register(registration));

        assertThat(Caller.browser(port, "far-sighted").get("/").body()).contains("class=\"due-provisional\"", ">暂定<");
    }

    @Test
    void theLoginPageSaysWhatHappened() {
        Caller visitor = Caller.anonymous(port).with("Accept", "text/html");

        assertThat(visitor.get("/login").body()).contains("账号", "密码").doesNotContain("账号或密码不正确", "安全退出");
        assertThat(visitor.get("/login?error").body()).contains("账号或密码不正确").doesNotContain("安全退出");
        assertThat(visitor.get("/login?signed-off").body()).contains("您已安全退出");
        HttpResponse<String> wrong =
                visitor.submit("/login", visitor.csrf("/login"), Map.of("username", "handler", "password", "wrong"));
        assertThat(wrong.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/login?error"));
        assertThat(visitor.inEnglish().get("/login").body()).contains("Sign on").doesNotContain("登录");
    }

    @Test
    void withoutDemoDataNoAccountIsNamed() {
        assertThat(Caller.anonymous(port).get("/login").body()).doesNotContain("guiling-demo", "registrar", "示例数据");
    }

    @Test
    void anAddressThatDoesNotExistIsAPageInTheSameLook() {
        HttpResponse<String> response = Caller.browser(port, "handler").get("/nothing");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("没有找到", "返回首页", "/assets/guiling-").doesNotContain("Exception");
    }

    @Test
    void stylesMayBeKept() {
        String page = Caller.anonymous(port).get("/login").body();
        Matcher styles = Pattern.compile("href=\"(/[^\"]+\\.css)\"").matcher(page);

        int found = 0;
        while (styles.find()) {
            HttpResponse<String> style = Caller.anonymous(port).get(styles.group(1));
            assertThat(style.statusCode()).as(styles.group(1)).isEqualTo(200);
            assertThat(style.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(cache -> assertThat(cache).contains("max-age"));
            found++;
        }
        assertThat(found).isEqualTo(2);
    }

    @Test
    void importsAreForRegistrarsAndReviewers() {
        assertThat(Caller.browser(port, "leader").get("/imports").statusCode()).isEqualTo(403);
        assertThat(Caller.browser(port, "registrar").get("/imports").body())
                .contains("上传台账", "市教育局（示例）", "民生服务", "挂牌督办", "整改台账");
        assertThat(Caller.browser(port, "reviewer").get("/imports").body())
                .contains("等待立项审核的导入")
                .doesNotContain("上传台账");
    }

    @Test
    void aFileIsCheckedThenImportedThenReviewed() {
        Caller registrar = Caller.browser(port, "registrar");
        String checked = check(registrar, Ledgers.with(2, 1));
        assertThat(checked).contains("检查结果", "第 4 行", "没有这个单位", "有 1 行有问题，不能全部导入");

        String result = run(registrar, token(checked), "valid-rows");

        assertThat(result).contains("已导入 2 件");
        assertThat(held.find(token(checked))).isEmpty();
        Caller reviewer = Caller.browser(port, "reviewer");
        String last = newestReview(reviewer);
        // nothing is accepted by one click: there is a list to look at, and it has to be confirmed
        String list = reviewer.get(last).body();
        assertThat(list).contains("等待审核 2 件", "准予立项", "已看过清单", "site-nav");
        HttpResponse<String> unconfirmed = reviewer.submit(last, reviewer.csrf(last), Map.of());
        assertThat(reviewer.location(unconfirmed)).isEqualTo(last);
        assertThat(reviewer.get(last).body()).contains("请先勾选确认", "等待审核 2 件");
        HttpResponse<String> confirmed = reviewer.submit(last, reviewer.csrf(last), Map.of("confirmed", "true"));
        assertThat(reviewer.location(confirmed)).isEqualTo("/imports/review-progress");
        assertThat(reviewed(reviewer)).contains("已准予立项 2 件", "href=\"/items/ZG-");
        assertThat(reviewer.location(reviewer.get(last))).isEqualTo("/imports");
    }

    @Test
    void whatCameOfALongReviewIsTurnedPageByPage() {
        Caller registrar = Caller.browser(port, "registrar");
        run(registrar, token(check(registrar, Ledgers.with(Paging.SIZE + 1, 0))), "valid-rows");
        Caller reviewer = Caller.browser(port, "reviewer");
        String review = newestReview(reviewer);

        reviewer.submit(review, reviewer.csrf(review), Map.of("confirmed", "true"));

        String first = reviewed(reviewer);
        assertThat(first).contains("已准予立项 " + (Paging.SIZE + 1) + " 件", "accepted=1");
        assertThat(first.split("href=\"/items/ZG-")).hasSize(Paging.SIZE + 1);
        assertThat(reviewer.get("/imports/review-progress?accepted=1").body().split("href=\"/items/ZG-"))
                .hasSize(2);
    }

    /** Other tests' imports wait too, the oldest first: the newest is on the last page. */
    private static String newestReview(Caller reviewer) {
        return Pattern.compile("/imports/(\\d+)/review")
                .matcher(reviewer.get("/imports?page=1000").body())
                .results()
                .max(Comparator.comparingLong(review -> Long.parseLong(review.group(1))))
                .orElseThrow()
                .group();
    }

    /** The page when the review is over. */
    private static String reviewed(Caller reviewer) {
        String page;
        do {
            page = reviewer.get("/imports/review-progress").body();
        } while (page.contains("id=\"progress\""));
        return page;
    }

    @Test
    void aFileIsImportedOnce() {
        Caller registrar = Caller.browser(port, "registrar");
        String token = token(check(registrar, Ledgers.with(1, 0)));
        run(registrar, token, "all-or-nothing");

        assertThat(run(registrar, token, "all-or-nothing")).contains("已使用或超过三十分钟");
    }

    @Test
    void aTokenIsWorthNothingInAnotherHand() {
        String token = token(check(Caller.browser(port, "registrar"), Ledgers.with(1, 0)));

        assertThat(run(Caller.browser(port, "reviewer"), token, "valid-rows")).contains("已使用或超过三十分钟");
    }

    @Test
    void afterHalfAnHourTheFileIsGone() throws Exception {
        Caller registrar = Caller.browser(port, "registrar");
        String token = token(check(registrar, Ledgers.with(1, 0)));
        clock.advance(Duration.ofMinutes(30));

        assertThat(run(registrar, token, "valid-rows")).contains("已使用或超过三十分钟");
        held.sweep();
        try (Stream<Path> files = Files.list(uploads())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFileThatCannotBeReadIsRefusedInWords() {
        Caller registrar = Caller.browser(port, "registrar");
        Map<String, String> parts =
                new HashMap<>(Map.of("_csrf", registrar.csrf("/imports"), "profile", "ledger", "sourceDocNo", "记住我"));

        HttpResponse<String> response = registrar.upload("/imports/check", "l.xlsx", new byte[] {1, 2, 3}, parts);

        assertThat(response.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/imports"));
        assertThat(registrar.get("/imports").body()).contains("alert-danger", "记住我");
    }

    @Test
    void aFileThatIsTooLargeIsRefusedInWords() {
        Caller registrar = Caller.browser(port, "registrar");
        Map<String, String> parts = Map.of("_csrf", registrar.csrf("/imports"), "profile", "ledger");

        HttpResponse<String> response = registrar.upload("/imports/check", "l.csv", new byte[21 * 1024 * 1024], parts);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("文件过大");
    }

    private Path uploads() {
        return (Path) ReflectionTestUtils.getField(held, "directory");
    }

    private static String check(Caller registrar, byte[] file) {
        registrar.upload(
                "/imports/check", "台账.csv", file, Map.of("_csrf", registrar.csrf("/imports"), "profile", "ledger"));
        return registrar.get("/imports/check").body();
    }

    /** The page that follows. */
    private static String run(Caller registrar, String token, String mode) {
        String next = registrar
                .submit("/imports/run", registrar.csrf("/imports"), Map.of("token", token, "mode", mode))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return registrar.get(next.substring(next.indexOf("/imports"))).body();
    }

    private static String token(String page) {
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).isTrue();
        return token.group(1);
    }
}
