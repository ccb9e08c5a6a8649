package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every reader refuses content that is nested three thousand deep in words, none with an overflow of its stack. */
@GuilingTest
class DeepNestingTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final int DEEP = 3_000;

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    /** Every route of ours that reads a body. */
    @Test
    void noBodyOfOursIsReadThatDeep() {
        Set<String> asked = new TreeSet<>();
        routes.getHandlerMethods().forEach((route, method) -> {
            boolean hasBody = Stream.of(method.getMethodParameters())
                    .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
            if (!hasBody) {
                return;
            }
            for (String path : route.getPatternValues()) {
                for (RequestMethod verb : route.getMethodsCondition().getMethods()) {
                    String contentType = path.startsWith("/scim") ? "application/scim+json" : "application/json";
                    for (String body : new String[] {arrays(), objects(), "{\"values\":" + arrays() + "}"}) {
                        HttpResponse<String> answer = Caller.script(port, "administrator")
                                .send(
                                        verb.name(),
                                        path.replaceAll("\\{[^}]*}", "x"),
                                        contentType,
                                        BodyPublishers.ofString(body));
                        assertThat(answer.statusCode())
                                .as(verb + " " + path + ": " + answer.body())
                                .isBetween(400, 499);
                        assertThat(answer.body()).contains("\"detail\"");
                        asked.add(path);
                    }
                }
            }
        });
        assertThat(asked).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/task",
                "/task/count",
                "/process-instance/count",
                "/process-definition/key/five-step-zeroing/submit-form"
            })
    void noBodyOfTheEnginesIsReadThatDeep(String path) {
        Caller caller = Caller.webApp(port, "operator");
        for (String body : new String[] {
            arrays(),
            objects(),
            "{\"variables\":{\"title\":{\"value\":" + arrays() + "}}}",
            "{\"orQueries\":" + arrays() + "}"
        }) {
            HttpResponse<String> answer = caller.post(ENGINE + path, body);
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
            assertThat(answer.body()).isNotBlank();
        }
    }

    /** A text that the engine reads as JSON, past the limit of the body that it came in. */
    @Test
    void noVariableIsReadThatDeep() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        Caller caller = Caller.webApp(port, "reviewer");
        String task = lifeCycle.waiting(itemNo).taskId();
        caller.post(ENGINE + "/task/" + task + "/claim", "{\"userId\":\"reviewer\"}");

        for (String value :
                new String[] {arrays(), objects().replace("\"", "\\\""), "[".repeat(900) + "]".repeat(900), "{no json"
                }) {
            HttpResponse<String> answer = caller.post(
                    ENGINE + "/task/" + task + "/submit-form",
                    "{\"variables\":{\"decision\":{\"type\":\"Json\",\"value\":\"" + value + "\"}}}");
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        }
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REVIEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/calendar/years"})
    void noFileIsReadThatDeep(String path) {
        for (String file : new String[] {"off: " + arrays(), "? ".repeat(DEEP) + "x", "- ".repeat(DEEP) + "x"}) {
            HttpResponse<String> answer =
                    Caller.script(port, "administrator").upload(path, "2027.yaml", file.getBytes(UTF_8), Map.of());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
            assertThat(answer.body()).contains("\"detail\"");
        }
    }

    private static String arrays() {
        return "[".repeat(DEEP) + "]".repeat(DEEP);
    }

    private static String objects() {
        return "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP);
    }
}
