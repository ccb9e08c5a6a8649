package org.guiling.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.item.todo.ToDos;
import org.guiling.web.support.Caller;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** The portal's pages: to-dos, tasks, items, the ledger, and what is asked of an item. */
@GuilingTest
class PortalPagesTest {

    private static final Pattern ITEM = Pattern.compile("/items/(ZG-\\d{4}-\\d{6})");

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    ToDos toDos;

    @Test
    void anItemGoesToZeroInThePortal() {
        // given what a registrar writes down
        HttpResponse<String> registered =
                send(Caller.browser(port, "registrar"), "/new/registration", lifeCycle.registration());
        Matcher number = ITEM.matcher(location(registered));
        assertThat(number.find()).as(registered.body()).isTrue();
        String itemNo = number.group(1);

        // when everybody does their part
        complete("reviewer", itemNo, UserTask.REVIEW_REGISTRATION, Samples.acceptance());
        complete("handler", itemNo, UserTask.CLAIM_ITEM, Samples.claim("handler"));
        complete("handler", itemNo, UserTask.DRAFT_PLAN, Samples.plan(lifeCycle.today()));
        complete("supervisor", itemNo, UserTask.APPROVE_PLAN, Samples.planApproval());
        complete("handler", itemNo, UserTask.RECTIFY, Samples.rectification(lifeCycle.today()));
        complete("verifier", itemNo, UserTask.VERIFY, Samples.verification(lifeCycle.today()));
        complete("supervisor", itemNo, UserTask.SIGN_OFF, Samples.signOff());

        // then it is closed, and its page says so
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
        String page = Caller.browser(port, "handler").get("/items/" + itemNo).body();
        assertThat(page).contains("已销号", "整改方案", "核查与销号", "时间线", "回头看").doesNotContain("??", "Exception");
        String head = page.substring(page.indexOf("item-head"), page.indexOf("</p>", page.indexOf("item-head")));
        assertThat(head).as("status and light are one word").containsOnlyOnce("已销号");
    }

    @Test
    void aRefusalShowsTheFormAgainWithAllThatWasEntered() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        plan.put("rootCause", "太短");
        plan.put("target", "三处井盖全部补齐 <b>并</b> 通过验收");

        HttpResponse<String> refused = complete("handler", itemNo, plan);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("原因分析", "is-invalid", "form-problem", "三处井盖全部补齐 &lt;b&gt;并&lt;/b&gt; 通过验收")
                .doesNotContain("<b>并</b>");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.PLANNING);
    }

    @Test
    void aFieldThatTheFormDoesNotHaveIsRefused() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        plan.put("status", "CLOSED");

        HttpResponse<String> refused = complete("handler", itemNo, plan);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("status");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.PLANNING);
    }

    /** Back and submit again, or a second tab: no error without a way out, and nothing is done twice. */
    @Test
    void whoComesBackToWhatIsDoneFindsTheItem() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        String task = "/tasks/" + lifeCycle.waiting(itemNo).taskId();
        Caller handler = Caller.browser(port, "handler");
        String csrf = handler.csrf(task);
        MultiValueMap<String, String> plan = new LinkedMultiValueMap<>();
        Samples.plan(lifeCycle.today()).forEach((name, value) -> plan.add(name, value.toString()));
        assertThat(handler.location(handler.submit(task, csrf, plan))).isEqualTo("/todos");

        HttpResponse<String> opened = handler.get(task);
        assertThat(handler.location(opened)).isEqualTo("/items/" + itemNo);
        assertThat(handler.get("/items/" + itemNo).body()).contains("这一步已经办结，以下是事项目前的情况。");

        HttpResponse<String> again = handler.submit(task, csrf, Map.of("rootCause", "再次提交"));
        assertThat(handler.location(again)).isEqualTo("/items/" + itemNo);
        assertThat(handler.get("/items/" + itemNo).body()).contains("这次没有再提交");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.PLAN_REVIEW);

        // and who may not see the item hears no more than before
        assertThat(Caller.browser(port, "village-handler").get(task).statusCode())
                .isEqualTo(404);
    }

    @Test
    void ownWorkIsNotApproved() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        String taskId = lifeCycle.waiting(itemNo).taskId();

        assertThat(Caller.browser(port, "handler").get("/tasks/" + taskId).statusCode())
                .isEqualTo(404);
    }

    @Test
    void theConditionsOfAFormAreAnsweredWhileItIsFilledIn() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        String task = "/tasks/" + lifeCycle.waiting(itemNo).taskId();
        Caller handler = Caller.browser(port, "handler");
        String csrf = handler.csrf(task);
        handler.with("Accept", "application/json");

        String claiming = handler.submit(task + "/hidden", csrf, Map.of("decision", "CLAIM"))
                .body();
        String declining = handler.submit(task + "/hidden", csrf, Map.of("decision", "DECLINE"))
                .body();

        assertThat(claiming).contains("\"hidden\"").isNotEqualTo(declining);
    }

    @Test
    void severalToDosAreTakenAtOnceAndAreNoLongerNew() {
        String one = lifeCycle.itemAt(ItemStatus.VERIFYING);
        String two = lifeCycle.itemAt(ItemStatus.VERIFYING);
        String first = lifeCycle.waiting(one).taskId();
        String second = lifeCycle.waiting(two).taskId();
        Caller verifier = Caller.browser(port, "verifier");
        assertThat(verifier.get("/todos?text=" + one).body())
                .contains("未读", one)
                .doesNotContain(two);

        verifier.get("/tasks/" + first);
        HttpResponse<String> claimed = sendRaw(
                verifier,
                "/todos/claim",
                verifier.csrf("/todos"),
                List.of(Map.entry("id", first), Map.entry("id", second), Map.entry("id", "no-such-task")));

        assertThat(location(claimed)).isEqualTo("/todos");
        assertThat(verifier.get("/todos").body()).contains("已领取 2 项任务", "未能领取");
        assertThat(lifeCycle.waiting(one).assignee()).isEqualTo("verifier");
        assertThat(lifeCycle.waiting(two).assignee()).isEqualTo("verifier");
        assertThat(verifier.get("/todos?whose=MINE&text=" + one).body())
                .contains(one)
                .doesNotContain("未读");
        assertThat(verifier.get("/todos?whose=GROUP&text=" + one).body()).doesNotContain(">" + one + "<");
    }

    @Test
    void theListIsFilteredByTaskTextAndDate() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        Caller reviewer = Caller.browser(port, "reviewer");

        assertThat(reviewer.get("/todos?task=review-registration&text=" + itemNo)
                        .body())
                .contains(itemNo);
        assertThat(reviewer.get("/todos?task=approve-plan&text=" + itemNo).body())
                .doesNotContain(">" + itemNo + "<")
                .contains("没有符合条件的任务");
        assertThat(reviewer.get("/todos?when=OVERDUE&text=" + itemNo).body()).doesNotContain(">" + itemNo + "<");
        assertThat(reviewer.get("/todos?when=SOON&text=" + itemNo).body()).contains(itemNo);
        assertThat(reviewer.get("/todos?text=%25").body()).contains("没有符合条件的任务");
        assertThat(reviewer.get("/todos?text=" + URLEncoder.encode("\0", UTF_8)).statusCode())
                .isEqualTo(400);
        assertThat(reviewer.get("/todos?page=-1").statusCode()).isEqualTo(200);
        assertThat(reviewer.get("/todos?page=99999999").statusCode()).isEqualTo(200);
        assertThat(reviewer.get("/todos?whose=NOBODY").statusCode()).isEqualTo(400);
    }

    @Test
    void anExtensionIsAskedOnTheItemsPageAndDecidedInThePortal() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller handler = Caller.browser(port, "handler");
        assertThat(handler.get("/items/" + itemNo).body()).contains("延期申请", "/requests/deadline-extension");
        assertThat(Caller.browser(port, "verifier").get("/items/" + itemNo).body())
                .doesNotContain("/requests/deadline-extension");

        HttpResponse<String> nothing = send(handler, request(itemNo, "deadline-extension"), Map.of());
        HttpResponse<String> asked = send(
                handler,
                request(itemNo, "deadline-extension"),
                Samples.extension(lifeCycle.item(itemNo).currentDue().plusDays(10)));

        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(nothing.body()).contains("form-problem", "新的期限").doesNotContain("name=\"itemNo\"");
        assertThat(location(asked)).isEqualTo("/items/" + itemNo);
        assertThat(handler.get("/items/" + itemNo).body()).contains("延期", "待审批");
        assertThat(handler.get(request(itemNo, "no-such-request")).statusCode()).isEqualTo(404);
    }

    @Test
    void aSuspendedItemSaysUntilWhenAndOffersNoWork() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate reviewOn = lifeCycle.today().plusDays(30);
        String work = "/tasks/" + lifeCycle.waiting(itemNo).taskId();
        Caller handler = Caller.browser(port, "handler");
        assertThat(handler.get("/items/" + itemNo).body()).contains(work);

        lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, Samples.suspension(reviewOn));
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", Map.of("decision", "APPROVE"));

        assertThat(handler.get("/items/" + itemNo).body())
                .contains("已挂起至 " + reviewOn)
                .doesNotContain(work);
        assertThat(Caller.browser(port, "supervisor").get("/items/" + itemNo).body())
                .contains("提前恢复");
    }

    /** A message says what has happened and not what usually does. */
    @Test
    void whatWasAskedForSaysWhoIsWaitedForOrThatItIsDone() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller handler = Caller.browser(port, "handler");
        send(
                handler,
                request(itemNo, "suspension"),
                Samples.suspension(lifeCycle.today().plusDays(30)));
        assertThat(handler.get("/items/" + itemNo).body()).contains("已提出挂起申请，等待督导员办理");

        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        HttpResponse<String> split = send(
                handler,
                request(whole, "decomposition"),
                Samples.onePart(lifeCycle.today().plusDays(20)));
        assertThat(split.statusCode()).as(split.body()).isEqualTo(302);
        assertThat(handler.get("/items/" + whole).body()).contains("穿透分解已生效").doesNotContain("等待审批");

        Caller reviewer = Caller.browser(port, "reviewer");
        String registered = lifeCycle.itemAt(ItemStatus.REVIEW);
        send(reviewer, "/tasks/" + lifeCycle.waiting(registered).taskId(), Samples.acceptance());
        assertThat(reviewer.get("/todos").body()).contains("事项现在：");
    }

    @Test
    void aCardIsAnsweredInThePortalAndItsItemShowsTheAnswer() {
        // given a card
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.issueCard(itemNo);
        String until = lifeCycle.workingDays(3).toString();
        Caller handler = Caller.browser(port, "handler");
        String taskId = lifeCycle.waiting(itemNo, "answer-card").taskId();

        // then the unit's people read until when it is to be answered: in the notice, at the item, in the list, in the
        // form
        assertThat(handler.get("/notifications").body()).contains("请于 " + until + " 前（含当日）回复");
        assertThat(handler.get("/items/" + itemNo).body()).contains("回复截止", until, "/tasks/" + taskId);
        assertThat(handler.get("/todos?text=" + itemNo).body()).contains("督办回复");
        assertThat(handler.get("/tasks/" + taskId).body()).contains("督办回复", "原因分析", "黄牌", "回复截止");

        // when they answer
        assertThat(send(handler, "/tasks/" + taskId, Samples.cardReply()).statusCode())
                .isEqualTo(302);

        // then whoever issued it reads what
        Caller supervisor = Caller.browser(port, "supervisor");
        assertThat(supervisor.get("/notifications").body()).contains("督办回复", "黄牌；已更换施工单位。");
        assertThat(supervisor.get("/items/" + itemNo).body())
                .contains("施工单位停工。", "已更换施工单位。", "月底前补齐井盖。", "督办回复")
                .doesNotContain("回复截止");
    }

    @Test
    void whatOneMayNotSeeHasNoPage() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller villager = Caller.browser(port, "village-handler");

        assertThat(villager.get("/items/" + itemNo).statusCode()).isEqualTo(404);
        assertThat(villager.get("/items/" + itemNo + "/path").statusCode()).isEqualTo(404);
        assertThat(villager.get(request(itemNo, "suspension")).statusCode()).isEqualTo(404);
        assertThat(villager.get("/items/ZG-1999-000001").statusCode()).isEqualTo(404);
        assertThat(villager.get("/tasks/no-such-task").statusCode()).isEqualTo(404);
        assertThat(villager.get("/items?text=" + itemNo).body()).contains("没有符合条件的事项");
    }

    @Test
    void tasklistIsLedFromATaskToItsItemAndToNobodyElses() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String task = "/tasks/" + lifeCycle.waiting(itemNo).taskId();
        Caller handler = Caller.browser(port, "handler");

        assertThat(location(handler.get(task + "/item"))).endsWith("/items/" + itemNo + "/summary");
        assertThat(location(handler.get(task + "/evidence"))).endsWith("/items/" + itemNo + "/evidence");
        assertThat(handler.get("/items/" + itemNo + "/summary").body())
                .contains(lifeCycle.item(itemNo).registration().title(), "核查验收", "责任人员", "最近办理", "在门户中打开")
                .contains("href=\"/items/" + itemNo + "\"")
                .doesNotContain("??");
        for (String part : List.of(task + "/item", task + "/evidence", "/tasks/none/item")) {
            HttpResponse<String> hidden =
                    Caller.browser(port, "village-handler").get(part);
            assertThat(hidden.statusCode()).as(part).isEqualTo(404);
            assertThat(hidden.body()).contains("这项任务没有您可以查看的事项。").doesNotContain(itemNo);
        }
    }

    @Test
    void thePathShowsWhatWasPassedAndWhereTheItemIs() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);

        String path = Caller.browser(port, "verifier")
                .get("/items/" + itemNo + "/path")
                .body();

        assertThat(path).contains("<svg", "shape-here", "shape-passed", "shape-not_reached", "核查", "销号归零");
    }

    @Test
    void theLedgerIsFilteredPagedAndExportedAsShown() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        Caller registrar = Caller.browser(port, "registrar");

        String found = registrar
                .get("/items?text=" + itemNo + "&status=REVIEW&level=1")
                .body();

        assertThat(found)
                .contains(
                        "/items/" + itemNo,
                        "共 1 件",
                        "/api/exports/ledger.xlsx?status=REVIEW&amp;level=1&amp;text=" + itemNo);
        assertThat(registrar.get("/items?text=" + itemNo + "&status=CLOSED").body())
                .contains("没有符合条件的事项");
        assertThat(registrar.get("/items?cursor=nonsense").statusCode()).isEqualTo(400);
        assertThat(registrar.get("/items?status=NONSENSE").statusCode()).isEqualTo(400);
    }

    @Test
    void evidenceIsListedOfferedAndWithdrawnInThePortal() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String evidence = "/items/" + itemNo + "/evidence";
        Caller handler = Caller.browser(port, "handler");
        assertThat(handler.get(evidence).body()).contains("还差佐证", "选择文件或拍照");
        long id = Caller.json(Caller.script(port, "handler")
                        .upload(
                                "/api" + evidence,
                                "井盖.jpg",
                                SampleFiles.jpg(40, 30),
                                Map.of("measure", "1", "note", "补齐后")))
                .path("files")
                .path(0)
                .path("id")
                .asLong();

        String listed = handler.get(evidence).body();
        HttpResponse<String> withoutReason = sendRaw(
                handler, evidence + "/" + id + "/withdrawal", handler.csrf(evidence), List.of(Map.entry("reason", "")));
        assertThat(location(withoutReason)).isEqualTo("/items/" + itemNo + "#evidence");
        assertThat(handler.get("/items/" + itemNo).body()).contains("alert-warning");
        HttpResponse<String> reused = sendRaw(
                handler,
                evidence + "/reuse",
                handler.csrf(evidence),
                List.of(Map.entry("source", Long.toString(id)), Map.entry("measure", "2")));
        HttpResponse<String> withdrawn = sendRaw(
                handler,
                evidence + "/" + id + "/withdrawal",
                handler.csrf(evidence),
                List.of(Map.entry("reason", "传错了")));

        assertThat(listed).contains("井盖.jpg", "补齐后", "措施 1", "已有 1 份", "/thumbnail");
        assertThat(location(reused)).isEqualTo("/items/" + itemNo + "#evidence");
        assertThat(location(withdrawn)).isEqualTo("/items/" + itemNo + "#evidence");
        assertThat(handler.get(evidence).body()).contains("已由 程承办 撤回：传错了", "措施 2");
        assertThat(Caller.browser(port, "registrar").get(evidence).body()).doesNotContain("选择文件或拍照");
    }

    @Test
    void pagesAreInEnglishToo() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller handler = Caller.browser(port, "handler").inEnglish();

        for (String page :
                List.of("/todos", "/items", "/items/" + itemNo, "/items/" + itemNo + "/path", "/new/fast-lane")) {
            assertThat(handler.get(page).body())
                    .as(page)
                    .contains("<html lang=\"en\">")
                    .doesNotContain("??", "todos.", "item.", "ledger.t", "filter.");
        }
    }

    private void complete(String person, String itemNo, UserTask task, Map<String, Object> fields) {
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo(task.id());
        HttpResponse<String> done = complete(person, itemNo, fields);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(302);
        assertThat(location(done)).isEqualTo("/todos");
    }

    private HttpResponse<String> complete(String person, String itemNo, Map<String, Object> fields) {
        return send(
                Caller.browser(port, person),
                "/tasks/" + lifeCycle.waiting(itemNo).taskId(),
                fields);
    }

    private static String request(String itemNo, String process) {
        return "/items/" + itemNo + "/requests/" + process;
    }

    /** Opens the page and sends its form, as a browser does: a list as several values, what is not ticked not at all. */
    private static HttpResponse<String> send(Caller caller, String page, Map<String, Object> fields) {
        List<Map.Entry<String, String>> sent = new ArrayList<>();
        fields.forEach((name, value) -> {
            if (value instanceof Collection<?> several) {
                several.forEach(each -> sent.add(Map.entry(name, each.toString())));
            } else if (value != null && !Boolean.FALSE.equals(value)) {
                sent.add(Map.entry(name, value.toString()));
            }
        });
        return sendRaw(caller, page, caller.csrf(page), sent);
    }

    private static HttpResponse<String> sendRaw(
            Caller caller, String page, String csrf, List<Map.Entry<String, String>> fields) {
        StringBuilder body = new StringBuilder("_csrf=" + URLEncoder.encode(csrf, UTF_8));
        fields.forEach(field -> body.append('&')
                .append(URLEncoder.encode(field.getKey(), UTF_8))
                .append('=')
                .append(URLEncoder.encode(field.getValue(), UTF_8)));
        return caller.send("POST", page, "application/x-www-form-urlencoded", BodyPublishers.ofString(body.toString()));
    }

    private static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElse("").replaceFirst("^http://[^/]+", "");
    }
}
