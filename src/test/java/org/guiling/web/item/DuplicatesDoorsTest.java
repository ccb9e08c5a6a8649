package org.guiling.web.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.item.Visibility;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** The duplicate search (查重) at the portal's registration and at {@code /api}. */
@GuilingTest
class DuplicatesDoorsTest {

    private static final String NEW = "/new/registration";
    private static final Pattern ONCE = Pattern.compile("name=\"_once\" value=\"([^\"]+)\"");

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    private final String fact = "排查发现 " + UUID.randomUUID() + " 处的消防通道被三辆车占用。";

    @Test
    void whoRegistersHearsOfSimilarItemsAndTheApiSaysTheSame() {
        String known = lifeCycle.register(facts(fact, Visibility.INTERNAL));

        // when the registrar writes nearly the same down
        Caller browser = Caller.browser(port, "registrar");
        String page = browser.get(NEW).body();
        Matcher once = ONCE.matcher(page);
        MultiValueMap<String, String> sent = new LinkedMultiValueMap<>();
        facts(fact.replace("三辆", "四辆"), Visibility.INTERNAL).forEach((key, value) -> {
            if (value instanceof String text) {
                sent.add(key, text);
            }
        });
        if (once.find()) {
            sent.add("_once", once.group(1));
        }
        String item = browser.location(browser.submit(NEW, browser.csrf(NEW), sent));

        // then they are told on the page to which they come
        assertThat(browser.get(item).body()).contains("条相似事项，请核对", known);

        // and the interface tells the same, with the difference marked
        assertThat(Caller.script(port, "reviewer")
                        .get("/api" + item + "/duplicates")
                        .body())
                .contains(known, "【四】", "【三】", "\"percent\":");
        assertThat(Caller.script(port, "handler2")
                        .get("/api" + item + "/duplicates")
                        .statusCode())
                .isEqualTo(404);
    }

    private Map<String, Object> facts(String factText, Visibility visibility) {
        Map<String, Object> fields = lifeCycle.registration();
        fields.put("title", "消防通道占用");
        fields.put("factText", factText);
        fields.put("location", "样例路");
        fields.put("visibility", visibility.name());
        return fields;
    }
}
