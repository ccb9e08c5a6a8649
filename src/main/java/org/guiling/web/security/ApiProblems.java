package org.guiling.web.security;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.guiling.database.Hindrance;
import org.guiling.engine.refusal.EngineHindrance;
import org.guiling.engine.refusal.Faults;
import org.guiling.refusal.RefusedException;
import org.guiling.scim.ScimError;
import org.guiling.text.Texts;
import org.guiling.text.UnreadableTextException;
import org.guiling.web.support.GivenTwiceException;
import org.guiling.web.support.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers every error of {@code /api} and SCIM with a document ({@link org.guiling.scim.ScimErrors} writes the latter's);
 * those of pages go on to the error page.
 */
@RestControllerAdvice
public class ApiProblems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ApiProblems.class);

    /** The time after which a service that is away may be back. */
    private static final String RETRY_AFTER_SECONDS = "60";

    private final Problems problems;
    private final Texts texts;
    private final RefusedRequests refusedRequests;

    ApiProblems(Problems problems, Texts texts, RefusedRequests refusedRequests) {
        this.problems = problems;
        this.refusedRequests = refusedRequests;
        this.texts = texts;
    }

    /** True where a document is the answer, and no page. */
    public static boolean isApi(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = original == null ? request.getRequestURI() : original.toString();
        return path.startsWith(request.getContextPath() + "/api/") || ScimError.isAskedFor(request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(
            RefusedException refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (refusal.kind() == RefusedException.Kind.UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (refusal instanceof GivenTwiceException) {
            refusedRequests.input(request, "TWICE");
        }
        if (isApi(request)) {
            return answer(problems.of(refusal));
        }
        request.setAttribute(ErrorPages.DETAIL, problems.text(refusal));
        response.sendError(Problems.statusOf(refusal).value());
        return null;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(UnreadableTextException text, HttpServletRequest request) {
        requireApi(request, text);
        refusedRequests.input(request, "CHARACTERS");
        return answer(problems.of(text));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(RuntimeException failure, HttpServletRequest request) {
        requireApi(request, failure);
        Optional<Hindrance> hindrance = EngineHindrance.of(failure);
        if (hindrance.isPresent()) {
            hindrance.get().log(request.getMethod() + " " + request.getRequestURI(), failure);
            return answer(problems.of(HttpStatus.valueOf(hindrance.get().status())));
        }
        Optional<HttpStatus> ofTheSender =
                Optional.ofNullable(BodyPace.refused(request)).or(() -> Faults.of(failure));
        if (ofTheSender.isPresent()) {
            log.debug("{} {} refused", request.getMethod(), request.getRequestURI(), failure);
            return answer(problems.of(ofTheSender.get()));
        }
        log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        return answer(problems.of(HttpStatus.INTERNAL_SERVER_ERROR));
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception exception, Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpServletRequest servletRequest = ((ServletWebRequest) request).getRequest();
        if (!isApi(servletRequest)) {
            sneakyThrow(exception);
        }
        return ResponseEntity.status(status).headers(headers).body(problem(exception, status));
    }

    private ProblemDetail problem(Exception exception, HttpStatusCode status) {
        if (exception instanceof HttpMessageNotReadableException) {
            return problems.of(status, texts.get("problem.body"), List.of());
        }
        if (exception instanceof MissingServletRequestPartException missing) {
            return field(status, missing.getRequestPartName(), "problem.missing");
        }
        if (exception instanceof MissingServletRequestParameterException missing) {
            return field(status, missing.getParameterName(), "problem.missing");
        }
        if (exception instanceof MethodArgumentTypeMismatchException wrong) {
            return field(status, wrong.getName(), "problem.value");
        }
        if (exception instanceof BindException wrong) {
            return problems.of(
                    status,
                    problems.detail(status),
                    wrong.getFieldErrors().stream()
                            .map(error -> new Problems.FieldError(
                                    error.getField(), texts.get("problem.value", error.getField())))
                            .toList());
        }
        return problems.of(status);
    }

    private ProblemDetail field(HttpStatusCode status, String field, String code) {
        String message = texts.get(code, field);
        return problems.of(status, message, List.of(new Problems.FieldError(field, message)));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.of(problem).build();
    }

    private static void requireApi(HttpServletRequest request, RuntimeException exception) {
        if (!isApi(request)) {
            throw exception;
        }
    }

    /** Lets a page's own exception pass as it is; the handler's signature knows no checked one. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneakyThrow(Exception exception) throws E {
        throw (E) exception;
    }
}
