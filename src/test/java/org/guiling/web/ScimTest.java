package org.guiling.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.json;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.RegisteredPeople;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.organization.change.UnitChanges;
import org.guiling.signon.token.AccessTokens;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** The office's directory provisions people by SCIM 2.0, as it does: over HTTP, in the words of the great directories. */
@GuilingTest
class ScimTest {

    private static final String USERS = "/scim/v2/Users";
    private static final String BUREAU = "housing-urban-bureau";
    private static final String OTHER_BUREAU = "ecology-bureau";
    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String DIRECTORY = "administrator";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Organization organization;

    @Autowired
    RegisteredPeople registeredPeople;

    @Autowired
    UnitChanges unitChanges;

    @Autowired
    People people;

    @Autowired
    AccessTokens tokens;

    @Autowired
    AuditTrail trail;

    @Autowired
    IdentityService identities;

    @Autowired
    JdbcTemplate jdbc;

    private final List<String> made = new ArrayList<>();
    private Caller directory;

    @BeforeEach
    void aDirectoryWithAToken() {
        directory = Caller.bearer(port, tokens.create(DIRECTORY, "scim", 1));
    }

    @AfterEach
    void thePeopleGo() {
        jdbc.update("update access_token set revoked_at = now() where person_id = ? and revoked_at is null", DIRECTORY);
        made.forEach(id -> answer(directory(DIRECTORY).delete(USERS + "/" + id), 204));
    }

    @Test
    void somebodyIsCreatedReadFoundAndReplaced() {
        HttpResponse<String> created = send("POST", USERS, user("scim-new", "宋新人", BUREAU, "HANDLER"));

        JsonNode user = document(created, 201);
        assertThat(created.headers().firstValue("Location")).hasValueSatisfying(location -> assertThat(location)
                .startsWith("http://")
                .endsWith(USERS + "/scim-new")
                .isEqualTo(user.at("/meta/location").asText()));
        assertThat(user.at("/schemas/0").asText()).isEqualTo(USER);
        assertThat(user.path("id").asText()).isEqualTo("scim-new");
        assertThat(user.path("userName").asText()).isEqualTo("scim-new");
        assertThat(user.path("displayName").asText()).isEqualTo("宋新人");
        assertThat(user.path("active").asBoolean()).isTrue();
        assertThat(user.at("/emails/0/value").asText()).isEqualTo("scim-new@example.org");
        assertThat(user.at("/roles/0/value").asText()).isEqualTo("HANDLER");
        assertThat(user.path(ENTERPRISE).path("department").asText()).isEqualTo(BUREAU);
        assertThat(user.toString()).doesNotContain("password", "secret-of-the-directory");
        assertThat(document(directory.get(USERS + "/scim-new"), 200)).isEqualTo(user);
        assertThat(document(directory.get(USERS + "/SCIM-NEW"), 200)).isEqualTo(user);
        answer(Caller.script(port, "scim-new").get("/api/tasks"), 200);
        assertThat(trail.page(AuditEventKind.PERMISSION_CHANGED, DIRECTORY, null, 1))
                .singleElement()
                .satisfies(event -> assertThat(event.subject()).isEqualTo("scim-new"));

        JsonNode replaced =
                document(send("PUT", USERS + "/scim-new", user("scim-new", "宋旧人", BUREAU, "HANDLER", "VERIFIER")), 200);

        assertThat(replaced.path("displayName").asText()).isEqualTo("宋旧人");
        assertThat(organization.person("scim-new").orElseThrow().roles())
                .containsExactlyInAnyOrder(Role.HANDLER, Role.VERIFIER);
        // what a request leaves out stays as it is
        document(send("PUT", USERS + "/scim-new", "{\"displayName\": \"宋旧人\", \"active\": true}"), 200);
        assertThat(organization.person("scim-new").orElseThrow().roles()).hasSize(2);
        assertThat(organization.addresses("scim-new").email()).isEqualTo("scim-new@example.org");
    }

    @Test
    void whatWaitsForAUnitIsToldAboveWhenTheDirectoryTakesItsLastHandlerAway() {
        people.as("administrator", () -> unitChanges.open(new Unit("scim-vacant", "目录空缺局", Tier.CITY, null)));
        send("POST", USERS, user("scim-last", "宋在末", "scim-vacant", "HANDLER"));
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED, Map.of("leadUnit", "scim-vacant"));
        assertThat(lifeCycle.toldAnew(itemNo)).isEmpty();

        patch("scim-last", "{\"Operations\": [{\"op\": \"replace\", \"path\": \"active\", \"value\": false}]}");
        assertThat(lifeCycle.toldAnew(itemNo)).contains("supervisor").doesNotContain("scim-last");

        send("POST", USERS, user("scim-next", "宋在后", "scim-vacant", "HANDLER"));
        assertThat(lifeCycle.toldAnew(itemNo)).containsExactly("scim-next");
    }

    @Test
    void peopleAreListedInPagesAndFound() {
        send("POST", USERS, user("scim-found", "宋得之", BUREAU, "HANDLER"));

        JsonNode first = document(directory.get(USERS + "?startIndex=1&count=2"), 200);
        assertThat(first.path("itemsPerPage").asInt()).isEqualTo(2);
        assertThat(first.path("Resources")).hasSize(2);
        int total = first.path("totalResults").asInt();
        assertThat(total).isGreaterThan(14).isEqualTo(registeredPeople.count());
        JsonNode last = document(directory.get(USERS + "?startIndex=" + total + "&count=50"), 200);
        assertThat(last.path("Resources")).hasSize(1);
        assertThat(last.path("startIndex").asInt()).isEqualTo(total);
        JsonNode none = document(directory.get(USERS + "?count=0"), 200);
        assertThat(none.path("Resources").isArray()).isTrue();
        assertThat(none.path("Resources")).isEmpty();
        assertThat(document(directory.get(USERS + "?startIndex=-4&count=-1"), 200)
                        .path("startIndex")
                        .asInt())
                .isEqualTo(1);

        assertThat(find("userName eq \"scim-found\"")).isEqualTo(1);
        assertThat(find("USERNAME EQ \"Scim-Found\"")).isEqualTo(1);
        assertThat(find(USER + ":userName eq \"scim-found\"")).isEqualTo(1);
        assertThat(find("id eq \"scim-found\"")).isEqualTo(1);
        assertThat(find("userName eq \"nobody@example.org\"")).isZero();
        assertThat(find("userName eq \"' or 1=1 --\"")).isZero();
        for (String filter :
                List.of("displayName eq \"x\"", "userName sw \"s\"", "userName eq scim", "", "userName eq \"a\\\"")) {
            error(directory.get(USERS + "?filter=" + encoded(filter)), 400, "invalidFilter");
        }
        error(directory.get(USERS + "?startIndex=one"), 400, null);
    }

    @Test
    void entraIdChangesSomebodyInItsWords() {
        send("POST", USERS, user("scim-entra", "宋云端", BUREAU, "HANDLER"));

        JsonNode user = patch("scim-entra", """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
                  {"op": "Replace", "path": "displayName", "value": "宋云改"},
                  {"op": "Add", "path": "emails[type eq \\"work\\"].value", "value": "other@example.org"},
                  {"op": "Add", "path": "emails[type eq \\"home\\"].value", "value": "home@example.org"},
                  {"op": "Replace", "path": "roles[primary eq \\"True\\"].value", "value": "verifier"},
                  {"op": "Replace", "path": "%s:department", "value": [{"value": "%s"}]},
                  {"op": "Add", "path": "externalId", "value": "9950b140"},
                  {"op": "Add", "path": "title", "value": "科员"},
                  {"op": "Add", "path": "%s:employeeNumber", "value": "17"},
                  {"op": "Replace", "path": "active", "value": "True"}]}""".formatted(ENTERPRISE, OTHER_BUREAU, ENTERPRISE));

        assertThat(user.path("displayName").asText()).isEqualTo("宋云改");
        assertThat(user.at("/emails/0/value").asText()).isEqualTo("other@example.org");
        assertThat(user.at("/roles/0/value").asText()).isEqualTo("VERIFIER");
        assertThat(user.path("roles")).hasSize(1);
        assertThat(user.path(ENTERPRISE).path("department").asText()).isEqualTo(OTHER_BUREAU);

        // without a path, complex attributes by their path
        assertThat(patch(
                                "scim-entra",
                                operations(
                                        "Replace",
                                        null,
                                        "{\"name.formatted\": \"宋无路\", \"" + ENTERPRISE + ":department\": \"" + BUREAU
                                                + "\"}"))
                        .path("displayName")
                        .asText())
                .isEqualTo("宋无路");
        assertThat(organization.person("scim-entra").orElseThrow().unitCode()).isEqualTo(BUREAU);

        assertThat(patch("scim-entra", operations("Replace", "active", "\"False\""))
                        .path("active")
                        .asBoolean(true))
                .isFalse();
        assertThat(organization.person("scim-entra")).isEmpty();
        assertThat(document(directory.get(USERS + "?filter=" + encoded("userName eq \"scim-entra\"")), 200)
                        .at("/Resources/0/active")
                        .asBoolean(true))
                .isFalse();
        JsonNode back = patch("scim-entra", operations("Replace", "active", "\"True\""));
        assertThat(back.path("active").asBoolean()).isTrue();
        assertThat(back.at("/roles/0/value").asText()).isEqualTo("VERIFIER");
    }

    @Test
    void oktaChangesSomebodyInItsWords() {
        send("POST", USERS, user("scim-okta", "宋欧", BUREAU, "HANDLER"));

        JsonNode user = patch("scim-okta", operations("replace", null, """
                {"name": {"formatted": "宋欧塔", "familyName": "宋"}, "displayName": "宋欧塔",
                 "emails": [{"value": "second@example.org", "type": "home"},
                            {"value": "first@example.org", "type": "work", "primary": true}],
                 "roles": [{"value": "HANDLER"}, {"value": "UNIT_LEADER", "display": "领导"}],
                 "%s": {"department": "市生态环境局（示例）", "costCenter": "1"}}""".formatted(ENTERPRISE).replace(
                "市生态环境局（示例）", organization.unit(OTHER_BUREAU).orElseThrow().name())));

        assertThat(user.path("displayName").asText()).isEqualTo("宋欧塔");
        assertThat(user.at("/emails/0/value").asText()).isEqualTo("first@example.org");
        assertThat(user.path("roles")).hasSize(2);
        assertThat(user.path(ENTERPRISE).path("department").asText()).isEqualTo(OTHER_BUREAU);

        patch("scim-okta", operations("add", "roles", "[{\"value\": \"VERIFIER\"}]"));
        patch(
                "scim-okta",
                "{\"Operations\": [{\"op\": \"remove\", \"path\": \"roles[value eq \\\"HANDLER\\\"]\"},"
                        + " {\"op\": \"remove\", \"path\": \"emails\"}]}");
        assertThat(organization.person("scim-okta").orElseThrow().roles())
                .containsExactlyInAnyOrder(Role.UNIT_LEADER, Role.VERIFIER);
        assertThat(organization.addresses("scim-okta")).isEqualTo(new Addresses(null, null, null));

        assertThat(patch("scim-okta", operations("replace", null, "{\"active\": false}"))
                        .path("active")
                        .asBoolean(true))
                .isFalse();
        // and again, as a directory does that missed the answer
        patch("scim-okta", operations("replace", null, "{\"active\": false}"));
        document(send("PUT", USERS + "/scim-okta", user("scim-okta", "宋欧", BUREAU, "HANDLER")), 200);
        assertThat(organization.person("scim-okta").orElseThrow().unitCode()).isEqualTo(BUREAU);
    }

    @Test
    void whoIsDeactivatedIsRefusedAtOnceAtEveryDoor() {
        send("POST", USERS, user("scim-leaves", "宋离", BUREAU, "HANDLER", "OPERATOR"));
        Caller session = Caller.browser(port, "scim-leaves");
        Caller script = Caller.script(port, "scim-leaves");
        String token = tokens.create("scim-leaves", "script", 1);
        Caller bearer = Caller.bearer(port, token);
        assertThat(session.get("/").statusCode()).isEqualTo(200);
        assertThat(session.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
        answer(bearer.get("/api/tasks"), 200);
        answer(script.get("/api/tasks"), 200);
        answer(script.get("/engine-rest/task"), 200);

        patch("scim-leaves", operations("replace", "active", "false"));

        assertThat(session.location(session.get("/"))).isEqualTo("/login");
        assertThat(session.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(302);
        assertThat(session.get("/camunda/api/engine/engine/default/task").statusCode())
                .isEqualTo(401);
        problem(bearer.get("/api/tasks"), 401);
        problem(script.get("/api/tasks"), 401);
        assertThat(script.get("/engine-rest/task").statusCode()).isEqualTo(401);
        assertThat(Caller.visitor(port).signOn("scim-leaves", "guiling-demo")).isEqualTo("/login?error");
        assertThat(groupsOf("scim-leaves")).isEmpty();

        patch("scim-leaves", operations("replace", "active", "true"));

        answer(script.get("/api/tasks"), 200);
        problem(bearer.get("/api/tasks"), 401);
        assertThat(groupsOf("scim-leaves")).isEqualTo(new TreeSet<>(List.of("operators", "unit-" + BUREAU)));

        answer(directory.delete(USERS + "/scim-leaves"), 204);
        problem(script.get("/api/tasks"), 401);
        assertThat(document(directory.get(USERS + "/scim-leaves"), 200)
                        .path("active")
                        .asBoolean(true))
                .isFalse();
        // somebody who was deleted is created anew
        document(send("POST", USERS, user("scim-leaves", "宋归", BUREAU, "HANDLER")), 201);
    }

    @Test
    void whoHandlesSomethingIsShutOutAllTheSameAndTheItemIsHandedOver() {
        send("POST", USERS, user("scim-handler", "宋承办", BUREAU, "HANDLER"));
        send("POST", USERS, user("scim-successor", "宋接办", BUREAU, "HANDLER"));
        Caller handler = Caller.script(port, "scim-handler");
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED, Map.of("leadUnit", BUREAU));
        lifeCycle.complete("scim-handler", itemNo, Samples.claim("scim-handler"));
        String claimed = lifeCycle.itemAt(ItemStatus.DISPATCHED, Map.of("leadUnit", BUREAU));
        String taskId = lifeCycle.waiting(claimed).taskId();
        answer(handler.post("/api/tasks/" + taskId + "/claim"), 204);

        // nobody moves to another unit by it and leaves an item behind
        HttpResponse<String> moved = send(
                "PATCH",
                USERS + "/scim-handler",
                operations("replace", ENTERPRISE + ":department", "\"" + OTHER_BUREAU + "\""));
        assertThat(error(moved, 409, null).path("detail").asText()).contains(itemNo);
        assertThat(organization.person("scim-handler").orElseThrow().unitCode()).isEqualTo(BUREAU);

        // whatever else the request says, the access ends
        document(
                send(
                        "PUT",
                        USERS + "/scim-handler",
                        user("scim-handler", "宋承办", OTHER_BUREAU, "HANDLER")
                                .replace("\"active\": true", "\"active\": false")),
                200);

        problem(handler.get("/api/tasks"), 401);
        assertThat(lifeCycle.waiting(claimed).assignee()).isNull();
        assertThat(lifeCycle.item(itemNo).responsibility().handler()).isEqualTo("scim-handler");
        Caller administrator = Caller.script(port, "administrator");
        assertThat(answer(administrator.get("/api/organization/open-items"), 200)
                        .toString())
                .contains(itemNo)
                .doesNotContain(claimed);
        assertThat(Caller.browser(port, "administrator").get("/organization").body())
                .contains("待移交的事项", itemNo)
                .doesNotContain("??");

        // who comes back to another unit leaves it behind no more than who moves
        error(send("POST", USERS, user("scim-handler", "宋承办", OTHER_BUREAU, "HANDLER")), 409, null);
        // an administrator names the successor afterwards
        String leave = "/api/organization/people/scim-handler/leave";
        problem(administrator.post(leave, Map.of()), 409);
        answer(administrator.post(leave, Map.of("successor", "scim-successor", "reason", "调离")), 204);
        assertThat(lifeCycle.item(itemNo).responsibility().handler()).isEqualTo("scim-successor");
        assertThat(lifeCycle.waiting(itemNo).assignee()).isEqualTo("scim-successor");
        assertThat(answer(administrator.get("/api/organization/open-items"), 200)
                        .toString())
                .doesNotContain(itemNo);
        problem(administrator.post(leave, Map.of()), 404);
        answer(
                administrator.post(
                        "/api/organization/people/scim-successor/leave",
                        Map.of("successor", "handler", "reason", "清理")),
                204);
    }

    @Test
    void whoMovesIsInOtherGroups() {
        send("POST", USERS, user("scim-moves", "宋调", BUREAU, "HANDLER"));
        assertThat(groupsOf("scim-moves")).containsExactly("unit-" + BUREAU);

        patch("scim-moves", operations("replace", ENTERPRISE + ":department", "\"" + OTHER_BUREAU + "\""));

        assertThat(groupsOf("scim-moves")).containsExactly("unit-" + OTHER_BUREAU);
    }

    @Test
    void theLastAdministratorStays() {
        JsonNode error = error(directory.delete(USERS + "/" + DIRECTORY), 409, null);

        assertThat(error.path("detail").asText()).contains("唯一的系统管理员");
        error(send("PATCH", USERS + "/" + DIRECTORY, operations("replace", "active", "false")), 409, null);
        error(
                send("PATCH", USERS + "/" + DIRECTORY, operations("replace", "roles", "[{\"value\": \"OPERATOR\"}]")),
                409,
                null);
        answer(directory.get(USERS), 200);
    }

    @Test
    void somebodyWhoIsThereIsNotCreatedAgain() {
        send("POST", USERS, user("scim-twice", "宋双", BUREAU, "HANDLER"));

        error(send("POST", USERS, user("scim-twice", "冒名", BUREAU, "ADMINISTRATOR")), 409, "uniqueness");
        error(send("POST", USERS, user("SCIM-Twice", "冒名", BUREAU, "ADMINISTRATOR")), 409, "uniqueness");
        assertThat(organization.person("scim-twice").orElseThrow().roles()).containsExactly(Role.HANDLER);
    }

    @Test
    void somebodyIsCreatedWithoutAccess() {
        String inactive = user("scim-inactive", "宋未", BUREAU, "HANDLER").replace("true", "false");

        assertThat(document(send("POST", USERS, inactive), 201).path("active").asBoolean(true))
                .isFalse();

        problem(Caller.script(port, "scim-inactive").get("/api/tasks"), 401);
    }

    @Test
    void nobodySetsWhatIsNotTheirsToSet() {
        send("POST", USERS, user("scim-fixed", "宋定", BUREAU, "HANDLER"));
        String mass = user("scim-fixed", "宋定", BUREAU, "HANDLER")
                .replaceFirst(
                        "\\{",
                        "{\"id\": \"administrator\", \"meta\": {\"location\": \"http://x\"}, \"groups\": [{\"value\":"
                                + " \"administrators\"}], \"enabled\": true, \"passwordHash\": \"{noop}x\",");

        JsonNode user = document(send("PUT", USERS + "/scim-fixed", mass), 200);

        assertThat(user.path("id").asText()).isEqualTo("scim-fixed");
        assertThat(user.at("/meta/location").asText()).endsWith(USERS + "/scim-fixed");
        assertThat(groupsOf("scim-fixed")).containsExactly("unit-" + BUREAU);
        answer(Caller.script(port, "scim-fixed").get("/api/tasks"), 200);
        for (String attribute : List.of("id", "meta", "groups", "userName")) {
            error(
                    send("PATCH", USERS + "/scim-fixed", operations("replace", attribute, "\"administrator\"")),
                    400,
                    "mutability");
        }
        error(send("PUT", USERS + "/scim-fixed", user("other", "宋定", BUREAU, "HANDLER")), 400, "mutability");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                                          | invalidSyntax
            []                                                                         | invalidSyntax
            "x"                                                                        | invalidSyntax
            null                                                                       | invalidSyntax
            {}                                                                         | invalidSyntax
            {"Operations": []}                                                         | invalidSyntax
            {"Operations": [1]}                                                        | invalidSyntax
            {"Operations": [{"value": {}}]}                                            | invalidSyntax
            {"Operations": [{"op": "remove"}]}                                         | invalidSyntax
            {"Operations": [{"op": "replace", "value": "x"}]}                          | invalidSyntax
            {"Operations": [{"op": "move", "path": "active", "value": true}]}          | invalidValue
            {"Operations": [{"op": "replace", "path": "active", "value": "perhaps"}]}  | invalidValue
            {"Operations": [{"op": "replace", "path": "active", "value": null}]}       | invalidValue
            {"Operations": [{"op": "replace", "path": "active"}]}                      | invalidValue
            {"Operations": [{"op": "replace", "path": "displayName", "value": 7}]}     | invalidValue
            {"Operations": [{"op": "replace", "path": "displayName", "value": " "}]}   | invalidValue
            {"Operations": [{"op": "remove", "path": "displayName"}]}                  | invalidValue
            {"Operations": [{"op": "remove", "path": "roles"}]}                        | invalidValue
            {"Operations": [{"op": "remove", "path": "roles[value eq \\"HANDLER\\"]"}]}| invalidValue
            {"Operations": [{"op": "replace", "path": "roles", "value": []}]}          | invalidValue
            {"Operations": [{"op": "add", "path": "roles", "value": [null]}]}          | invalidValue
            {"Operations": [{"op": "add", "path": "roles", "value": [{}]}]}            | invalidSyntax
            {"Operations": [{"op": "add", "path": "roles", "value": ["KING"]}]}        | invalidValue
            {"Operations": [{"op": "replace", "path": "emails", "value": "no address"}]} | invalidValue
            {"Operations": [{"op": "replace", "path": "nonsense", "value": 1}]}        | invalidPath
            {"Operations": [{"op": "replace", "path": "a[b", "value": 1}]}             | invalidPath
            """)
    void malformedRequestsAreRefusedAndChangeNothing(String body, String scimType) {
        JsonNode before = document(directory.get(USERS + "/village-handler"), 200);

        error(send("PATCH", USERS + "/village-handler", body), 400, scimType);

        assertThat(document(directory.get(USERS + "/village-handler"), 200)).isEqualTo(before);
    }

    @Test
    void whatIsWrongIsNamedInTheLanguageOfTheCaller() {
        Caller english = Caller.script(port, DIRECTORY).inEnglish();
        String king = user("scim-king", "宋王", BUREAU, "KING");
        assertThat(error(send(english, "POST", USERS, king), 400, "invalidValue")
                        .path("detail")
                        .asText())
                .isEqualTo("There is no role KING.");
        assertThat(error(send("POST", USERS, king), 400, "invalidValue")
                        .path("detail")
                        .asText())
                .isEqualTo("没有角色 KING。");
        for (String wrong : List.of(
                user("scim-nowhere", "宋", "nowhere", "HANDLER"),
                user("scim@example.org", "宋", BUREAU, "HANDLER"),
                user("scim-nobody", "", BUREAU, "HANDLER"),
                "{\"userName\": \"scim-nothing\"}",
                "{\"displayName\": \"宋\"}")) {
            error(send("POST", USERS, wrong), 400, "invalidValue");
        }
        assertThat(organization.registered("scim-nowhere")).isEmpty();
        error(send("POST", USERS, "{\"userName\": "), 400, "invalidSyntax");
        error(directory.get(USERS + "/nobody"), 404, null);
        error(directory.delete(USERS + "/nobody"), 404, null);
        error(send("PATCH", USERS + "/nobody", operations("replace", "active", "false")), 404, null);
        error(directory.get("/scim/v2/Groups"), 404, null);
        error(send("PUT", USERS, "{}"), 405, null);
        error(directory.send("POST", USERS, "text/plain", BodyPublishers.ofString("x")), 415, null);
        error(send("POST", USERS, "{\"userName\": \"" + "x".repeat(1_100_000) + "\"}"), 413, null);
    }

    @Test
    void aNameThatTwoUnitsHaveIsNoUnit() {
        Caller administrator = Caller.script(port, "administrator");
        for (String code : List.of("scim-office-a", "scim-office-b")) {
            answer(
                    administrator.post(
                            "/api/organization/units",
                            Map.of("code", code, "name", "同名科", "tier", "CITY", "parent", BUREAU, "department", true)),
                    201);
        }

        JsonNode error = error(send("POST", USERS, user("scim-several", "宋", "同名科", "HANDLER")), 400, "invalidValue");

        assertThat(error.path("detail").asText()).contains("不止一个");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handler", "registrar", "operator", "head"})
    void nobodyElseProvisions(String account) {
        Caller caller = directory(account);
        for (String path : List.of(USERS, USERS + "/handler", "/scim/v2/ServiceProviderConfig", "/scim/v2/Schemas")) {
            error(caller.get(path), 403, null);
        }
        error(send(caller, "POST", USERS, user("scim-mine", "我", BUREAU, "ADMINISTRATOR")), 403, null);
        error(send(caller, "PUT", USERS + "/" + account, user(account, "我", BUREAU, "ADMINISTRATOR")), 403, null);
        error(
                send(caller, "PATCH", USERS + "/" + account, operations("add", "roles", "[\"ADMINISTRATOR\"]")),
                403,
                null);
        error(caller.delete(USERS + "/head"), 403, null);
    }

    @Test
    void aSessionIsNoDirectory() {
        Caller session = Caller.browser(port, "administrator");
        String csrf = session.csrf("/");

        error(session.get(USERS), 401, null);
        error(session.with("X-CSRF-TOKEN", csrf).delete(USERS + "/handler"), 401, null);
        error(Caller.anonymous(port).get(USERS), 401, null);
        error(Caller.bearer(port, "guiling_wrong").get(USERS), 401, null);
        assertThat(organization.person("handler")).isPresent();
    }

    @Test
    void itSaysWhatItCan() {
        JsonNode config = document(directory.get("/scim/v2/ServiceProviderConfig"), 200);
        assertThat(config.at("/patch/supported").asBoolean()).isTrue();
        assertThat(config.at("/etag/supported").asBoolean(true)).isFalse();
        assertThat(config.at("/bulk/supported").asBoolean(true)).isFalse();
        JsonNode types = document(directory.get("/scim/v2/ResourceTypes"), 200);
        assertThat(types.path("totalResults").asInt()).isEqualTo(1);
        assertThat(types.at("/Resources/0/endpoint").asText()).isEqualTo("/Users");
        assertThat(document(directory.get("/scim/v2/ResourceTypes/User"), 200)).isEqualTo(types.at("/Resources/0"));
        assertThat(document(directory.get("/scim/v2/Schemas"), 200)
                        .path("totalResults")
                        .asInt())
                .isEqualTo(2);
        assertThat(document(directory.get("/scim/v2/Schemas/" + ENTERPRISE), 200)
                        .at("/attributes/0/name")
                        .asText())
                .isEqualTo("department");
        error(directory.get("/scim/v2/Schemas/none"), 404, null);
    }

    private Caller directory(String account) {
        return Caller.script(port, account);
    }

    private int find(String filter) {
        JsonNode page = document(directory.get(USERS + "?filter=" + encoded(filter)), 200);
        assertThat(page.path("Resources")).hasSize(page.path("totalResults").asInt());
        return page.path("totalResults").asInt();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private JsonNode patch(String id, String body) {
        return document(send("PATCH", USERS + "/" + id, body), 200);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return send(directory, method, path, body);
    }

    private HttpResponse<String> send(Caller caller, String method, String path, String body) {
        HttpResponse<String> response =
                caller.send(method, path, "application/scim+json", BodyPublishers.ofString(body));
        if (response.statusCode() == 201) {
            made.add(json(response).path("id").asText());
        }
        return response;
    }

    private static JsonNode document(HttpResponse<String> response, int status) {
        JsonNode document = answer(response, status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/scim+json");
        return document;
    }

    /** @param scimType null where the RFC has none for the error */
    private static JsonNode error(HttpResponse<String> response, int status, String scimType) {
        JsonNode error = document(response, status);
        assertThat(error.at("/schemas/0").asText()).isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(error.path("status").asText()).isEqualTo(String.valueOf(status));
        assertThat(error.path("scimType").asText(null)).as(error.toString()).isEqualTo(scimType);
        assertThat(error.path("detail").asText()).isNotEmpty().doesNotContain("Exception", "scim.", "org.guiling");
        return error;
    }

    private static String operations(String operation, String path, String value) {
        return "{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": [{\"op\": \""
                + operation + "\"" + (path == null ? "" : ", \"path\": \"" + path + "\"") + ", \"value\": " + value
                + "}]}";
    }

    private static String user(String userName, String name, String department, String... roles) {
        String values = String.join(
                ", ",
                List.of(roles).stream()
                        .map(role -> "{\"value\": \"" + role + "\"}")
                        .toList());
        return """
                {"schemas": ["%s", "%s"], "userName": "%s", "externalId": "17", "displayName": "%s",
                 "name": {"formatted": "%s", "givenName": "x"}, "active": true, "password": "secret-of-the-directory",
                 "emails": [{"value": "%s@example.org", "type": "work", "primary": true}],
                 "roles": [%s], "%s": {"department": "%s", "manager": {"value": "1"}}}""".formatted(USER, ENTERPRISE, userName, name, name, userName, values, ENTERPRISE, department);
    }

    private TreeSet<String> groupsOf(String person) {
        TreeSet<String> groups = new TreeSet<>();
        identities.createGroupQuery().groupMember(person).list().stream()
                .map(Group::getId)
                .forEach(groups::add);
        return groups;
    }
}
