package org.guiling.signon.step;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.guiling.signon.ProviderPerson;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.provider.Provider;
import org.guiling.signon.session.OpenSessions;
import org.guiling.signon.session.SignOns;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives a session what its person may do now, or ends it. Stands between the session's person and any decision. */
public class SessionRenewalFilter extends OncePerRequestFilter {

    private static final SecurityContextRepository CONTEXTS = new HttpSessionSecurityContextRepository();

    private final SignOns signOns;
    private final OpenSessions sessions;

    public SessionRenewalFilter(SignOns signOns, OpenSessions sessions) {
        this.signOns = signOns;
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null
                && authentication.getPrincipal() instanceof SignedOnPerson signedOn
                && signOns.isToBeLookedAt(signedOn)) {
            HttpSession session = request.getSession(false);
            Optional<SignedOnPerson> now = signOns.lookAgain(signedOn);
            if (now.isPresent() && session != null && sessions.goesOn(session)) {
                renew(authentication, now.get(), request, response);
            } else {
                end(request);
            }
        }
        chain.doFilter(request, response);
    }

    static void renew(
            Authentication before, SignedOnPerson now, HttpServletRequest request, HttpServletResponse response) {
        AbstractAuthenticationToken renewed = authentication(now);
        renewed.setDetails(before.getDetails());
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(renewed);
        SecurityContextHolder.setContext(context);
        // Signed off meanwhile: a request that was still under way begins no session anew.
        if (request.getSession(false) != null) {
            CONTEXTS.saveContext(context, request, response);
        }
    }

    /** The holder of somebody who is signed on, by the way they signed on, as Spring Security has it. */
    static AbstractAuthenticationToken authentication(SignedOnPerson person) {
        return person instanceof ProviderPerson provided
                ? new OAuth2AuthenticationToken(provided, provided.authorities(), Provider.ID)
                : UsernamePasswordAuthenticationToken.authenticated(person, null, person.authorities());
    }

    private void end(HttpServletRequest request) {
        SecurityContextHolder.setContext(SecurityContextHolder.createEmptyContext());
        HttpSession session = request.getSession(false);
        if (session != null) {
            sessions.over(session);
            session.invalidate();
        }
    }
}
