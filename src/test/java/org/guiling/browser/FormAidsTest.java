package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests in a real browser how pages help to fill in a form, how lists come back, and what is printed. */
@GuilingTest
@BrowserTest
class FormAidsTest extends AbstractBrowserTest {

    @Autowired
    LifeCycle lifeCycle;

    @Test
    void tabReachesWhatAppearsAndNothingIsUnderTheBar() {
        Page page = open("handler", ItemStatus.PLANNING, 720, 450);
        page.locator("[name=measure1Content]").focus();
        page.keyboard().type("补齐井盖");
        page.locator("[name=measure2Content]")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));

        for (int stop = 0; stop < 60 && !focused(page).equals("measure2Content"); stop++) {
            assertThat(covered(page)).as(focused(page)).isFalse();
            page.keyboard().press("Tab");
        }
        assertThat(focused(page)).isEqualTo("measure2Content");
    }

    /** The server is slower than the keyboard: the next field appears when Tab has gone past its place. */
    @Test
    void tabGoesBackToWhatAppearsOnlyAfterwards() {
        Page page = open("handler", ItemStatus.PLANNING, 1440, 900);
        List<Route> held = new ArrayList<>();
        page.route(Pattern.compile(".*/hidden$"), held::add);
        page.locator("[name=measure1Content]").focus();
        page.keyboard().type("补齐井盖");
        page.evaluate("() => [...document.querySelector('[name=measure1Content]').closest('fieldset')"
                + ".querySelectorAll('input, select, textarea')].at(-1).focus()");
        page.keyboard().press("Tab");
        assertThat(focused(page)).doesNotStartWith("measure2");

        page.waitForCondition(() -> !held.isEmpty());
        page.unroute(Pattern.compile(".*/hidden$"));
        held.forEach(Route::resume);

        Browser.await(page, "() => document.activeElement.name === 'measure2Content'");
    }

    @Test
    void anErrorGoesWhenItIsMended() {
        Page page = open("handler", ItemStatus.PLANNING, 1440, 900);
        page.locator(".guided-form button[type=submit]").click();
        page.locator("#c-rootCause .form-problem").waitFor();
        int before = page.locator(".form-problem").count();

        page.locator("[name=rootCause]").fill("巡查频次不足，缺失井盖未及时登记。");

        assertThat(page.locator("#c-rootCause .form-problem").count()).isZero();
        assertThat(page.locator("[name=rootCause]").getAttribute("aria-invalid"))
                .isNull();
        assertThat(page.locator(".form-problem").count()).isEqualTo(before - 1);
    }

    @Test
    void whatIsMissingFollowsWhatIsTypedAndUploaded() {
        Page page = open("handler", ItemStatus.RECTIFYING, 1440, 900);
        Locator done = page.locator(".open-points li[data-field=measure1Done]");
        assertThat(done.getAttribute("class")).isNullOrEmpty();
        page.locator("[name=measure1Done]").check();
        assertThat(done.getAttribute("class")).contains("point-given");
        page.locator("[name=measure1Done]").uncheck();
        assertThat(done.getAttribute("class")).doesNotContain("point-given");

        // the place for files begins with what is lacking, and an upload takes its line away
        page.locator(".evidence-upload").waitFor();
        assertThat(page.locator("#evidence-measure").inputValue()).isEqualTo("1");
        page.locator("#evidence-files")
                .setInputFiles(new FilePayload("补齐后.jpg", "image/jpeg", SampleFiles.jpg(40, 30)));
        page.locator(".open-points li[data-field=measure1Evidence]")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        assertThat(page.locator(".open-points li[data-field=measure2Evidence]").count())
                .isEqualTo(1);
    }

    @Test
    void filtersOfTheToDosComeBack() {
        Page page = browser.signOn("handler");
        page.navigate(browser.address() + "/todos?whose=MINE");
        page.locator("form[data-remember]").waitFor();
        page.navigate(browser.address() + "/todos");
        page.waitForURL(Pattern.compile(".*whose=MINE.*"));
    }

    @Test
    void theWordsOfASearchAreNeitherInTheAddressNorLeftBehind() {
        Page page = browser.signOn("reviewer");
        // nobody in any item, whatever other tests wrote down
        String name = "司徒某某";
        for (String list : List.of("/items", "/todos")) {
            page.navigate(browser.address() + list);
            page.fill("#text", name);
            page.waitForURL(Pattern.compile(".*" + list + "\\?.*search=.*"));
            page.locator(".empty-note").waitFor();
            page.reload();
            assertThat(page.inputValue("#text")).isEqualTo(name);
            page.locator(".filter-go button").click();
            page.waitForURL(Pattern.compile(".*" + list + "\\?.*search=.*"));
            assertThat(page.url()).doesNotContain("text=", "_csrf", "_once", "%E5%8F%B8");
            assertThat(page.inputValue("#text")).isEqualTo(name);
            assertThat(page.evaluate("() => JSON.stringify(localStorage)").toString())
                    .contains("guiling filter")
                    .doesNotContain(name, "%E5%8F%B8", "_csrf");
        }
    }

    @Test
    void paperHasNoControlsAndTheSumOnce() {
        Page page = browser.signOn("supervisor");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.navigate(browser.address() + "/items");
        assertThat(page.locator(".filters").isVisible()).isFalse();
        assertThat(page.locator(".site-header").isVisible()).isFalse();
        page.navigate(browser.address() + "/board");
        assertThat(page.evaluate("() => [...document.querySelectorAll('tfoot')]"
                        + ".every(foot => getComputedStyle(foot).display === 'table-row-group')"))
                .isEqualTo(true);
        byte[] board = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true));
        // A4 on its side
        assertThat(new String(board, StandardCharsets.ISO_8859_1)).containsPattern("MediaBox \\[0 0 84[12]");
    }

    private Page open(String person, ItemStatus status, int width, int height) {
        String itemNo = lifeCycle.itemAt(status);
        Page page = browser.signOn(person, width, height);
        page.navigate(browser.address() + "/tasks/" + lifeCycle.waiting(itemNo).taskId());
        page.locator(".guided-form").waitFor();
        return page;
    }

    private static String focused(Page page) {
        return String.valueOf(page.evaluate("() => document.activeElement.name ?? ''"));
    }

    /** True where the bar at the foot covers the element that has the focus, one frame after it came there. */
    private static boolean covered(Page page) {
        return Boolean.TRUE.equals(page.evaluate("""
                () => new Promise(answer => requestAnimationFrame(() => requestAnimationFrame(() => {
                  const foot = document.querySelector('.form-foot');
                  const box = document.activeElement.getBoundingClientRect();
                  answer(!foot.contains(document.activeElement) && foot.closest('form').contains(document.activeElement)
                    && getComputedStyle(foot).position === 'sticky'
                    && box.bottom > foot.getBoundingClientRect().top + 1 && box.height < 200);
                })))"""));
    }
}
