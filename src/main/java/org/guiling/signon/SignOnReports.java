package org.guiling.signon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Tells who signed on and off and who was refused. The same refusal, or the same script, is told again after a while only:
 * whoever guesses, and whoever calls each second, fills no audit trail.
 */
@Component
class SignOnReports {

    private static final Duration REFUSALS_APART = Duration.ofMinutes(1);
    private static final Duration SCRIPTS_APART = Duration.ofHours(1);
    private static final int REMEMBERED = 10_000;

    private final ApplicationEventPublisher events;
    private final Clock clock;

    private final Map<List<Object>, Instant> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    SignOnReports(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Where a request came from; empty where it is not known. */
    static String address(Authentication authentication) {
        return authentication.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "";
    }

    @EventListener
    void sessionBegins(InteractiveAuthenticationSuccessEvent event) {
        if (event.getAuthentication().getPrincipal() instanceof SignedOnPerson person) {
            events.publishEvent(
                    new SignOnEvent.SignedOn(person.getName(), person.way(), address(event.getAuthentication())));
        }
    }

    /** A script has no session: each of its requests signs on. */
    void scriptSignedOn(Authentication authentication) {
        SignedOnPerson person = (SignedOnPerson) authentication.getPrincipal();
        String address = address(authentication);
        if (isNews(SCRIPTS_APART, person.getName(), person.way(), address)) {
            events.publishEvent(new SignOnEvent.SignedOn(person.getName(), person.way(), address));
        }
    }

    /** @param personId null where nobody has the account */
    void refused(String personId, SignOnWay way, SignOnRefusal why, String address) {
        if (isNews(REFUSALS_APART, String.valueOf(personId), way, why, address)) {
            events.publishEvent(new SignOnEvent.Refused(personId, way, why, address));
        }
    }

    @EventListener
    void sessionEnds(LogoutSuccessEvent event) {
        if (event.getAuthentication().getPrincipal() instanceof SignedOnPerson person) {
            events.publishEvent(new SignOnEvent.SignedOff(person.getName(), person.way()));
        }
    }

    private synchronized boolean isNews(Duration apart, Object... what) {
        Instant now = clock.instant();
        List<Object> key = List.of(what);
        Instant before = told.get(key);
        if (before != null && !now.isBefore(before) && now.isBefore(before.plus(apart))) {
            return false;
        }
        told.remove(key);
        told.put(key, now);
        return true;
    }
}
