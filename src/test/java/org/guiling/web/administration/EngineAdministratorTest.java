package org.guiling.web.administration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.guiling.GuilingTest;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Whoever the configuration names ({@code guiling.engine.administrators}) has all of the engine; nobody else does. */
@GuilingTest
class EngineAdministratorTest {

    /** Named in application-test.yaml. */
    private static final String NAMED = "engine-keeper";

    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AuditTrail auditTrail;

    @Autowired
    @Qualifier("engineProvisioning")
    ApplicationRunner provisioning;

    @BeforeEach
    void somebodyWithoutAnyOtherRole() throws Exception {
        organization.save(
                new Person(NAMED, "引擎管理员", "leading-group-office", EnumSet.of(Role.ADMINISTRATOR)),
                passwords.encode("guiling-demo"));
        provisioning.run(null);
    }

    /** A second administrator would let another test send the first away. */
    @AfterEach
    void nobodyStaysAdministrator() {
        jdbc.sql("update person set enabled = false where id = ?").param(NAMED).update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cockpit", "admin", "tasklist", "welcome"})
    void whoIsNamedOpensEveryWebApp(String app) {
        assertThat(Caller.browser(port, NAMED)
                        .get("/camunda/app/" + app + "/default/")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"administrator", "operator", "leader", "handler"})
    void nobodyElseOpensAdmin(String person) {
        assertThat(Caller.browser(port, person)
                        .get("/camunda/app/admin/default/")
                        .statusCode())
                .isNotEqualTo(200);
    }

    @Test
    void whoIsNamedMendsAnInstance() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String instance = "/process-instance/" + instanceOf(itemNo);
        Caller keeper = Caller.webApp(port, NAMED);

        answer(
                keeper.send("PUT", ENGINE + instance + "/suspended", "application/json", json("{'suspended':true}")),
                204);
        answer(
                keeper.send("PUT", ENGINE + instance + "/suspended", "application/json", json("{'suspended':false}")),
                204);
        answer(
                keeper.send(
                        "PUT", ENGINE + instance + "/variables/title", "application/json", json("{'value':'改过的标题'}")),
                204);

        assertThat(answer(keeper.get(ENGINE + instance + "/variables/title"), 200)
                        .path("value")
                        .asText())
                .isEqualTo("改过的标题");
        assertThat(auditTrail.page(AuditEventKind.ENGINE_CHANGED, NAMED, null, 3))
                .extracting(AuditEvent::subject)
                .containsExactly(
                        "PUT " + ENGINE + instance + "/variables/title",
                        "PUT " + ENGINE + instance + "/suspended",
                        "PUT " + ENGINE + instance + "/suspended");
    }

    /** Found by 100,000 requests: values too long for the engine's columns, jobs that are not there. */
    @ParameterizedTest
    @CsvSource({
        "POST, /task/create, name, 400",
        "POST, /task/create, assignee, 400",
        "POST, /task/create, tenantId, 400",
        "PUT, /job/no-such-job/duedate, duedate, 404"
    })
    void whatTheEngineCannotTakeIsNoFaultOfTheServer(String method, String path, String field, int status) {
        String value = status == 404 ? "null" : "'" + "长".repeat(5_000) + "'";

        answer(
                Caller.webApp(port, NAMED)
                        .send(method, ENGINE + path, "application/json", json("{'" + field + "':" + value + "}")),
                status);
    }

    @Test
    void whatNobodyElseMayIsNoChange() {
        String instance = "/process-instance/" + instanceOf(lifeCycle.itemAt(ItemStatus.RECTIFYING));

        answer(
                Caller.webApp(port, "operator")
                        .send("PUT", ENGINE + instance + "/suspended", "application/json", json("{'suspended':true}")),
                403);

        assertThat(auditTrail.page(AuditEventKind.ENGINE_CHANGED, "operator", null, 1))
                .noneMatch(event -> event.subject().contains(instance));
    }

    @Test
    void whoIsNamedKeepsGroupsAndPermissions() {
        Caller keeper = Caller.webApp(port, NAMED);
        String group = "g" + UUID.randomUUID();

        answer(keeper.post(ENGINE + "/group/create", "{\"id\":\"" + group + "\",\"name\":\"x\",\"type\":\"x\"}"), 204);
        answer(keeper.send("DELETE", ENGINE + "/group/" + group, null, BodyPublishers.noBody()), 204);
        assertThat(answer(keeper.get(ENGINE + "/authorization/count"), 200)
                        .path("count")
                        .asInt())
                .isPositive();
    }

    /** Deployed and asked over REST, past every page of ours. */
    @Test
    void anEndlessTableOfTheirsIsRefusedInWords() {
        Caller keeper = Caller.webApp(port, NAMED);
        String table = """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="test"
                    xmlns:camunda="http://camunda.org/schema/1.0/dmn">
                  <decision id="endless" name="x" camunda:historyTimeToLive="1">
                    <variable name="y" id="v"/><literalExpression id="e">
                    <text>count(for x in 1..1000000000 return x)</text></literalExpression></decision>
                </definitions>""";
        String deployment = answer(
                        keeper.upload(ENGINE + "/deployment/create", "endless.dmn", table.getBytes(UTF_8), Map.of()),
                        200)
                .path("id")
                .asText();
        try {
            assertThat(answer(
                                    keeper.post(
                                            ENGINE + "/decision-definition/key/endless/evaluate", "{\"variables\":{}}"),
                                    400)
                            .path("message")
                            .asText())
                    .contains("count(for x in 1..1000000000 return x)", "1000");
        } finally {
            keeper.delete(ENGINE + "/deployment/" + deployment + "?cascade=true");
        }
    }

    /** An administrator of the engine repairs; they do not do other people's work through its front door. */
    @Test
    void whoIsNamedStillCompletesNoTaskOfOthers() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);

        HttpResponse<String> answer = Caller.webApp(port, NAMED)
                .post(
                        ENGINE + "/task/" + lifeCycle.waiting(itemNo).taskId() + "/complete",
                        "{\"variables\":{\"decision\":{\"value\":\"ACCEPT\"}}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REVIEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/engine-rest", ENGINE})
    void anOperatorLetsAJobTryAgain(String door) {
        lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String job = jdbc.sql("select id_ from act_ru_job where process_instance_id_ is not null limit 1")
                .query(String.class)
                .single();
        Caller operator = door.equals(ENGINE) ? Caller.webApp(port, "operator") : Caller.script(port, "operator");

        answer(operator.send("PUT", door + "/job/" + job + "/retries", "application/json", json("{'retries':3}")), 204);

        // Without attempts a timer never fires again.
        for (String none :
                List.of("{'retries':0}", "{'retries':'0'}", "{'retries':3,'retries':0}", "{'retries':0.9}")) {
            assertThat(operator.send("PUT", door + "/job/" + job + "/retries", "application/json", json(none))
                            .statusCode())
                    .as(none)
                    .isIn(400, 403);
            assertThat(operator.post(
                                    door + "/job/retries",
                                    "{\"jobIds\":[\"" + job + "\"],"
                                            + none.replace('\'', '"').substring(1))
                            .statusCode())
                    .as(none)
                    .isIn(400, 403);
        }
        assertThat(jdbc.sql("select retries_ from act_ru_job where id_ = ?")
                        .param(job)
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void anOperatorSeesCockpit() {
        Caller operator = Caller.webApp(port, "operator");

        answer(operator.get("/camunda/api/cockpit/plugin/base/default/process-definition/statistics"), 200);
        answer(operator.get(ENGINE + "/process-instance/count"), 200);
        answer(operator.post(ENGINE + "/process-instance/count", "{}"), 200);
    }

    private static BodyPublisher json(String body) {
        return BodyPublishers.ofString(body.replace('\'', '"'));
    }

    private String instanceOf(String itemNo) {
        return jdbc.sql("select id_ from act_ru_execution where business_key_ = ? and parent_id_ is null"
                        + " and proc_def_id_ like 'five-step-zeroing%'")
                .param(itemNo)
                .query(String.class)
                .single();
    }
}
