package org.guiling.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.RepeatedEvents;
import org.guiling.item.access.HiddenItemAskedFor;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Writes down what was forbidden to somebody, at whichever door: who, what and where. Stands within Spring Security, which
 * tells of its own refusals, and around Camunda's REST. What somebody tries again and again is counted.
 */
@Component
@Order(99)
public class RefusedRequests extends OncePerRequestFilter {

    private static final Duration APART = Duration.ofHours(1);

    /** Made-up ones are many, and would be as many events. */
    private static final Pattern ID = Pattern.compile("(?<=/)[^/]*\\d[^/]*");

    private final RepeatedEvents events;

    RefusedRequests(RepeatedEvents events) {
        this.events = events;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_FORBIDDEN) {
            record(request);
        }
    }

    void record(HttpServletRequest request) {
        if (request.getRemoteUser() != null) {
            events.record(
                    AuditEventKind.REFUSED,
                    request.getRemoteUser(),
                    request.getMethod() + " " + request.getRequestURI(),
                    Map.of(),
                    APART);
        }
    }

    /** They hear that there is no such item. */
    @EventListener
    void asked(HiddenItemAskedFor asked) {
        events.record(AuditEventKind.REFUSED, asked.personId(), asked.itemNo(), Map.of("why", "HIDDEN"), APART);
    }

    /**
     * Something that no client of ours sends; of whoever sends it, also where nobody is signed on. Called before the answer
     * is sent: whoever has it finds the event.
     *
     * @param why what was wrong with it, in a word
     */
    void input(HttpServletRequest request, String why) {
        events.record(
                AuditEventKind.INPUT_REFUSED,
                request.getRemoteUser(),
                request.getMethod() + " " + ID.matcher(request.getRequestURI()).replaceAll("{id}"),
                Map.of("why", why, "address", request.getRemoteAddr()),
                APART);
    }
}
