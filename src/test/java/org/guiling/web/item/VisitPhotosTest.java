package org.guiling.web.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Visitors of a spot check add photos, to closed items too; these warn nobody before the visit is recorded. */
@GuilingTest
class VisitPhotosTest {

    private static final String CATEGORY = "STYLE";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @BeforeEach
    @AfterEach
    void nothingIsLeftToDrawFrom() {
        lifeCycle.leaveNothingToDrawFrom(CATEGORY);
    }

    @ParameterizedTest
    @CsvSource({"RECTIFYING, OPEN", "CLOSED, CLOSED"})
    void photosOfAVisitAreSeenOnceItIsRecorded(ItemStatus status, String scope) {
        String itemNo = lifeCycle.itemAt(status, Samples.fields("category", CATEGORY));
        String evidence = "/api/items/" + itemNo + "/evidence";
        String inspector = order(scope, itemNo);
        String task = "/tasks/" + lifeCycle.waiting(itemNo, "carry-out-visit").taskId();
        Caller visitor = Caller.script(port, inspector);
        Caller handler = Caller.script(port, "handler");

        // the visitor has a place for photos on the task's page
        assertThat(Caller.browser(port, inspector).get(task).body()).contains("id=\"evidence\"");
        assertThat(Caller.browser(port, inspector)
                        .get("/items/" + itemNo + "/evidence")
                        .body())
                .contains("evidence-upload");
        assertThat(visitor.upload(evidence, "暗访.jpg", SampleFiles.jpg(40, 30), Map.of("note", ""))
                        .statusCode())
                .isEqualTo(201);
        long id = Caller.json(visitor.get(evidence)).at("/files/0/id").asLong();

        // nobody else sees a trace of it
        assertThat(visitor.get(evidence).body()).contains("暗访.jpg", "SPOT_CHECK");
        for (String page : new String[] {evidence, "/api/items/" + itemNo + "/timeline"}) {
            assertThat(handler.get(page).body()).as(page).doesNotContain("暗访", "RECORD_EVIDENCE");
        }
        assertThat(handler.get(evidence + "/" + id).statusCode()).isEqualTo(404);

        // and everybody once the visit is recorded, with its line in the timeline
        assertThat(visitor.post("/api" + task + "/complete", Samples.consistentVisit(lifeCycle.today()))
                        .statusCode())
                .isEqualTo(204);
        assertThat(handler.get(evidence).body()).contains("暗访.jpg");
        assertThat(handler.get(evidence + "/" + id).statusCode()).isEqualTo(200);
        assertThat(handler.get("/api/items/" + itemNo + "/timeline").body()).contains("暗访.jpg", "RECORD_EVIDENCE");
        assertThat(visitor.upload(evidence, "事后.jpg", SampleFiles.jpg(40, 30), Map.of("note", ""))
                        .statusCode())
                .isIn(403, 409);
    }

    /** The inspector that the draw sends to the item, which is the only one in its frame. */
    private String order(String scope, String itemNo) {
        var check = Caller.json(Caller.script(port, "supervisor")
                .post("/api/spot-checks", Samples.fields("title", "照片", "scope", scope, "category", CATEGORY)));
        assertThat(check.at("/visits/0/itemNo").asText()).isEqualTo(itemNo);
        lifeCycle.sendVisitors(check.at("/check/checkNo").asText());
        return check.at("/visits/0/inspector").asText();
    }
}
