package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.guiling.database.Hindrance;
import org.guiling.engine.refusal.EngineHindrance;
import org.guiling.engine.refusal.Faults;
import org.guiling.web.support.Problems;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;

/** Answers every error that no controller has handled: a page for a browser, a problem document for everybody else. */
@Controller
class ErrorPages implements ErrorController {

    /** Request attribute: a text that says more than the status does. */
    static final String DETAIL = ErrorPages.class.getName() + ".detail";

    private final Problems problems;

    ErrorPages(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(HttpServletRequest request) {
        HttpStatus status = status(request);
        Object detail = request.getAttribute(DETAIL);
        Map<String, Object> model = Map.of(
                "status",
                status.value(),
                "title",
                problems.title(status),
                "detail",
                detail == null ? problems.detail(status) : detail);
        return new ModelAndView("error", model, status);
    }

    @RequestMapping("/error")
    ResponseEntity<ProblemDetail> document(HttpServletRequest request) {
        HttpStatus status = status(request);
        ProblemDetail problem = request.getAttribute(DETAIL) instanceof String detail
                ? problems.of(status, detail, List.of())
                : problems.of(status);
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path) {
            problem.setInstance(URI.create(UriUtils.encodePath(UriUtils.decode(path, UTF_8), UTF_8)));
        }
        return ResponseEntity.of(problem).build();
    }

    /**
     * Whoever opens the address itself finds nothing there. Pages and filters let pass what they do not expect: here is
     * told what was no fault of theirs.
     */
    private static HttpStatus status(HttpServletRequest request) {
        Throwable failure = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        Optional<Hindrance> hindrance = EngineHindrance.of(failure);
        if (hindrance.isPresent()) {
            hindrance
                    .get()
                    .log(
                            request.getMethod() + " " + request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI),
                            failure);
            return HttpStatus.valueOf(hindrance.get().status());
        }
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code == null ? HttpStatus.NOT_FOUND : HttpStatus.resolve((Integer) code);
        if (status != null && status != HttpStatus.INTERNAL_SERVER_ERROR) {
            return status;
        }
        // Nobody answered an exception: it may be the sender's fault all the same.
        return request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable exception
                ? Faults.of(exception).orElse(HttpStatus.INTERNAL_SERVER_ERROR)
                : HttpStatus.INTERNAL_SERVER_ERROR;
    }
}
