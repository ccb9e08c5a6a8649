package org.guiling.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person's work in Camunda Tasklist, by the labels that they read. */
final class Tasklist {

    private static final Pattern OPENED = Pattern.compile("[?&]task=([^&]+)");

    private final Page page;

    /** The task whose form was sent last; null when it was refused, or when Tasklist is known to be done with it. */
    private String sent;

    Tasklist(Page page, String address) {
        this.page = page;
        page.navigate(address + "/camunda/app/tasklist/default/");
        // Once a filter is chosen, Tasklist has written its own address and does not overwrite what comes after.
        page.waitForFunction("location.hash.includes('filter=')");
    }

    Page page() {
        return page;
    }

    /** Opens the start form of a model, by its name. */
    void openStartForm(String model) {
        page.locator(".start-process-action a").first().click();
        page.locator(".modal")
                .getByText(model, new Locator.GetByTextOptions().setExact(true))
                .first()
                .click();
        page.locator(".modal .fjs-form").waitFor();
    }

    void tryToSubmitStartForm() {
        page.locator(".modal-footer button.btn-primary").click();
    }

    /** The message of the start dialog after a refusal. */
    String refusalInDialog() {
        // The dialog has alerts of its own that are hidden until they have something to tell.
        Locator message = page.locator(".modal .alert:visible, .page-notifications .alert-danger:visible")
                .first();
        message.waitFor();
        return message.innerText();
    }

    /** Leaves the start dialog without submitting. */
    void closeStartForm() {
        page.locator(".modal-footer").getByText("关闭").click();
        page.locator(".modal").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    void submitStartForm() {
        tryToSubmitStartForm();
        page.locator(".modal").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    /** Opens a task with a form. */
    void openTask(String taskId) {
        goToTask(taskId);
        page.locator(".task-card .fjs-form:not([data-left])").first().waitFor();
    }

    /**
     * Opens a task without a reload, which Tasklist does not survive every time. A form that is still there is that of the
     * task before, for as long as the next one is fetched: it is marked as left.
     */
    void goToTask(String taskId) {
        awaitCompletion();
        page.evaluate("""
                id => {
                    const parameters = new URLSearchParams(location.hash.split('?')[1]);
                    if (parameters.get('task') === id) {
                        return;
                    }
                    document.querySelectorAll('.task-card .fjs-form').forEach(form => form.dataset.left = 'true');
                    parameters.set('task', id);
                    location.hash = '#/?' + parameters;
                }
                """, taskId);
    }

    /** Tasklist takes a task that it has completed out of its address; it would take the next one's too. */
    private void awaitCompletion() {
        if (sent != null) {
            page.waitForURL(url -> !url.contains("task=" + sent));
            sent = null;
        }
    }

    /** Opens the task at the top of the list. */
    void openFirstTask() {
        page.locator(".tasks-list li.task a").first().click();
        page.locator(".task-card .fjs-form").first().waitFor();
    }

    /** The tabs beside the form that a person sees, from the left. */
    Locator tabs() {
        return page.locator(".task-details .nav-tabs a:visible");
    }

    /** Opens a tab of the task and waits until it shows what is of the portal. */
    Locator openTab(String name) {
        page.locator(".task-details .nav-tabs a")
                .getByText(name, FormFields.exactly())
                .click();
        Locator content = page.locator(".task-details .tab-content view");
        content.locator(".card, .card-body").first().waitFor();
        return content;
    }

    /** Back to the form. */
    void openForm() {
        page.locator(".task-details .nav-tabs a").first().click();
        page.locator(".task-card .fjs-form").first().waitFor();
    }

    void claim() {
        tryToClaim();
        page.locator(".task-card .unclaim, .task-card .reset-assignee").first().waitFor();
    }

    void tryToClaim() {
        page.locator(".task-card .claim").first().click();
    }

    /** The present value of a field of the form. */
    String value(String label) {
        return fields().value(label);
    }

    /** The answer of Tasklist's own REST to a form sent past the screen: status and message. */
    String submitPastTheScreen(String taskId, Map<String, Object> fields) {
        Map<String, Object> variables = new HashMap<>();
        fields.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        return (String) page.evaluate("""
                async ([task, variables]) => {
                    const token = document.cookie.match(/XSRF-TOKEN=([^;]+)/)[1];
                    const answer = await fetch(`/camunda/api/engine/engine/default/task/${task}/submit-form`, {
                        method: 'POST',
                        headers: {'Content-Type': 'application/json', 'X-XSRF-TOKEN': token},
                        body: JSON.stringify({variables})
                    });
                    return answer.status + ' ' + (answer.status === 204 ? '' : (await answer.json()).message);
                }
                """, List.of(taskId, variables));
    }

    /** Chooses the item of a request, or types its number where there is nothing to choose from. */
    void nameItem(String itemNo, String title) {
        if (fields().isSelect("事项编号")) {
            select("事项编号", itemNo + " " + title);
        } else {
            fill("事项编号", itemNo);
        }
    }

    /** Takes a picture of the page as the person sees it now. */
    void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
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
        Matcher opened = OPENED.matcher(page.url());
        sent = opened.find() ? opened.group(1) : null;
        page.locator(".form-actions button.btn-primary, .task-card button[ng-click='complete()']")
                .first()
                .click();
    }

    /** The message of Tasklist after a refusal; closes it. */
    String refusal() {
        Locator message = page.locator(".page-notifications .alert-danger");
        message.waitFor();
        sent = null;
        String text = message.innerText();
        message.locator("button.close:visible").click();
        message.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return text;
    }

    private FormFields fields() {
        return new FormFields(page, page.locator(".fjs-form"));
    }

    private static Locator.FilterOptions has(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
