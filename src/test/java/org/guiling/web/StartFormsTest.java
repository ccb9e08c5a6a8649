package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.web.support.Caller;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The start forms of requests as Tasklist gets them: with the person's own items to choose from. */
@GuilingTest
class StartFormsTest {

    private static final String UNIT = "market-regulation-bureau";
    private static final String HANDLER = "forms-handler";

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

    @BeforeEach
    void somebodyWithFewItems() throws Exception {
        organization.save(new Person(HANDLER, "表承办", UNIT, EnumSet.of(Role.HANDLER)), passwords.encode("guiling-demo"));
        provisioning.run(null);
    }

    @Test
    void whoeverAsksChoosesAmongTheItemsThatTheyMayAskItOf() {
        // given an item that is rectified, one that is only claimed, and nothing else
        String rectified = claimed("在改的事项");
        lifeCycle.complete(HANDLER, rectified, Samples.plan(lifeCycle.today()));
        lifeCycle.complete("supervisor", rectified, Samples.planApproval());
        String planned = claimed("在订方案的事项");

        // then an extension is asked of the first, a suspension of either, and what is chosen is a number
        assertThat(numbers(itemOf("deadline-extension"))).containsExactly(rectified);
        JsonNode suspension = itemOf("suspension");
        assertThat(numbers(suspension)).contains(rectified, planned);
        assertThat(suspension.path("type").asText()).isEqualTo("select");
        assertThat(suspension.path("values").path(0).path("label").asText()).isEqualTo(rectified + " 在改的事项");
        assertThat(suspension.path("validate").path("required").asBoolean()).isTrue();
        assertThat(suspension.path("validate").has("pattern")).isFalse();
        anItemsPageOffersWhatTheListsOffer(rectified, planned);

        // and of what waits for a decision nothing is asked
        lifeCycle.raise(
                HANDLER,
                RequestProcess.SUSPENSION,
                planned,
                Samples.suspension(lifeCycle.today().plusDays(9)));
        assertThat(numbers(itemOf("suspension"))).contains(rectified).doesNotContain(planned);
        anItemsPageOffersWhatTheListsOffer(rectified, planned);
        lifeCycle.raise(
                HANDLER,
                RequestProcess.EXTENSION,
                rectified,
                Samples.extension(lifeCycle.item(rectified).currentDue().plusDays(9)));

        // and where there is nothing to choose, the number is typed
        JsonNode nothing = itemOf("deadline-extension");
        assertThat(nothing.path("type").asText()).isEqualTo("textfield");
        assertThat(nothing.path("description").asText()).startsWith("目前没有您可以提出这项申请的事项");
        assertThat(nothing.path("validate").has("pattern")).isTrue();
        assertThat(itemOf("reopening").path("type").asText()).isEqualTo("textfield");
    }

    private void anItemsPageOffersWhatTheListsOffer(String... itemNos) {
        for (RequestProcess process : RequestProcess.values()) {
            Iterable<String> offered = numbers(itemOf(process.key()));
            for (String itemNo : itemNos) {
                String page =
                        Caller.browser(port, HANDLER).get("/items/" + itemNo).body();
                assertThat(page.contains("/items/" + itemNo + "/requests/" + process.key()))
                        .as("%s of %s", process, itemNo)
                        .isEqualTo(StreamSupport.stream(offered.spliterator(), false)
                                .anyMatch(itemNo::equals));
            }
        }
    }

    private String claimed(String title) {
        Map<String, Object> facts = lifeCycle.registration();
        facts.put("title", title);
        facts.put("sourceSeq", Long.toString(System.nanoTime()));
        facts.put("leadUnit", UNIT);
        String itemNo = lifeCycle.register(facts);
        lifeCycle.moveTo(ItemStatus.DISPATCHED, itemNo);
        lifeCycle.complete(HANDLER, itemNo, Samples.claim(HANDLER));
        return itemNo;
    }

    /** The field of the form that names the item. */
    private JsonNode itemOf(String model) {
        JsonNode form = answer(
                Caller.browser(port, HANDLER)
                        .get("/camunda/api/engine/engine/default/process-definition/key/" + model
                                + "/deployed-start-form"),
                200);
        for (JsonNode field : form.path("components").path(0).path("components")) {
            if (field.path("key").asText().equals("itemNo")) {
                return field;
            }
        }
        throw new AssertionError("No item in " + model);
    }

    private static Iterable<String> numbers(JsonNode field) {
        return field.path("values").findValuesAsText("value");
    }
}
