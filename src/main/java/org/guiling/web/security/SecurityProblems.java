package org.guiling.web.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.guiling.scim.ScimError;
import org.guiling.signon.SignOnRefusal;
import org.guiling.signon.SignOnRefusedException;
import org.guiling.text.Texts;
import org.guiling.text.UnreadableTextException;
import org.guiling.web.support.GivenTwiceException;
import org.guiling.web.support.Problems;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Answers requests that Spring Security refuses before a controller is reached: a document for {@code /api} and SCIM,
 * else a page.
 */
@Component
public class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final Problems problems;
    private final Texts texts;
    private final RefusedRequests refusedRequests;
    private final WantedPage wantedPage;
    private final ObjectMapper json;

    SecurityProblems(
            Problems problems, Texts texts, RefusedRequests refusedRequests, WantedPage wantedPage, ObjectMapper json) {
        this.problems = problems;
        this.texts = texts;
        this.refusedRequests = refusedRequests;
        this.wantedPage = wantedPage;
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        if (exception instanceof SignOnRefusedException refused && refused.why() != SignOnRefusal.WRONG) {
            if (refused.why() == SignOnRefusal.THROTTLED) {
                response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(refused.waitSeconds()));
            }
            String detail = texts.get("login." + refused.why().key(), refused.waitSeconds());
            write(request, response, problems.of(statusOf(refused.why()), detail, List.of()));
            return;
        }
        if (request.getHeader("Sec-Fetch-Mode") == null) {
            // Scripts want to be asked; a browser would open its own window over our page.
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"guiling\", charset=\"UTF-8\"");
        }
        write(request, response, problems.of(HttpStatus.UNAUTHORIZED));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException exception)
            throws IOException {
        HttpStatus notWaitedFor = BodyPace.refused(request);
        if (notWaitedFor != null) {
            // The token was in a part of the body that nobody has read.
            notWaitedFor(request, response, notWaitedFor);
            return;
        }
        refusedRequests.record(request);
        boolean forged = exception instanceof CsrfException;
        if (ApiProblems.isApi(request)) {
            write(
                    request,
                    response,
                    forged
                            ? problems.of(HttpStatus.FORBIDDEN, texts.get("problem.csrf"), List.of())
                            : problems.of(HttpStatus.FORBIDDEN));
        } else if (forged && request.getRemoteUser() == null) {
            // The page was open for longer than its session lived. What was typed is still in the browser (form.js).
            wantedPage.savePageOfForm(request, response);
            response.sendRedirect(request.getContextPath() + "/login?expired");
        } else {
            request.setAttribute(ErrorPages.DETAIL, forged ? texts.get("problem.page-expired") : null);
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static HttpStatus statusOf(SignOnRefusal why) {
        return switch (why) {
            case WRONG, CODE_WRONG, CODE_LOCKED, EXPIRED, INITIAL_OVER -> HttpStatus.UNAUTHORIZED;
            case NOT_IN_ORGANIZATION, ANOTHER_SUBJECT, SECOND_FACTOR -> HttpStatus.FORBIDDEN;
            case THROTTLED -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    /** A door that stays shut, with the reason. */
    void forbidden(HttpServletRequest request, HttpServletResponse response, String reason) throws IOException {
        write(request, response, problems.of(HttpStatus.FORBIDDEN, reason, List.of()));
    }

    /** A body beyond the limit, refused before it is read. */
    void tooLarge(HttpServletRequest request, HttpServletResponse response, DataSize limit, boolean upload)
            throws IOException {
        String detail = texts.get(upload ? "problem.413.detail" : "problem.body-large", limit.toMegabytes());
        if (ApiProblems.isApi(request)) {
            write(request, response, problems.of(HttpStatus.PAYLOAD_TOO_LARGE, detail, List.of()));
        } else {
            request.setAttribute(ErrorPages.DETAIL, detail);
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        }
    }

    /** An upload that does not say how large it is. */
    void lengthMissing(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String detail = texts.get("problem.length");
        if (ApiProblems.isApi(request)) {
            write(request, response, problems.of(HttpStatus.LENGTH_REQUIRED, detail, List.of()));
        } else {
            request.setAttribute(ErrorPages.DETAIL, detail);
            response.sendError(HttpServletResponse.SC_LENGTH_REQUIRED);
        }
    }

    /** A text that no column takes and nobody can read, with the name of its field. */
    void unreadable(HttpServletRequest request, HttpServletResponse response, UnreadableTextException text)
            throws IOException {
        refuse(request, response, problems.of(text));
    }

    /** A parameter whose second value somebody else might take for the first. */
    void givenTwice(HttpServletRequest request, HttpServletResponse response, GivenTwiceException twice)
            throws IOException {
        refuse(request, response, problems.of(twice));
    }

    /** More of something than one person does. */
    void tooMuch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(request, response, problems.of(HttpStatus.TOO_MANY_REQUESTS));
    }

    /** A body of a type that nobody reads. */
    void unsupported(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(request, response, problems.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE));
    }

    /** A body that came too slowly, or of somebody who has to sign on first. */
    void notWaitedFor(HttpServletRequest request, HttpServletResponse response, HttpStatus status) throws IOException {
        if (status == HttpStatus.UNAUTHORIZED && !ApiProblems.isApi(request)) {
            wantedPage.savePageOfForm(request, response);
            response.sendRedirect(request.getContextPath() + "/login?expired");
        } else {
            refuse(request, response, problems.of(status));
        }
    }

    /** A request that is not written as requests are. */
    void malformed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(request, response, problems.of(HttpStatus.BAD_REQUEST));
    }

    /** A redirect that repeats more than a request may ask for. */
    void redirectTooLong(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(request, response, problems.of(HttpStatus.BAD_REQUEST, texts.get("problem.redirect-long"), List.of()));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, ProblemDetail problem)
            throws IOException {
        if (ApiProblems.isApi(request)) {
            write(request, response, problem);
        } else {
            request.setAttribute(ErrorPages.DETAIL, problem.getDetail());
            response.sendError(problem.getStatus());
        }
    }

    private void write(HttpServletRequest request, HttpServletResponse response, ProblemDetail problem)
            throws IOException {
        boolean scim = ScimError.isAskedFor(request);
        response.setStatus(problem.getStatus());
        response.setContentType(scim ? ScimError.MEDIA_TYPE : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), scim ? ScimError.of(problem) : problem);
    }
}
