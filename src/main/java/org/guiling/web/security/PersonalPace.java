package org.guiling.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds each person to {@link PersonalLimits}; whoever goes on is asked to wait (429) and is in the audit trail. */
@Component
@Order(98)
class PersonalPace extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final RequestMatcher EXPORTS = new OrRequestMatcher(
            SecurityConfiguration.path("/api/exports/**"),
            SecurityConfiguration.path("/api/documents/**"),
            SecurityConfiguration.path("/api/items/*/documents/*"),
            SecurityConfiguration.path("/api/audit/events/export"));

    private final PersonalLimits limits;
    private final SecurityProblems problems;
    private final RefusedRequests refusedRequests;
    private final Clock clock;
    private final Map<Action, Counted> counts = new HashMap<>();

    PersonalPace(PersonalLimits limits, SecurityProblems problems, RefusedRequests refusedRequests, Clock clock) {
        this.limits = limits;
        this.problems = problems;
        this.refusedRequests = refusedRequests;
        this.clock = clock;
    }

    private enum Kind {
        EXPORT,
        UPLOAD,
        CHANGE
    }

    private record Action(String person, Kind kind) {}

    private record Counted(Instant since, int times) {}

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Kind kind = request.getRemoteUser() == null ? null : kind(request);
        long wait = kind == null ? 0 : wait(new Action(request.getRemoteUser(), kind), limit(kind));
        if (wait == 0) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        refusedRequests.input(request, "TOO_MANY_" + kind);
        problems.tooMuch(request, response);
    }

    private static Kind kind(HttpServletRequest request) {
        if (READING.contains(request.getMethod())) {
            return EXPORTS.matches(request) ? Kind.EXPORT : null;
        }
        return StringUtils.startsWithIgnoreCase(request.getContentType(), "multipart/") ? Kind.UPLOAD : Kind.CHANGE;
    }

    private int limit(Kind kind) {
        return switch (kind) {
            case EXPORT -> limits.exports();
            case UPLOAD -> limits.uploads();
            case CHANGE -> limits.changes();
        };
    }

    /** In seconds; none where the action may be done, which counts it. */
    private synchronized long wait(Action action, int limit) {
        Instant now = clock.instant();
        Instant gone = now.minus(limits.within());
        counts.values()
                .removeIf(counted ->
                        !counted.since().isAfter(gone) || counted.since().isAfter(now));
        Counted before = counts.getOrDefault(action, new Counted(now, 0));
        if (before.times() >= limit) {
            return Math.max(1, before.since().plus(limits.within()).getEpochSecond() - now.getEpochSecond());
        }
        counts.put(action, new Counted(before.since(), before.times() + 1));
        return 0;
    }
}
