package org.guiling.engine.refusal;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.guiling.refusal.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Camunda's REST answers 500 to what a listener throws, and puts the words of three layers before the message. A refusal
 * is no fault of the server: it gets the status of its kind and is told in our words alone. So is a permission that the
 * engine misses, which it would tell in names of its own, and whatever else {@link Faults} knows as the sender's.
 */
public class RefusalStatusFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(RefusalStatusFilter.class);
    private static final String ATTRIBUTE = RefusalStatusFilter.class.getName();

    /** The REST wraps this refusal in an exception of its own; its words are all that is left of it. */
    private static final String SUSPENDED = "is suspended";

    /** Of a variable that is said to be JSON and is none, or is nested too deep. */
    private static final String NO_JSON = "Cannot deserialize object in variable";

    private static final Pattern UNREADABLE = Pattern.compile("Unreadable text in (.*)", Pattern.DOTALL);

    /** A class name in a message: it tells of the program instead of the request. */
    private static final Pattern CLASS = Pattern.compile("\\b(?:[a-z_][a-z0-9_]*\\.){2,}[A-Z]\\w*");

    /** Of an answer that the engine has no word for that helps whoever asked. */
    private static final String FAILED = "RestException";

    /** {@link RestHindrances}. */
    private static final Set<Integer> TOLD_BY_US =
            Set.of(HttpStatus.SERVICE_UNAVAILABLE.value(), HttpStatus.INSUFFICIENT_STORAGE.value());

    private final ObjectMapper json;
    private final Words words;
    private final BooleanSupplier databaseAnswers;
    private final BiConsumer<HttpServletRequest, RefusedException> refusedByEngine;

    /** The text that a person reads for the code of a refusal. */
    @FunctionalInterface
    public interface Words {
        String of(String code, Object... arguments);
    }

    /**
     * @param words what a person reads for the code of a refusal
     * @param databaseAnswers asked where the engine says no more than that its database refused something
     * @param refusedByEngine hears of what the engine refused by itself, before the person does
     */
    public RefusalStatusFilter(
            ObjectMapper json,
            Words words,
            BooleanSupplier databaseAnswers,
            BiConsumer<HttpServletRequest, RefusedException> refusedByEngine) {
        this.json = json;
        this.words = words;
        this.databaseAnswers = databaseAnswers;
        this.refusedByEngine = refusedByEngine;
    }

    /** Leaves the refusal with the current request, if there is one. */
    public static void remember(RefusedException refusal) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(ATTRIBUTE, refusal, RequestAttributes.SCOPE_REQUEST);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, buffered);
        if (request.getAttribute(ATTRIBUTE) instanceof RefusedException refusal
                && buffered.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            answer(buffered, refusal.kind().status(), RefusedException.class.getSimpleName(), refusal.getMessage());
        } else if (buffered.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            translate(request, buffered);
        }
        buffered.copyBodyToResponse();
    }

    /** Puts the engine's own refusals into our words. */
    private void translate(HttpServletRequest request, ContentCachingResponseWrapper answer) throws IOException {
        String content = answer.getContentType();
        if (content == null || !content.startsWith(MediaType.APPLICATION_JSON_VALUE)) {
            return;
        }
        JsonNode problem = json.readTree(answer.getContentAsByteArray());
        String type = problem.path("type").asText();
        String message = problem.path("message").asText();
        boolean changes = !"GET".equals(request.getMethod());
        if (changes && AuthorizationException.class.getSimpleName().equals(type)) {
            translate(
                    request, answer, AuthorizationException.class, RefusedException.forbidden("refusal.no-permission"));
        } else if (changes && message.contains(SUSPENDED)) {
            translate(
                    request,
                    answer,
                    SuspendedEntityInteractionException.class,
                    RefusedException.conflict("refusal.item-suspended"));
        } else if (StreamConstraintsException.class.getSimpleName().equals(type) || message.contains(NO_JSON)) {
            translate(request, answer, RefusedException.class, RefusedException.invalid(null, "form.unreadable"));
        } else if (answer.getStatus() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            Optional<HttpStatus> ofTheSender =
                    Faults.mayBeAnImpossibleQuestion(type, request.getRequestURI()) && databaseAnswers.getAsBoolean()
                            ? Optional.of(HttpStatus.BAD_REQUEST)
                            : Faults.ofTheEngine(type, message);
            if (ofTheSender.isPresent()) {
                log.warn("{} {} is refused: {}: {}", request.getMethod(), request.getRequestURI(), type, message);
                answer(answer, ofTheSender.get().value(), type, words(ofTheSender.get(), message));
            } else if (!TOLD_BY_US.contains(answer.getStatus())) {
                log.error("{} {} failed: {}: {}", request.getMethod(), request.getRequestURI(), type, message);
                answer(answer, answer.getStatus(), FAILED, words.of("problem.500.detail"));
            }
        } else if (CLASS.matcher(message).find()) {
            log.warn("{} {} is refused: {}: {}", request.getMethod(), request.getRequestURI(), type, message);
            answer(answer, answer.getStatus(), type, words.of("problem.400.detail"));
        }
    }

    private void translate(
            HttpServletRequest request, ContentCachingResponseWrapper answer, Class<?> type, RefusedException refusal)
            throws IOException {
        refusedByEngine.accept(request, refusal);
        String code = refusal.problems().get(0).code();
        answer(answer, refusal.kind().status(), type.getSimpleName(), words.of(code));
    }

    private String words(HttpStatus status, String message) {
        Matcher unreadable = UNREADABLE.matcher(message);
        return unreadable.matches()
                ? words.of("problem.characters", unreadable.group(1))
                : words.of("problem." + status.value() + ".detail");
    }

    private void answer(ContentCachingResponseWrapper response, int status, String type, String message)
            throws IOException {
        response.resetBuffer();
        response.setStatus(status);
        response.getOutputStream().write(json.writeValueAsBytes(EngineProblem.of(type, message)));
    }
}
