package org.guiling.web.customization;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The pages of message texts (消息文字), as an administrator's browser sees them. */
@GuilingTest
class TextPagesTest {

    private static final String PAGE = "/administration/rules/texts";
    private static final String SUBJECT = PAGE + "/notice.subject";
    private static final String HELP = PAGE + "/help.role.REGISTRAR";
    private static final Pattern EXPECTED_VERSION = Pattern.compile("name=\"expectedVersion\" value=\"([^\"]+)\"");

    @LocalServerPort
    int port;

    private Caller administrator;

    @BeforeEach
    void signOn() {
        administrator = Caller.browser(port, "administrator");
    }

    /** The database is shared: other tests read the shipped texts. */
    @AfterEach
    void backToWhatIsShipped() {
        String page = administrator.get(PAGE).body();
        if (page.contains(PAGE + "/restore\"")) {
            submit(PAGE + "/restore", Map.of("expectedVersion", found(page)));
        }
        assertThat(administrator.get(PAGE).body()).doesNotContain("text-mark");
    }

    @Test
    void aTextIsFoundLookedAtPutInForceAndRestored() {
        // given the page finds the text by its words, changed or shipped
        assertThat(administrator
                        .get(PAGE + "?text=%E5%8F%91%E7%8E%B0%E9%97%AE%E9%A2%98%E6%97%B6")
                        .body())
                .contains("/start.tasks-empty.registrar\"")
                .doesNotContain("/notice.subject\"");
        assertThat(administrator.get(PAGE + "?text=NOTICE.SUBJECT").body())
                .contains("【归零】{0}：{1}", "[Guiling] {0}: {1}");
        assertThat(administrator.get(PAGE + "?text=nothing-like-it").body()).contains("没有符合条件的文字");

        // when it is looked at
        Map<String, String> words = Map.of(
                "chinese",
                "【本市归零】{1}，{0}",
                "english",
                "The city's zero: {0} {1}",
                "expectedVersion",
                expectedVersion(SUBJECT));
        String preview = submit(SUBJECT, with(words, "preview", "true")).body();

        // then the page shows it filled in, and nothing is in force
        assertThat(preview)
                .contains("【本市归零】ZG-2026-000123，催办", "The city&#39;s zero: Urged ZG-2026-000123", "尚未启用")
                .contains("value=\"【本市归零】{1}，{0}\"");
        assertThat(administrator.get(SUBJECT).body())
                .contains("随产品提供", "value=\"【归零】{0}：{1}\"", "{0} 由系统填写，例如“催办”", "{1} 由系统填写，例如“ZG-2026-000123”");

        // when it is put in force, then messages say it, and the page who and when
        assertThat(administrator.location(submit(SUBJECT, words))).isEqualTo(SUBJECT);
        assertThat(administrator.get(SUBJECT).body()).contains("已启用", "本单位第", "关管理");
        assertThat(administrator.get("/administration/rules/channels").body())
                .contains("【本市归零】ZG-2026-000123，催办", "The city&#39;s zero: Urged ZG-2026-000123");
        String list = administrator.get(PAGE + "?changed=true").body();
        assertThat(list).contains("【本市归零】{1}，{0}", "text-mark", "关管理").doesNotContain("/notice.hint\"");
        String version = found(list);
        assertThat(new String(administrator
                        .download(PAGE + "/file?version=" + version)
                        .body()))
                .contains("notice.subject:");
        assertThat(administrator.get(PAGE + "/file?version=" + version + "0").statusCode())
                .isEqualTo(404);

        // when the shipped text is restored, then it counts
        submit(SUBJECT + "/restore", Map.of("expectedVersion", expectedVersion(SUBJECT)));
        assertThat(administrator.get(SUBJECT).body()).contains("已恢复随产品提供的文字", "随产品提供");
        assertThat(administrator.get("/administration/rules/channels").body()).contains("【归零】催办：ZG-2026-000123");
    }

    @Test
    void helpIsReadInTheOfficesWords() {
        submit(
                HELP,
                Map.of(
                        "chinese",
                        "先问清楚\r\n再登记",
                        "english",
                        "Ask first; it's one fact",
                        "expectedVersion",
                        expectedVersion(HELP)));

        assertThat(Caller.browser(port, "registrar").get("/help").body()).contains("先问清楚\n再登记");
        assertThat(Caller.browser(port, "registrar").inEnglish().get("/help").body())
                .contains("Ask first; it&#39;s one fact");
    }

    @Test
    void whatIsRefusedSaysWhyAtItsFieldAndKeepsWhatWasTyped() {
        HttpResponse<String> refused = submit(
                SUBJECT,
                Map.of(
                        "chinese",
                        "有新情况<看>",
                        "english",
                        "{0} and {1} and {2}",
                        "expectedVersion",
                        expectedVersion(SUBJECT)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("value=\"有新情况&lt;看&gt;\"", "value=\"{0} and {1} and {2}\"")
                .contains("缺少 {0} {1}（半角花括号）", "通知里不能有网址", "多了 {2}");
        assertThat(submit(SUBJECT, Map.of("chinese", "", "preview", "true")).statusCode())
                .isEqualTo(400);
        assertThat(administrator.get(PAGE + "/refusal.role.rules").statusCode()).isEqualTo(404);
        assertThat(submit(PAGE + "/Category.SAFETY", SUBJECT, Map.of("chinese", "安全"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoComesSecondIsToldAndKeepsWhatWasTyped() {
        String expectedVersion = expectedVersion(HELP);
        submit(SUBJECT, Map.of("chinese", "{0} {1}", "english", "{0} {1}", "expectedVersion", expectedVersion));

        HttpResponse<String> second =
                submit(HELP, Map.of("chinese", "晚了一步", "english", "Late", "expectedVersion", expectedVersion));

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("期间已有他人改过", ">晚了一步</textarea>");
        assertThat(administrator.get(HELP).body()).contains("随产品提供").doesNotContain("晚了一步");

        // and from the page that is shown again it can be put in force
        submit(HELP, Map.of("chinese", "晚了一步", "english", "Late", "expectedVersion", found(second.body())));
        assertThat(administrator.get(HELP).body()).contains("晚了一步", "本单位第");
    }

    @Test
    void everyTextHasItsPageInBothLanguages() {
        Matcher links = Pattern.compile("href=\"(" + PAGE + "/[A-Za-z]+\\.[^\"]+)\"")
                .matcher(administrator.get(PAGE).body());
        List<String> pages = links.results().map(link -> link.group(1)).toList();
        assertThat(pages).hasSizeGreaterThan(100);

        for (String page : List.of(PAGE, pages.get(0), pages.get(20), HELP, PAGE + "/start.step-empty")) {
            assertThat(administrator.get(page).body()).as(page).contains("管理").doesNotContain("??", ">rules.");
            assertThat(Caller.browser(port, "administrator")
                            .inEnglish()
                            .get(page)
                            .body())
                    .as(page)
                    .contains("Administration")
                    .doesNotContain("??", ">rules.");
        }
        assertThat(Caller.browser(port, "administrator").inEnglish().get(PAGE).body())
                .contains(
                        "Lines of messages",
                        "Actions in the timeline",
                        "The tour",
                        "What a page says when it is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registrar", "operator", "head"})
    void thePagesAreForAdministrators(String person) {
        Caller browser = Caller.browser(port, person);

        for (String page : List.of(PAGE, SUBJECT, PAGE + "/file?version=1")) {
            assertThat(browser.get(page).statusCode()).as(page).isEqualTo(403);
        }
        browser.with("X-CSRF-TOKEN", browser.csrf("/"));
        for (String page : List.of(SUBJECT, SUBJECT + "/restore", PAGE + "/restore")) {
            assertThat(browser.post(page).statusCode()).as(page).isEqualTo(403);
        }
    }

    private HttpResponse<String> submit(String path, Map<String, String> fields) {
        return submit(path, PAGE, fields);
    }

    private HttpResponse<String> submit(String path, String page, Map<String, String> fields) {
        return administrator.submit(path, administrator.csrf(page), fields);
    }

    private String expectedVersion(String page) {
        return found(administrator.get(page).body());
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> more = new HashMap<>(fields);
        more.put(name, value);
        return more;
    }

    private static String found(String body) {
        Matcher matcher = EXPECTED_VERSION.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }
}
