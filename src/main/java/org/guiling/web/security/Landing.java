package org.guiling.web.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.guiling.signon.SignOnProperties;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.session.OpenSessions;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

/** Leads whoever has signed on to the page they came for. Their session now lives as long as a working day. */
@Component
class Landing extends SavedRequestAwareAuthenticationSuccessHandler {

    private final OpenSessions sessions;
    private final SignOnProperties.Session limits;

    Landing(WantedPage wantedPage, OpenSessions sessions, SignOnProperties properties) {
        this.sessions = sessions;
        this.limits = properties.session();
        setRequestCache(wantedPage);
        setDefaultTargetUrl("/");
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws ServletException, IOException {
        HttpSession session = request.getSession();
        session.setMaxInactiveInterval(Math.toIntExact(limits.idle().toSeconds()));
        sessions.begin(request, (SignedOnPerson) authentication.getPrincipal());
        super.onAuthenticationSuccess(request, response, authentication);
    }
}
