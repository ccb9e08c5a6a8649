package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.Caller.answer;
import static org.guiling.web.Caller.problem;

import java.time.Duration;
import java.util.Set;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.process.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Whoever leaves, moves or loses a role finds every door changed 30 seconds later, also in the session they are in. */
@GuilingTest
class SessionRenewalTest {

    private static final Duration LOOKED_AGAIN = Duration.ofSeconds(30);
    private static final String COCKPIT = "/camunda/app/cockpit/default/";
    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final String APPS = "/camunda/api/admin/auth/user/default";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    @Qualifier("engineProvisioning")
    ApplicationRunner provisioning;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    private String account;

    @BeforeEach
    void somebody() {
        account = "mover-" + System.nanoTime();
    }

    /** The account goes: a second administrator would let others remove the first. */
    @AfterEach
    void backToToday() {
        clock.reset();
        jdbc.sql("update person set enabled = false where id = ?")
                .param(account)
                .update();
    }

    @Test
    void whoLeavesIsSignedOffEverywhere() throws Exception {
        person("education-bureau", Role.OPERATOR);
        Caller portal = Caller.browser(port, account);
        Caller session = Caller.browser(port, account).with("Accept", "*/*");
        Caller tasklist = Caller.browser(port, account).with("Accept", "application/json");
        Caller cockpit = Caller.browser(port, account);
        assertThat(portal.get("/").statusCode()).isEqualTo(200);
        answer(session.get("/api/tasks"), 200);
        answer(tasklist.get(ENGINE + "/task/count"), 200);
        assertThat(cockpit.get(COCKPIT).statusCode()).isEqualTo(200);

        jdbc.sql("update person set enabled = false where id = ?")
                .param(account)
                .update();
        clock.advance(LOOKED_AGAIN);

        assertThat(portal.location(portal.get("/"))).isEqualTo("/login");
        problem(session.get("/api/tasks"), 401);
        assertThat(tasklist.get(ENGINE + "/task/count").statusCode()).isEqualTo(401);
        assertThat(cockpit.location(cockpit.get(COCKPIT))).isEqualTo("/login");
        problem(Caller.script(port, account).get("/api/tasks"), 401);
        assertThat(Caller.script(port, account).get("/engine-rest/task").statusCode())
                .isEqualTo(401);
        assertThat(Caller.visitor(port).signOn(account, "guiling-demo")).isEqualTo("/login?error");
    }

    @Test
    void whoLosesARoleLosesItsDoors() throws Exception {
        person("education-bureau", Role.OPERATOR, Role.ADMINISTRATOR);
        Caller portal = Caller.browser(port, account);
        Caller webApps = Caller.browser(port, account).with("Accept", "application/json");
        assertThat(portal.get("/calendar").statusCode()).isEqualTo(200);
        assertThat(webApps.get(COCKPIT).statusCode()).isEqualTo(200);
        assertThat(webApps.get(APPS).body()).contains("cockpit");
        assertThat(Caller.script(port, account).get("/engine-rest/task").statusCode())
                .isEqualTo(200);

        person("education-bureau", Role.HANDLER);
        clock.advance(LOOKED_AGAIN);

        assertThat(portal.get("/calendar").statusCode()).isEqualTo(403);
        assertThat(portal.get("/").body()).doesNotContain("app/cockpit");
        assertThat(webApps.get(COCKPIT).statusCode()).isNotEqualTo(200);
        assertThat(webApps.get(APPS).body()).contains(account).doesNotContain("cockpit");
        assertThat(Caller.script(port, account).get("/engine-rest/task").statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoMovesSeesTheWorkOfTheOtherUnit() throws Exception {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        String leadUnit = lifeCycle.item(itemNo).registration().leadUnit();
        String task = lifeCycle.waiting(itemNo).taskId();
        person(leadUnit, Role.HANDLER);
        Caller session = Caller.browser(port, account).with("Accept", "*/*");
        Caller tasklist = Caller.browser(port, account).with("Accept", "*/*");
        assertThat(session.get("/api/tasks").body()).contains(task);
        assertThat(tasklist.get(ENGINE + "/task/" + task).statusCode()).isEqualTo(200);

        person("civil-affairs-bureau", Role.HANDLER);
        clock.advance(LOOKED_AGAIN);

        assertThat(session.get("/api/tasks").body()).doesNotContain(task);
        assertThat(tasklist.get(ENGINE + "/task/" + task).statusCode()).isNotEqualTo(200);
    }

    private void person(String unit, Role... roles) throws Exception {
        organization.save(new Person(account, "示例调动人", unit, Set.of(roles)), passwords.encode("guiling-demo"));
        provisioning.run(null);
    }
}
