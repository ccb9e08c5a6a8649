package org.guiling.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.guiling.signon.SecondFactorAskedException;
import org.guiling.signon.SignOnRefusal;
import org.guiling.signon.SignOnRefusedException;
import org.guiling.signon.step.SecondStep;
import org.guiling.signon.step.SecondStepFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Leads whoever was not let in back to the login page, which says why, or on to the page of the second factor. */
@Component
class SignOnFailures implements AuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(SignOnFailures.class);

    /** Refusals that the page of the second factor tells; everything else begins with the password again. */
    private static final Set<SignOnRefusal> CODE = EnumSet.of(SignOnRefusal.CODE_WRONG, SignOnRefusal.CODE_LOCKED);

    private final SecondStep secondStep;

    SignOnFailures(SecondStep secondStep) {
        this.secondStep = secondStep;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        if (exception instanceof SecondFactorAskedException asked) {
            secondStep.begin(request, asked);
            response.sendRedirect(request.getContextPath() + SecondStepFilter.PATH);
            return;
        }
        String page = "/login";
        String why = SignOnRefusal.UNAVAILABLE.key();
        if (exception instanceof SignOnRefusedException refused) {
            page = CODE.contains(refused.why()) ? SecondStepFilter.PATH : page;
            why = refused.why().key() + (refused.why() == SignOnRefusal.THROTTLED ? "=" + refused.waitSeconds() : "");
        } else {
            log.warn("The identity provider signed nobody on: {}", exception.toString());
        }
        response.sendRedirect(request.getContextPath() + page + "?" + why);
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
