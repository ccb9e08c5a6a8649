package org.guiling.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.WaitForSelectorState;

/** What a person does in Camunda Tasklist, by the labels that they read. */
final class Tasklist {

    private static final int LOADS = 3;

    private final Page page;

    /** Camunda's page comes up blank now and then when it is loaded on a busy machine; a reload helps. */
    Tasklist(Page page, String address) {
        this.page = page;
        page.navigate(address + "/camunda/app/tasklist/default/");
        for (int load = 1; !isLoaded() && load < LOADS; load++) {
            page.reload();
        }
    }

    private boolean isLoaded() {
        try {
            page.locator("[cam-tasklist-filters]").first().waitFor();
            return true;
        } catch (TimeoutError e) {
            return false;
        }
    }

    Page page() {
        return page;
    }

    /** Opens the start form of the five steps. */
    void openStartForm() {
        page.locator(".start-process-action a").first().click();
        page.locator(".modal").getByText("五步归零").first().click();
        page.locator(".modal .fjs-form").waitFor();
    }

    void submitStartForm() {
        page.locator(".modal-footer button.btn-primary").click();
        page.locator(".modal").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    /** Opens a task without a reload, which Tasklist does not survive every time. */
    void openTask(String taskId) {
        page.evaluate("id => { location.hash = '#/?task=' + id; }", taskId);
        page.locator(".task-card .fjs-form").first().waitFor();
    }

    void claim() {
        page.locator(".task-card .claim").first().click();
        page.locator(".task-card .unclaim, .task-card .reset-assignee").first().waitFor();
    }

    void fill(String label, String value) {
        fields().fill(label, value);
    }

    void fillDate(String label, String isoDay) {
        fields().fillDate(label, isoDay);
    }

    void select(String label, String option) {
        fields().select(label, option);
    }

    void choose(String label, String option) {
        fields().choose(label, option);
    }

    void check(String label) {
        page.locator(".fjs-form-field-checkbox")
                .filter(has(label))
                .locator("input")
                .check();
    }

    /** The part of the form under a heading, such as 措施 2. */
    FormFields group(String heading) {
        return new FormFields(
                page,
                page.locator(".fjs-form-field-group")
                        .filter(new Locator.FilterOptions()
                                .setHas(page.locator("label").getByText(heading, FormFields.exactly()))));
    }

    void complete() {
        page.locator(".form-actions button.btn-primary, .task-card button[ng-click='complete()']")
                .first()
                .click();
    }

    /** What Tasklist tells after a refusal. */
    String refusal() {
        Locator message =
                page.locator(".page-notifications .alert").filter(has("出错")).first();
        message.waitFor();
        return message.innerText();
    }

    private FormFields fields() {
        return new FormFields(page, page.locator(".fjs-form"));
    }

    private static Locator.FilterOptions has(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
