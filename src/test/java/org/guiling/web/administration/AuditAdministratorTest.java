package org.guiling.web.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Post;
import org.guiling.organization.Role;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.OrganizationChanges.Succession;
import org.guiling.organization.change.UnitChanges;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The audit administrator (审计管理员) reads and verifies, administers nothing, and is nobody who administers (三员分立). */
@GuilingTest
class AuditAdministratorTest {

    private static final String OFFICE = "leading-group-office";
    private static final Succession NO_SUCCESSOR = new Succession(null, null);

    @LocalServerPort
    int port;

    @Autowired
    Organization organization;

    @Autowired
    OrganizationChanges changes;

    @Autowired
    UnitChanges unitChanges;

    @Autowired
    People people;

    @Autowired
    AuditTrail trail;

    @AfterEach
    void oneAuditAdministratorAsBefore() {
        organization.save(new Person("auditor", "计审计", OFFICE, Set.of(Role.AUDIT_ADMINISTRATOR)), null);
        organization.people(Role.AUDIT_ADMINISTRATOR).stream()
                .filter(person -> !person.id().equals("auditor"))
                .forEach(person ->
                        organization.save(new Person(person.id(), person.name(), OFFICE, Set.of(Role.HANDLER)), null));
    }

    @Test
    void readsExportsAndVerifiesAloneAndIsWrittenDown() {
        Caller auditor = Caller.script(port, "auditor");
        int before = read("auditor").size();

        assertThat(answer(auditor.get("/api/audit/events?kind=SIGNED_ON&limit=1"), 200)
                        .path("events"))
                .hasSize(1);
        answer(auditor.get("/api/audit/verification"), 200);
        answer(auditor.get("/api/audit/anchors"), 200);
        HttpResponse<String> export = auditor.get("/api/audit/events/export?actor=auditor");
        assertThat(export.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        assertThat(export.body().lines()).isNotEmpty().allSatisfy(line -> assertThat(
                        json(line).path("actor").asText())
                .isEqualTo("auditor"));

        assertThat(read("auditor").size() - before).isBetween(2, 3);
        assertThat(read("auditor"))
                .extracting(AuditEvent::subject)
                .contains("export", "verification", "events SIGNED_ON *");
        for (String stranger : List.of("administrator", "operator", "head", "handler")) {
            problem(Caller.script(port, stranger).get("/api/audit/events"), 403);
            problem(Caller.script(port, stranger).get("/api/audit/events/export"), 403);
            problem(Caller.script(port, stranger).get("/api/audit/verification"), 403);
            assertThat(Caller.browser(port, stranger).get("/audit").statusCode())
                    .isEqualTo(403);
        }
        answer(Caller.script(port, "operator").get("/api/audit/anchors"), 200);
        problem(Caller.script(port, "administrator").get("/api/audit/anchors"), 403);
    }

    @Test
    void thePagesTellWhatHappenedInWords() {
        Caller auditor = Caller.browser(port, "auditor");

        HttpResponse<String> page = auditor.get("/audit?kind=SIGNED_ON&actor=auditor");
        HttpResponse<String> verified = auditor.submit("/audit/verification", auditor.csrf("/audit"), Map.of());

        assertThat(page.body()).contains("计审计", "登录", "way: PASSWORD").doesNotContain("??");
        assertThat(auditor.get("/").body()).contains("href=\"/audit\"");
        assertThat(verified.statusCode()).isEqualTo(200);
        assertThat(verified.body()).contains("id=\"verified\"");
        assertThat(auditor.inEnglish().get("/audit?lang=en").body())
                .contains("Signed on")
                .doesNotContain("??");
        assertThat(auditor.get("/audit?actor=%00x").statusCode()).isLessThan(500);
    }

    @Test
    void administersNothing() {
        Caller auditor = Caller.browser(port, "auditor");

        for (String page : List.of(
                "/administration",
                "/administration/people",
                "/administration/accounts",
                "/administration/second-factors",
                "/administration/units",
                "/administration/rules/decisions",
                "/calendar",
                "/organization",
                "/imports")) {
            assertThat(auditor.get(page).statusCode()).as(page).isEqualTo(403);
        }
        Caller script = Caller.script(port, "auditor");
        problem(script.post("/api/accounts/handler/initial-password"), 403);
        assertThat(script.get("/scim/v2/Users").statusCode()).isEqualTo(403);
        assertThat(script.get("/engine-rest/task").statusCode()).isEqualTo(403);
    }

    /** Whoever gives both is refused: at once, by a post beside the main one, or the other way round. */
    @Test
    void nobodyAdministersAndAudits() {
        Person both = new Person("both-roles", "示例", OFFICE, Set.of(Role.ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR));
        Post auditing = new Post("ecology-bureau", Set.of(Role.AUDIT_ADMINISTRATOR));
        Person promoted = new Person("auditor", "计审计", OFFICE, Set.of(Role.AUDIT_ADMINISTRATOR, Role.ADMINISTRATOR));

        for (Runnable change : List.<Runnable>of(
                () -> changes.addPerson(both, new Addresses(null, null, null)),
                () -> changes.putPost("administrator", auditing, NO_SUCCESSOR),
                () -> changes.putPost("auditor", new Post("ecology-bureau", Set.of(Role.ADMINISTRATOR)), NO_SUCCESSOR),
                () -> changes.changePerson(promoted, NO_SUCCESSOR))) {
            assertThat(refusalOf(change)).isEqualTo("organization.person.audits-themself");
        }
        assertThat(organization.person("both-roles")).isEmpty();
        JsonNode problem = problem(
                Caller.script(port, "administrator")
                        .put(
                                "/api/organization/people/auditor",
                                Map.of(
                                        "name",
                                        "计审计",
                                        "unit",
                                        OFFICE,
                                        "roles",
                                        List.of("AUDIT_ADMINISTRATOR", "ADMINISTRATOR"))),
                409);
        assertThat(problem.path("detail").asText()).contains("不能同时担任");
    }

    @Test
    void theLastOneStays() {
        Person other = new Person("auditor", "计审计", OFFICE, Set.of(Role.HANDLER));

        for (Runnable change : List.<Runnable>of(
                () -> changes.removePerson("auditor", NO_SUCCESSOR),
                () -> changes.shutOut("auditor"),
                () -> changes.changePerson(other, NO_SUCCESSOR))) {
            assertThat(refusalOf(change)).isEqualTo("organization.person.last-audit-administrator");
        }
    }

    /** An office that was there before the role was: nobody loses the audit, and nobody gets it by a substitute. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/audit/events", "/api/audit/verification", "/api/audit/anchors"})
    void untilOneIsNamedAdministratorsKeepWhatTheyHad(String path) {
        organization.save(new Person("auditor", "计审计", OFFICE, Set.of(Role.HANDLER)), null);

        answer(Caller.script(port, "administrator").get(path), 200);
        int operators = Caller.script(port, "operator").get(path).statusCode();
        assertThat(operators).isEqualTo(path.endsWith("events") ? 403 : 200);
        problem(Caller.script(port, "auditor").get(path), 403);
        assertThat(Caller.browser(port, "administrator").get("/administration").body())
                .contains("href=\"/audit\"");
    }

    private String refusalOf(Runnable change) {
        Supplier<String> attempt = () -> {
            try {
                unitChanges.preview(change);
                return "done";
            } catch (RefusedException refused) {
                return refused.getMessage();
            }
        };
        return people.as("administrator", attempt);
    }

    private List<AuditEvent> read(String actor) {
        return trail.page(AuditEventKind.AUDIT_READ, actor, null, 1000);
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(line, e);
        }
    }
}
