package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;

import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** An office may do without Camunda's web apps: nothing answers there, nothing leads there, and the work goes on. */
@Tag("own-context")
@GuilingTest
@TestPropertySource(properties = "camunda.bpm.webapp.enabled=false")
class WebAppsOffTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Test
    void nothingOfThemIsThereAndThePortalGoesOn() {
        Caller operator = Caller.browser(port, "operator");
        for (String path : new String[] {
            "/camunda/app/tasklist/default/",
            "/camunda/app/cockpit/default/",
            "/camunda/app/admin/default/",
            "/camunda/app/welcome/default/",
            "/camunda/api/engine/engine",
            "/camunda/lib/deps.js"
        }) {
            assertThat(operator.get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(operator.get("/").body()).doesNotContain("/camunda/");

        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller handler = Caller.script(port, "handler");
        String taskId = lifeCycle.waiting(itemNo).taskId();
        answer(handler.post("/api/tasks/" + taskId + "/complete", Samples.rectification(lifeCycle.today())), 204);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.VERIFYING);
        assertThat(Caller.script(port, "operator")
                        .get("/engine-rest/task/count")
                        .statusCode())
                .isEqualTo(200);
    }
}
