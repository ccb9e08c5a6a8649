package org.guiling.engine.refusal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Messages of the engine about its own program stay in the log. */
class RefusalStatusFilterTest {

    private final RefusalStatusFilter filter = new RefusalStatusFilter(
            new ObjectMapper(), (code, arguments) -> "words of " + code, () -> false, (request, refusal) -> {});

    private String answer(int status, String type, String message) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(new MockHttpServletRequest("POST", "/engine-rest/x"), response, (request, answer) -> {
            HttpServletResponse engine = (HttpServletResponse) answer;
            engine.setStatus(status);
            engine.setContentType("application/json");
            engine.getOutputStream()
                    .write("{\"type\":\"%s\",\"message\":\"%s\"}"
                            .formatted(type, message)
                            .getBytes(UTF_8));
        });
        assertThat(response.getStatus()).isBetween(400, status);
        return response.getContentAsString(UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "500, ProcessEngineException, Cannot instantiate org.camunda.bpm.engine.impl.Thing",
        "500, NullPointerException, Cannot invoke String.length()",
        "502, SomeException, no class at all",
        "400, InvalidRequestException, Cannot convert to org.camunda.bpm.engine.rest.dto.TaskDto",
        "404, RestException, No resource method in com.example.rest.Resource"
    })
    void namesOfClassesAreNotTold(int status, String type, String message) throws Exception {
        assertThat(answer(status, type, message))
                .containsPattern("words of problem.[45]0[0-9].detail")
                .doesNotContain("org.camunda", "com.example", "String.length");
    }

    @Test
    void whatHelpsIsTold() throws Exception {
        assertThat(answer(400, "InvalidRequestException", "Cannot find task with id 1.2: no such task"))
                .contains("no such task");
        assertThat(answer(503, "Hindrance", "words of the hindrance")).contains("words of the hindrance");
    }
}
