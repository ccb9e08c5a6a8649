package org.guiling.engine.webapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.AuthorizationException;
import org.guiling.engine.refusal.EngineProblem;
import org.guiling.engine.refusal.RefusalStatusFilter;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets through what people do in the engine: claim, complete, start by a form, ask, and try a failed job again. Its
 * permissions decide who may; but they do not tell completing a task from resolving it with variables of one's own,
 * starting at the start from starting at any task, or a job that one may not execute from one whose attempts are used up
 * by trying. So every other change is for {@link EngineAdministrators} alone.
 */
public class EngineCallsFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    /** Paths of the engine's REST, at either entry point. */
    static final String ENGINE = "(?:/camunda/api/engine/engine/[^/]+|/engine-rest(?:/engine/[^/]+)?)";

    private static final Pattern START = Pattern.compile(ENGINE + "/process-definition/(?:key/)?[^/]+/start");
    private static final Map<String, List<Pattern>> ALLOWED = Map.of(
            "POST",
            List.of(
                    START,
                    Pattern.compile(ENGINE + "/process-definition/(?:key/)?[^/]+/submit-form"),
                    Pattern.compile(ENGINE + "/task/[^/]+/(?:claim|unclaim|complete|submit-form)"),
                    Pattern.compile(ENGINE + "/filter/[^/]+/(?:list|singleResult|count)"),
                    Pattern.compile(ENGINE
                            + "/(?:task|process-instance|execution|variable-instance|job|external-task"
                            + "|history/(?:process-instance|activity-instance|task|variable-instance|detail|incident"
                            + "|job-log|external-task-log|decision-instance|identity-link-log))(?:/count)?"),
                    Pattern.compile(ENGINE + "/job/retries")),
            "PUT",
            List.of(Pattern.compile(ENGINE + "/(?:job|job-definition)/[^/]+/retries")));

    /** Repairs of operators; a form that is completed has the timeline. */
    private static final Pattern REPAIR = Pattern.compile(ENGINE + "/(?:job|job-definition)/(?:[^/]+/)?retries");

    /** Parameters for the place to begin and the guards to leave out: no form needs them. */
    private static final List<String> BESIDE_THE_START =
            List.of("startInstructions", "skipCustomListeners", "skipIoMappings");

    private static final Pattern OF_COCKPIT = Pattern.compile("/camunda/api/cockpit/.*");
    private static final Pattern OF_ENGINE = Pattern.compile(ENGINE + "(?:/.*)?");

    private final UnaryOperator<String> texts;
    private final BiPredicate<HttpServletRequest, String> mayOpen;
    private final Consumer<HttpServletRequest> changes;
    private final ObjectMapper json;

    /**
     * @param texts what a person reads for the code of a refusal
     * @param mayOpen whether whoever sends the request may open the web app of that name; {@code admin} is for
     *     administrators of the engine only
     * @param changes hears of each change in the engine past the forms before it is made; where it fails, none is made
     */
    public EngineCallsFilter(
            UnaryOperator<String> texts,
            BiPredicate<HttpServletRequest, String> mayOpen,
            Consumer<HttpServletRequest> changes,
            ObjectMapper json) {
        this.texts = texts;
        this.mayOpen = mayOpen;
        this.changes = changes;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // As it was sent: what is written in another way is not on the list.
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (OF_COCKPIT.matcher(path).matches() && !mayOpen.test(request, "cockpit")) {
            refuse(response);
        } else if (!OF_ENGINE.matcher(path).matches() || READING.contains(request.getMethod())) {
            chain.doFilter(request, response);
        } else if (!isAllowed(request.getMethod(), path)) {
            administratorsOnly(request, request, response, chain);
        } else if (START.matcher(path).matches()) {
            byte[] body = request.getInputStream().readAllBytes();
            HttpServletRequest readAgain = new ReadRequest(request, body);
            if (isBesideTheStart(body)) {
                administratorsOnly(request, readAgain, response, chain);
            } else {
                chain.doFilter(readAgain, response);
            }
        } else if (REPAIR.matcher(path).matches() && mayOpen.test(request, "cockpit")) {
            byte[] body = request.getInputStream().readAllBytes();
            HttpServletRequest readAgain = new ReadRequest(request, body);
            if (stopsAJob(body)) {
                administratorsOnly(request, readAgain, response, chain);
            } else {
                changes.accept(request);
                chain.doFilter(readAgain, response);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isAllowed(String method, String path) {
        return ALLOWED.getOrDefault(method, List.of()).stream()
                .anyMatch(allowed -> allowed.matcher(path).matches());
    }

    private boolean isBesideTheStart(byte[] body) throws IOException {
        try {
            JsonNode start = json.readTree(body);
            return BESIDE_THE_START.stream().anyMatch(start::has);
        } catch (JsonProcessingException e) {
            // The engine reads it by the same library and says what is wrong with it.
            return false;
        }
    }

    /** Without attempts a timer of ours would never fire again: a reminder, a review day, a look-back. */
    private boolean stopsAJob(byte[] body) throws IOException {
        try {
            return json.readTree(body).path("retries").asInt(1) <= 0;
        } catch (JsonProcessingException e) {
            // The engine reads it by the same library and says what is wrong with it.
            return false;
        }
    }

    private void administratorsOnly(
            HttpServletRequest original, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (mayOpen.test(original, "admin")) {
            changes.accept(original);
            chain.doFilter(request, response);
        } else {
            refuse(response);
        }
    }

    /** In the form of the engine's own, so that {@link RefusalStatusFilter} takes it for one and writes it down. */
    private void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        json.writeValue(
                response.getOutputStream(),
                EngineProblem.of(AuthorizationException.class.getSimpleName(), texts.apply("refusal.no-permission")));
    }
}
