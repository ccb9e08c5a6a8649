package org.guiling.web.administration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.YearFiles;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.guiling.web.support.HeldUploads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page of the working calendar, as an administrator's browser sees it. */
@GuilingTest
class CalendarPagesTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    WorkingCalendars calendars;

    @Autowired
    HeldUploads held;

    @Autowired
    TestClock clock;

    @AfterEach
    void backToToday() {
        // files that wait carry the time of the test's clock
        clock.advance(Duration.ofMinutes(31));
        held.sweep();
        clock.reset();
    }

    @Test
    void theLoadedYearsAreShownInBothLanguages() {
        Caller browser = Caller.browser(port, "administrator");

        String chinese = browser.get("/calendar").body();
        String english = browser.inEnglish().get("/calendar").body();

        assertThat(chinese)
                .contains(">2025<", ">2026<", "国办发明电〔2024〕12号", "国办发明电〔2025〕7号", ">248<", "随产品提供")
                .contains("2026-02-14", "aria-current=\"page\"")
                .contains("尚未载入：落在该年及以后的期限按周一至周五推算，均为暂定")
                .doesNotContain("??", "calendar.title", "calendar.year", "2,026");
        assertThat(english)
                .contains("Working calendar", "came with the product", "provisional")
                .doesNotContain("工作日历", "??", "calendar.title", "calendar.year");
    }

    @Test
    void aYearIsShownFirstAndLoadedOnConfirmation() {
        // given an item that waits over New Year
        clock.advance(Duration.ofDays(ChronoUnit.DAYS.between(lifeCycle.today(), LocalDate.of(2070, 12, 30))));
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        LocalDate provisional = lifeCycle.workingDays(2);
        Caller administrator = Caller.browser(port, "administrator");

        // when the file is uploaded
        String checked = check(administrator, YearFiles.of(2071));

        // then the page says what changes, and nothing has
        assertThat(checked).contains("载入前的差异", "测试〔2070〕7号", "确认载入 2071 年", "2071-02-10", "春节");
        assertThat(checked).contains(itemNo, "立项审核", provisional.toString(), "2071-01-05");
        assertThat(calendars.current().isLoaded(2071)).isFalse();

        // when it is confirmed
        String token = token(checked);
        String loaded = load(administrator, token);

        // then it is loaded, and the file is gone
        assertThat(loaded).contains("已载入 2071 年", "测试〔2070〕7号", "关管理 于 2070-12-30");
        assertThat(calendars.current().isLoaded(2071)).isTrue();
        assertThat(lifeCycle.waiting(itemNo).due().atZone(clock.getZone()).toLocalDate())
                .isEqualTo(LocalDate.of(2071, 1, 5));
        assertThat(held.find(token)).isEmpty();
        assertThat(load(administrator, token)).contains("已使用或超过三十分钟");

        // and the same year again is said to be there already
        assertThat(check(administrator, YearFiles.corrected(2071))).contains("2071 年已载入过", "测试〔2070〕7号更正");
    }

    @Test
    void aTokenIsWorthNothingInAnotherSession() {
        String token = token(check(Caller.browser(port, "administrator"), YearFiles.of(2073)));

        assertThat(load(Caller.browser(port, "administrator"), token)).contains("已使用或超过三十分钟");
        assertThat(calendars.current().isLoaded(2073)).isFalse();
    }

    @Test
    void afterHalfAnHourTheFileIsGone() {
        Caller administrator = Caller.browser(port, "administrator");
        String token = token(check(administrator, YearFiles.of(2073)));
        clock.advance(Duration.ofMinutes(30));

        assertThat(load(administrator, token)).contains("已使用或超过三十分钟");
        assertThat(calendars.current().isLoaded(2073)).isFalse();
    }

    @Test
    void aBadFileIsRefusedInWords() {
        Caller administrator = Caller.browser(port, "administrator");
        String file = YearFiles.of(2073) + "  - {name: 元旦, from: 2073-01-02}\nwork:\n  - {name: 元旦, day: 2073-01-09}\n";

        HttpResponse<String> response = upload(administrator, file);

        assertThat(response.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/calendar"));
        assertThat(administrator.get("/calendar").body())
                .contains("alert-danger", "2073-01-02 重复出现。", "2073-01-09 本来就是周一至周五的工作日，不能列为调休上班日。");
        assertThat(administrator.get("/calendar/check").headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/calendar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"registrar", "operator", "head"})
    void thePageIsForAdministrators(String person) {
        Caller browser = Caller.browser(port, person);

        assertThat(browser.get("/calendar").statusCode()).isEqualTo(403);
        assertThat(browser.get("/").body()).doesNotContain("\"/administration\"");
        assertThat(browser.submit("/calendar/load", browser.csrf("/"), Map.of("token", "x"))
                        .statusCode())
                .isEqualTo(403);
    }

    private static String check(Caller administrator, String file) {
        upload(administrator, file);
        return administrator.get("/calendar/check").body();
    }

    private static HttpResponse<String> upload(Caller administrator, String file) {
        return administrator.upload(
                "/calendar/check", "year.yaml", file.getBytes(UTF_8), Map.of("_csrf", administrator.csrf("/calendar")));
    }

    /** The page that follows. */
    private static String load(Caller administrator, String token) {
        administrator.submit("/calendar/load", administrator.csrf("/calendar"), Map.of("token", token));
        return administrator.get("/calendar").body();
    }

    private static String token(String page) {
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return token.group(1);
    }
}
