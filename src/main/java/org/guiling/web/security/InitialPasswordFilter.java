package org.guiling.web.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.guiling.signon.SignedOnPerson;
import org.guiling.text.Texts;
import org.guiling.web.account.AccountPages;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody do anything with a password that somebody else set, except choose one of their own. */
@Component
class InitialPasswordFilter extends OncePerRequestFilter {

    private static final RequestMatcher OPEN = new OrRequestMatcher(
            SecurityConfiguration.path(AccountPages.PASSWORD),
            SecurityConfiguration.path("/logout"),
            SecurityConfiguration.path("/error"),
            SecurityConfiguration.path("/assets/**"),
            SecurityConfiguration.path("/webjars/**"),
            SecurityConfiguration.path("/favicon.ico"),
            SecurityConfiguration.path("/camunda/api/admin/auth/user/{engine}/logout"));

    private final SecurityProblems problems;
    private final Texts texts;

    InitialPasswordFilter(SecurityProblems problems, Texts texts) {
        this.problems = problems;
        this.texts = texts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null
                || !(authentication.getPrincipal() instanceof SignedOnPerson signedOn)
                || !signedOn.mustChangePassword()
                || OPEN.matches(request)) {
            chain.doFilter(request, response);
        } else if (isForScripts(request)) {
            problems.forbidden(request, response, texts.get("problem.initial-password"));
        } else {
            response.sendRedirect(request.getContextPath() + AccountPages.PASSWORD);
        }
    }

    private static boolean isForScripts(HttpServletRequest request) {
        String path = request.getServletPath();
        return Stream.of("/api/", "/scim/", "/camunda/api/", "/engine-rest/").anyMatch(path::startsWith);
    }

    /** It stands in Spring Security's chains, and only there. */
    @Configuration(proxyBeanMethods = false)
    static class Registration {

        @Bean
        FilterRegistrationBean<InitialPasswordFilter> initialPasswordFilterOutsideTheChains(
                InitialPasswordFilter filter) {
            FilterRegistrationBean<InitialPasswordFilter> registration = new FilterRegistrationBean<>(filter);
            registration.setEnabled(false);
            return registration;
        }
    }
}
