package org.guiling.web;

import org.guiling.signon.SecondStep;
import org.guiling.signon.SecondStepFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.savedrequest.RequestCache;

/** Puts the second step of the sign-on behind the login form, with the same session, requests and events as the form has. */
final class SecondFactorLogin extends AbstractHttpConfigurer<SecondFactorLogin, HttpSecurity> {

    private final SecondStep secondStep;
    private final AuthenticationFailureHandler failures;

    SecondFactorLogin(SecondStep secondStep, AuthenticationFailureHandler failures) {
        this.secondStep = secondStep;
        this.failures = failures;
    }

    @Override
    public void configure(HttpSecurity http) {
        SavedRequestAwareAuthenticationSuccessHandler success = new SavedRequestAwareAuthenticationSuccessHandler();
        success.setRequestCache(http.getSharedObject(RequestCache.class));
        SecondStepFilter filter = new SecondStepFilter(secondStep);
        filter.setSessionAuthenticationStrategy(http.getSharedObject(SessionAuthenticationStrategy.class));
        filter.setApplicationEventPublisher(http.getSharedObject(ApplicationContext.class));
        filter.setAuthenticationSuccessHandler(success);
        filter.setAuthenticationFailureHandler(failures);
        http.addFilterAfter(filter, UsernamePasswordAuthenticationFilter.class);
    }
}
