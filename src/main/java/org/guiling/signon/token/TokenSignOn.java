package org.guiling.signon.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.guiling.organization.Person;
import org.guiling.signon.ScriptDetails;
import org.guiling.signon.SignOnRefusal;
import org.guiling.signon.SignOnRefusedException;
import org.guiling.signon.SignOnReports;
import org.guiling.signon.SignOnWay;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.session.SignOns;
import org.guiling.signon.throttle.SignOnThrottle;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Signs on by a personal access token: {@code Authorization: Bearer guiling_...} (RFC 6750). */
@Component
public class TokenSignOn {

    private static final String SCHEME = "Bearer ";

    private final AccessTokens tokens;
    private final SignOns signOns;
    private final SignOnThrottle throttle;
    private final SignOnReports reports;

    TokenSignOn(AccessTokens tokens, SignOns signOns, SignOnThrottle throttle, SignOnReports reports) {
        this.tokens = tokens;
        this.signOns = signOns;
        this.throttle = throttle;
        this.reports = reports;
    }

    public static boolean isBearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** The token of the request, not yet checked; null where it brings none. */
    public Authentication brought(HttpServletRequest request) {
        if (!isBearer(request)) {
            return null;
        }
        String secret = request.getHeader(HttpHeaders.AUTHORIZATION)
                .substring(SCHEME.length())
                .strip();
        UsernamePasswordAuthenticationToken brought =
                UsernamePasswordAuthenticationToken.unauthenticated(SCHEME, secret);
        brought.setDetails(new ScriptDetails(request));
        return brought;
    }

    /** @throws SignOnRefusedException when the token lets nobody in */
    public Authentication authenticate(Authentication brought) {
        String address = SignOnReports.address(brought);
        Optional<Person> person;
        try {
            throttle.requireOpen(address);
            person = tokens.personOf((String) brought.getCredentials());
            if (person.isEmpty()) {
                throttle.failed(address);
            }
        } catch (SignOnRefusedException tooEarly) {
            reports.refused(null, SignOnWay.TOKEN, tooEarly.why(), address);
            throw tooEarly;
        }
        if (person.isEmpty()) {
            reports.refused(null, SignOnWay.TOKEN, SignOnRefusal.WRONG, address);
            throw new SignOnRefusedException(SignOnRefusal.WRONG);
        }
        SignedOnPerson signedOn = signOns.signedOn(person.get(), SignOnWay.TOKEN);
        UsernamePasswordAuthenticationToken authenticated =
                UsernamePasswordAuthenticationToken.authenticated(signedOn, null, signedOn.authorities());
        authenticated.setDetails(brought.getDetails());
        reports.scriptSignedOn(authenticated);
        return authenticated;
    }
}
