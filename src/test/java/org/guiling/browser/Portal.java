package org.guiling.browser;

import static com.microsoft.playwright.options.WaitForSelectorState.ATTACHED;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The portal in somebody's browser, used as people use it: they see a form and fill in what it asks for. */
final class Portal {

    /** The innermost elements that stand out on the right, if the page has become wider than its window. */
    private static final String TOO_WIDE = """
            document.documentElement.scrollWidth <= innerWidth ? '' :
              [...document.body.querySelectorAll('*')]
                .filter(e => e.getBoundingClientRect().right > innerWidth)
                .filter((e, i, all) => !all.some(inner => inner !== e && e.contains(inner)))
                .slice(0, 5).map(e => e.outerHTML.slice(0, 300)).join('\\n') || 'something unseen'
            """;

    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private final Page page;
    private final String address;

    Portal(Browser browser, String account, int width, int height) {
        page = browser.signOn(account, width, height);
        address = browser.address();
    }

    /** A page on which nobody is signed on yet, in the width and height of a phone. */
    static Portal beforeSignOn(Browser browser) {
        return new Portal(browser, browser.visit("/login", PHONE_WIDTH, PHONE_HEIGHT));
    }

    private Portal(Browser browser, Page page) {
        this.page = page;
        this.address = browser.address();
    }

    /** In the width and height of a phone. */
    static Portal onAPhone(Browser browser, String account) {
        return new Portal(browser, account, PHONE_WIDTH, PHONE_HEIGHT);
    }

    Page page() {
        return page;
    }

    Portal open(String path) {
        page.navigate(address + path);
        return this;
    }

    /** The task that waits at an item, by way of the list. */
    Portal openToDo(String itemNo) {
        open("/todos?text=" + itemNo);
        page.locator(".todo-lines a").first().click();
        page.locator("form.guided-form").waitFor();
        return this;
    }

    /** One of the things that may be asked of an item, by way of its page. */
    Portal openRequest(String itemNo, String name) {
        open("/items/" + itemNo);
        page.locator(".page-actions a", new Page.LocatorOptions().setHasText(name))
                .click();
        page.locator("form.guided-form").waitFor();
        return this;
    }

    /** Goes where one of the page's buttons leads. */
    Portal follow(String name) {
        Locator button = page.locator(".page-actions a", new Page.LocatorOptions().setHasText(name));
        String address = button.getAttribute("href");
        button.click();
        page.waitForURL("**" + address);
        return this;
    }

    /** Fills in each field when the form shows it: what is answered first decides what is asked next. */
    Portal fill(Map<String, Object> fields) {
        Map<String, Object> left = new LinkedHashMap<>(fields);
        left.values().removeIf(value -> value == null || Boolean.FALSE.equals(value));
        int before = Integer.MAX_VALUE;
        while (!left.isEmpty() && left.size() < before) {
            before = left.size();
            left.entrySet().removeIf(field -> enter(field.getKey(), field.getValue()));
        }
        assertThat(left).as("fields that the form never showed").isEmpty();
        return this;
    }

    private boolean enter(String name, Object value) {
        Locator inputs = page.locator("form.guided-form [name='" + name + "']");
        if (inputs.count() == 0 || !inputs.first().isVisible()) {
            return false;
        }
        Object tag = inputs.first().evaluate("input => input.type");
        if (value instanceof Collection<?> several) {
            several.forEach(each -> option(name, each).check());
        } else {
            switch (tag.toString()) {
                case "radio" -> option(name, value).check();
                case "checkbox" -> inputs.first().check();
                case "select-one" -> inputs.first().selectOption(value.toString());
                default -> {
                    inputs.first().fill(value.toString());
                    inputs.first().blur();
                }
            }
        }
        page.locator("form.guided-form:not([aria-busy])").waitFor();
        return true;
    }

    private Locator option(String name, Object value) {
        return page.locator("form.guided-form [name='" + name + "'][value='" + value + "']");
    }

    /** A file for the first measure, chosen as people choose one. */
    Portal upload(String name, String type, byte[] content) {
        page.locator(".evidence-upload").waitFor();
        page.selectOption("#evidence-measure", "1");
        page.setInputFiles("#evidence-files", new FilePayload(name, type, content));
        page.locator(".evidence-file", new Page.LocatorOptions().setHasText(name))
                .waitFor();
        return this;
    }

    /** Sends a file that is checked before it counts; the page that follows says what it would change. */
    Portal check(String name, byte[] content) {
        page.setInputFiles("#file", new FilePayload(name, "application/octet-stream", content));
        page.locator("main form[enctype] button[type=submit]").click();
        page.locator("input[name=token]").first().waitFor(new Locator.WaitForOptions().setState(ATTACHED));
        return this;
    }

    /** Sends the form; the page that follows says that it is done. */
    Portal send() {
        trySending();
        page.locator(".alert-success").waitFor();
        return this;
    }

    /** Sends a form that is not accepted: it comes back. */
    Portal trySending() {
        page.locator("form.guided-form button[type=submit]").click();
        return this;
    }

    /** On a phone nobody scrolls sideways. */
    Portal fitsItsWidth() {
        assertThat(page.evaluate(TOO_WIDE)).as("%s fits its width", page.url()).isEqualTo("");
        return this;
    }

    /** axe-core finds nothing that is serious or critical. */
    Portal isAccessible() {
        // Our pages have no frames: no second page is needed to gather what was found in them.
        List<Rule> violations = new AxeBuilder(page)
                .setLegacyMode(true)
                .options(violationsAlone())
                .analyze()
                .getViolations();
        assertThat(violations.stream().filter(rule -> GRAVE.contains(rule.getImpact())))
                .as("what keeps people out of %s", page.url())
                .extracting(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
                .isEmpty();
        return this;
    }

    /** All rules are tried; of what passed axe-core lists one element instead of thousands. */
    private static AxeRunOptions violationsAlone() {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return options;
    }

    String text() {
        return page.locator("main").innerText();
    }
}
