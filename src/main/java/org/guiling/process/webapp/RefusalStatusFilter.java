package org.guiling.process.webapp;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.guiling.item.RefusedException;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Camunda's REST answers 500 to what a listener throws, and puts the words of three layers before the message. A refusal
 * is no fault of the server: it gets the status of its kind and is told in our words alone.
 */
public class RefusalStatusFilter extends OncePerRequestFilter {

    private static final String ATTRIBUTE = RefusalStatusFilter.class.getName();

    private final ObjectMapper json;

    public RefusalStatusFilter(ObjectMapper json) {
        this.json = json;
    }

    /** Leaves the refusal with the current request, if there is one. */
    public static void remember(RefusedException refusal) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(ATTRIBUTE, refusal, RequestAttributes.SCOPE_REQUEST);
        }
    }

    /** The HTTP status of a refusal. */
    public static int statusOf(RefusedException refusal) {
        return switch (refusal.kind()) {
            case INVALID -> HttpServletResponse.SC_BAD_REQUEST;
            case FORBIDDEN -> HttpServletResponse.SC_FORBIDDEN;
            case NOT_FOUND -> HttpServletResponse.SC_NOT_FOUND;
            case CONFLICT -> HttpServletResponse.SC_CONFLICT;
        };
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return "GET".equals(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, buffered);
        if (request.getAttribute(ATTRIBUTE) instanceof RefusedException refusal
                && buffered.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            buffered.resetBuffer();
            buffered.setStatus(statusOf(refusal));
            buffered.getOutputStream()
                    .write(json.writeValueAsBytes(Map.of(
                            "type", refusal.getClass().getSimpleName(), "message", refusal.getMessage(), "code", 0)));
        }
        buffered.copyBodyToResponse();
    }
}
