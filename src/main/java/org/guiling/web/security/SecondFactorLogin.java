package org.guiling.web.security;

import org.guiling.signon.step.SecondStep;
import org.guiling.signon.step.SecondStepFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/** Puts the second step of the sign-on behind the login form, with the same session, requests and events as the form has. */
final class SecondFactorLogin extends AbstractHttpConfigurer<SecondFactorLogin, HttpSecurity> {

    private final SecondStep secondStep;
    private final AuthenticationSuccessHandler landing;
    private final AuthenticationFailureHandler failures;

    SecondFactorLogin(
            SecondStep secondStep, AuthenticationSuccessHandler landing, AuthenticationFailureHandler failures) {
        this.secondStep = secondStep;
        this.landing = landing;
        this.failures = failures;
    }

    @Override
    public void configure(HttpSecurity http) {
        SecondStepFilter filter = new SecondStepFilter(secondStep);
        filter.setSessionAuthenticationStrategy(http.getSharedObject(SessionAuthenticationStrategy.class));
        filter.setApplicationEventPublisher(http.getSharedObject(ApplicationContext.class));
        filter.setAuthenticationSuccessHandler(landing);
        filter.setAuthenticationFailureHandler(failures);
        http.addFilterAfter(filter, UsernamePasswordAuthenticationFilter.class);
    }
}
