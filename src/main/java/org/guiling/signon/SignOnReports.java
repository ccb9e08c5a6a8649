package org.guiling.signon;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Tells who signed on and off and who was refused, each time; {@link SignOnAudit} counts what is equal. */
@Component
public class SignOnReports {

    private final ApplicationEventPublisher events;

    SignOnReports(ApplicationEventPublisher events) {
        this.events = events;
    }

    /** The address that a request came from; empty where it is not known. */
    public static String address(Authentication authentication) {
        return authentication.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "";
    }

    @EventListener
    void sessionBegins(InteractiveAuthenticationSuccessEvent event) {
        if (event.getAuthentication().getPrincipal() instanceof SignedOnPerson person) {
            events.publishEvent(new SignOnEvent.SignedOn(
                    person.getName(), person.way(), factor(person), address(event.getAuthentication()), false));
        }
    }

    /** Beside what the way asks for. */
    private static SignOnFactor factor(SignedOnPerson person) {
        if (person.passed() == null) {
            return SignOnFactor.NONE;
        }
        return person.passed().isProviders() ? SignOnFactor.PROVIDERS : SignOnFactor.CODE;
    }

    /** A script has no session: each of its requests signs on. */
    public void scriptSignedOn(Authentication authentication) {
        SignedOnPerson person = (SignedOnPerson) authentication.getPrincipal();
        events.publishEvent(new SignOnEvent.SignedOn(
                person.getName(), person.way(), SignOnFactor.NONE, address(authentication), true));
    }

    /** The password was right, and the second factor is asked. */
    public void firstFactorPassed(SignedOnPerson almost, String address) {
        events.publishEvent(new SignOnEvent.FirstFactorPassed(almost.getName(), almost.way(), address));
    }

    /** @param personId null where nobody has the account */
    public void refused(String personId, SignOnWay way, SignOnRefusal why, String address) {
        events.publishEvent(new SignOnEvent.Refused(personId, way, why, address));
    }

    @EventListener
    void sessionEnds(LogoutSuccessEvent event) {
        if (event.getAuthentication().getPrincipal() instanceof SignedOnPerson person) {
            events.publishEvent(new SignOnEvent.SignedOff(person.getName(), person.way()));
        }
    }
}
