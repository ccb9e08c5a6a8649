package org.guiling.web.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The organization by {@code /api}: what an administrator may, what nobody else may, and what is refused in words. */
@GuilingTest
class OrganizationApiTest {

    private static final String PATH = "/api/organization";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    private Caller administrator;

    @BeforeEach
    void signOn() {
        administrator = Caller.script(port, "administrator");
    }

    @Test
    void aUnitWithPeopleAndItemsIsOpenedAndMergedIntoAnother() {
        answer(administrator.post(PATH + "/units", unit("api-bureau", "CITY", null)), 201);
        answer(administrator.post(PATH + "/units", unit("api-merged", "CITY", null)), 201);
        answer(administrator.post(PATH + "/people", person("api-handler", "api-merged", "HANDLER")), 201);
        // who is new signs on at once
        Caller handler = Caller.script(port, "api-handler");
        answer(handler.get("/api/tasks"), 200);
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("leadUnit", "api-merged");
        String itemNo = lifeCycle.register(registration);
        lifeCycle.complete("reviewer", itemNo, Samples.acceptance());

        JsonNode open = answer(administrator.get(PATH + "/units/api-merged/open-items"), 200);
        assertThat(open.at("/items/0/itemNo").asText()).isEqualTo(itemNo);
        assertThat(open.at("/items/0/leads").asBoolean()).isTrue();
        JsonNode refused = problem(administrator.post(PATH + "/units/api-merged/close", Map.of()), 409);
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("receivingUnit");
        assertThat(refused.path("detail").asText()).contains("接收单位");

        JsonNode closed = answer(
                administrator.post(
                        PATH + "/units/api-merged/close", Map.of("receivingUnit", "api-bureau", "reason", "机构改革，职责并入")),
                200);

        assertThat(closed.path("closedOn").asText()).isEqualTo(lifeCycle.today().toString());
        assertThat(answer(handler.get("/api/items/" + itemNo + "/timeline"), 200)
                        .toString())
                .contains("移交单位", "机构改革，职责并入");
        assertThat(answer(administrator.get(PATH + "/people"), 200).toString())
                .contains("\"id\":\"api-handler\",\"name\":\"测试人员\",\"unit\":\"api-bureau\"");
        assertThat(answer(administrator.get(PATH + "/units/api-bureau/open-items"), 200)
                        .at("/items/0/itemNo")
                        .asText())
                .isEqualTo(itemNo);
    }

    @Test
    void somebodyStandsInAndWhoLeavesIsLetInNoLonger() {
        answer(administrator.post(PATH + "/people", person("api-absent", "housing-urban-bureau", "HANDLER")), 201);
        answer(administrator.post(PATH + "/people", person("api-second", "housing-urban-bureau", "HANDLER")), 201);
        String today = lifeCycle.today().toString();
        JsonNode substitution = answer(
                administrator.post(
                        PATH + "/substitutions",
                        Map.of("absent", "api-absent", "substitute", "api-second", "from", today, "until", today)),
                201);
        assertThat(substitution.path("state").asText()).isEqualTo("IN_FORCE");
        assertThat(answer(administrator.get(PATH + "/people"), 200).toString())
                .contains("\"absentees\":[\"api-absent\"]");
        answer(
                administrator.post(
                        PATH + "/substitutions/" + substitution.path("id").asLong() + "/end"),
                204);
        assertThat(answer(administrator.get(PATH + "/substitutions"), 200).toString())
                .doesNotContain("api-absent");

        Caller absent = Caller.script(port, "api-absent");
        answer(absent.get("/api/tasks"), 200);
        answer(administrator.post(PATH + "/people/api-absent/leave", Map.of()), 204);
        assertThat(absent.get("/api/tasks").statusCode()).isEqualTo(401);
        answer(administrator.post(PATH + "/people/api-second/leave", Map.of()), 204);
    }

    @Test
    void theLastAdministratorStays() {
        // Others that tests have made would let them go, and every test that follows would be shut out.
        jdbc.sql("update person set enabled = false where id <> 'administrator' and 'ADMINISTRATOR' = any (roles)")
                .update();

        problem(administrator.post(PATH + "/people/administrator/leave", Map.of()), 409);
    }

    @Test
    void badInputIsRefusedWithTheField() {
        assertThat(field(unit("api bad", "CITY", null))).isEqualTo("code");
        assertThat(field(unit("api-x", "VILLAGE", null))).isEqualTo("parent");
        problem(administrator.post(PATH + "/units", unit("api-x", "COUNTY", null)), 400);
        problem(administrator.post(PATH + "/units", unit("housing-urban-bureau", "CITY", null)), 409);
        problem(administrator.post(PATH + "/units/nowhere/close", Map.of()), 404);
        problem(administrator.post(PATH + "/substitutions/999999/end"), 404);
        problem(administrator.post(PATH + "/substitutions", Map.of("absent", "handler")), 400);
        problem(administrator.post(PATH + "/people", person("api-y", "nowhere", "HANDLER")), 400);
    }

    @Test
    void nobodyElseReadsOrChangesIt() {
        for (String account : List.of("handler", "registrar", "reviewer", "supervisor", "head", "operator")) {
            Caller caller = Caller.script(port, account);
            problem(caller.get(PATH + "/units"), 403);
            problem(caller.get(PATH + "/units/housing-urban-bureau/open-items"), 403);
            problem(caller.get(PATH + "/people"), 403);
            problem(caller.get(PATH + "/substitutions"), 403);
            problem(caller.post(PATH + "/units", unit("api-mine", "CITY", null)), 403);
            problem(caller.post(PATH + "/units/housing-urban-bureau/move", Map.of()), 403);
            problem(caller.post(PATH + "/units/housing-urban-bureau/close", Map.of()), 403);
            problem(caller.post(PATH + "/people", person("api-mine", "housing-urban-bureau", "GROUP_HEAD")), 403);
            problem(caller.post(PATH + "/people/handler/leave", Map.of()), 403);
            problem(
                    caller.post(
                            PATH + "/substitutions",
                            Map.of(
                                    "absent",
                                    "head",
                                    "substitute",
                                    account,
                                    "from",
                                    "2026-11-26",
                                    "until",
                                    "2027-01-01")),
                    403);
            problem(caller.post(PATH + "/substitutions/1/end"), 403);
        }
    }

    private String field(Map<String, Object> unit) {
        return problem(administrator.post(PATH + "/units", unit), 400)
                .at("/errors/0/field")
                .asText();
    }

    private static Map<String, Object> unit(String code, String tier, String parent) {
        Map<String, Object> unit = Samples.fields("code", code, "name", "测试" + code, "tier", tier);
        unit.put("parent", parent);
        return unit;
    }

    private static Map<String, Object> person(String id, String unit, String role) {
        return Samples.fields("id", id, "name", "测试人员", "unit", unit, "roles", List.of(role));
    }
}
