package org.guiling.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;

/** The fields of a Camunda Form, or of one group of it, by the labels that people read. */
final class FormFields {

    private final Page page;
    private final Locator scope;

    FormFields(Page page, Locator scope) {
        this.page = page;
        this.scope = scope;
    }

    void waitFor() {
        scope.first().waitFor();
    }

    void fill(String label, String value) {
        field(label).locator("input, textarea").first().fill(value);
    }

    String value(String label) {
        return field(label).locator("input, textarea").first().inputValue();
    }

    /**
     * Dates are typed in the order that the field shows in Chinese: year, month, day. The field is painted before its
     * calendar listens, and with each paint the calendar takes back what the form holds: typed in between, a date is lost.
     */
    void fillDate(String label, String isoDay) {
        Locator input = field(label).locator("input.flatpickr-input").first();
        page.waitForFunction("input => input._flatpickr.config.onChange.length > 0", input.elementHandle());
        input.fill(isoDay.replace('-', '/'));
        input.press("Enter");
        input.blur();
        waitForPaint();
    }

    /** Preact runs its effects in a task after the next frame; the first one may change what the second one sees. */
    private void waitForPaint() {
        page.evaluate("""
                async () => {
                    for (let round = 0; round < 2; round++) {
                        await new Promise(painted => requestAnimationFrame(() => setTimeout(painted)));
                    }
                }
                """);
    }

    void select(String label, String option) {
        field(label).locator(".fjs-input-group").first().click();
        page.locator(".fjs-dropdownlist-item").getByText(option, exactly()).click();
    }

    boolean isSelect(String label) {
        return field(label).locator(".fjs-select-arrow, .fjs-input-group").count() > 0;
    }

    /** Chooses a radio button or ticks a box of a checklist; fails when the form did not take it. */
    void choose(String label, String option) {
        waitForPaint();
        field(label)
                .locator("label")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + option + "\\s*$")))
                .locator("input")
                .check();
    }

    void checkFirst() {
        scope.locator("input[type=checkbox]").first().check();
    }

    static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    /** No label of ours has a character that a pattern knows; one ends with an asterisk where the field is required. */
    private Locator field(String label) {
        Pattern text = Pattern.compile("^\\s*" + label + "\\s*\\*?\\s*$");
        return scope.locator(".fjs-form-field:not(.fjs-form-field-group)")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("label.fjs-form-field-label, .fjs-form-field-label")
                                .filter(new Locator.FilterOptions().setHasText(text))))
                .first();
    }
}
