package org.guiling.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.guiling.signon.SignOnRefusal;
import org.guiling.signon.SignOnRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Leads whoever was not let in back to the login page, which says why. */
@Component
class SignOnFailures implements AuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(SignOnFailures.class);

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        String why = SignOnRefusal.UNAVAILABLE.key();
        if (exception instanceof SignOnRefusedException refused) {
            why = refused.why().key()
                    + (refused.why() == SignOnRefusal.THROTTLED ? "=" + refused.waitSeconds() : "");
        } else {
            log.warn("The identity provider signed nobody on: {}", exception.toString());
        }
        response.sendRedirect(request.getContextPath() + "/login?" + why);
    }

    /** A provider that does not answer is met before anybody gets to it. */
    ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> atTheWayToTheProvider() {
        return new ObjectPostProcessor<>() {
            @Override
            public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                filter.setAuthenticationFailureHandler(SignOnFailures.this);
                return filter;
            }
        };
    }
}
