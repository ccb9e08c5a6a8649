package org.guiling.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.guiling.signon.ScriptDetails;
import org.guiling.signon.SignOnProperties;
import org.guiling.signon.password.LongPasswords;
import org.guiling.signon.provider.Provider;
import org.guiling.signon.session.OpenSessions;
import org.guiling.signon.session.SignOns;
import org.guiling.signon.step.SessionRenewalFilter;
import org.guiling.signon.token.TokenSignOn;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/** One login in front of everything: pages and web apps by session, scripts by HTTP Basic. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String SCIM = "/scim/**";
    private static final String DESCRIPTION = "/v3/api-docs";
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self';"
                    + " frame-ancestors 'none'; form-action 'self'%s; base-uri 'none'; object-src 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain engineRest(
            HttpSecurity http,
            SecurityProblems problems,
            TokenSignOn tokenSignOn,
            InitialPasswordFilter initialPassword)
            throws Exception {
        return http.securityMatcher(path("/engine-rest/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("OPERATOR"))
                .httpBasic(basic ->
                        basic.authenticationEntryPoint(problems).authenticationDetailsSource(ScriptDetails::new))
                .addFilterBefore(bearer(tokenSignOn, problems), BasicAuthenticationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterAfter(initialPassword, AuthorizationFilter.class)
                .build();
    }

    /**
     * A script that sends its password with each request has no session that a foreign page could ride on. SCIM is for
     * scripts alone: a session does not count there.
     */
    @Bean
    @Order(2)
    SecurityFilterChain scripts(
            HttpSecurity http,
            SecurityProblems problems,
            TokenSignOn tokenSignOn,
            InitialPasswordFilter initialPassword)
            throws Exception {
        return http.securityMatcher(new OrRequestMatcher(path(SCIM), SecurityConfiguration::isScript))
                .authorizeHttpRequests(requests -> requests.requestMatchers(path(SCIM))
                        .hasRole("ADMINISTRATOR")
                        .anyRequest()
                        .authenticated())
                .httpBasic(basic ->
                        basic.authenticationEntryPoint(problems).authenticationDetailsSource(ScriptDetails::new))
                .addFilterBefore(bearer(tokenSignOn, problems), BasicAuthenticationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterAfter(initialPassword, AuthorizationFilter.class)
                .build();
    }

    /** Camunda's web apps bring their own headers and their own protection against forged requests. */
    @Bean
    @Order(3)
    SecurityFilterChain webApps(
            HttpSecurity http,
            SignOns signOns,
            OpenSessions sessions,
            InitialPasswordFilter initialPassword,
            WantedPage wantedPage,
            ObjectProvider<Provider.SignOff> providerSignOff)
            throws Exception {
        LogoutSuccessHandler signedOff = new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT);
        return http.securityMatcher(path("/camunda/**"))
                .requestCache(cache -> cache.requestCache(wantedPage))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(handling -> handling.defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), path("/camunda/api/**"))
                        .defaultAuthenticationEntryPointFor(toTheLogin(), path("/camunda/**")))
                // Signing off in Tasklist signs off everywhere.
                .logout(logout -> logout.logoutRequestMatcher(PathPatternRequestMatcher.withDefaults()
                                .matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/{engine}/logout"))
                        .addLogoutHandler(signedOff(sessions))
                        .logoutSuccessHandler(providerSignOff.stream()
                                .map(provider -> provider.later(signedOff))
                                .findFirst()
                                .orElse(signedOff)))
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .addFilterBefore(new SessionRenewalFilter(signOns, sessions), AnonymousAuthenticationFilter.class)
                .addFilterAfter(initialPassword, AuthorizationFilter.class)
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain pages(
            HttpSecurity http,
            SecurityProblems problems,
            SignOns signOns,
            OpenSessions sessions,
            PortalSignOn portalSignOn,
            InitialPasswordFilter initialPassword,
            WantedPage wantedPage,
            CsrfTokens csrfTokens)
            throws Exception {
        portalSignOn.addTo(http);
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/login",
                                "/login/second-factor/**",
                                "/error",
                                "/assets/**",
                                "/webjars/**",
                                "/favicon.ico",
                                "/sw.js",
                                "/offline",
                                "/actuator/health/**",
                                "/actuator/health")
                        .permitAll()
                        .requestMatchers("/imports/*/review")
                        .hasRole("REVIEWER")
                        .requestMatchers("/imports/**")
                        .hasAnyRole("REGISTRAR", "REVIEWER")
                        .requestMatchers("/administration/**", "/calendar/**", "/organization/**")
                        .hasRole("ADMINISTRATOR")
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(
                        handling -> handling.defaultAuthenticationEntryPointFor(toTheLogin(), path("/api/docs"))
                                .defaultAuthenticationEntryPointFor(problems, path("/api/**"))
                                .defaultAuthenticationEntryPointFor(toTheLogin(), path("/**"))
                                .accessDeniedHandler(problems))
                .logout(logout -> portalSignOn.addTo(logout).addLogoutHandler(signedOff(sessions)))
                // Until somebody has signed on, nothing is kept of them here.
                .requestCache(cache -> cache.requestCache(wantedPage))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
                .headers(headers -> headers.addHeaderWriter(ofPages(portalSignOn.providerOrigin())))
                .addFilterBefore(new SessionRenewalFilter(signOns, sessions), AnonymousAuthenticationFilter.class)
                .addFilterAfter(initialPassword, AuthorizationFilter.class)
                .build();
    }

    /**
     * BCrypt that reads all of a password; what an organization file brings may be any that Spring Security knows. That, and
     * what was hashed before, is hashed anew at the next sign-on.
     */
    @Bean
    PasswordEncoder passwordEncoder(SignOnProperties properties) {
        BCryptPasswordEncoder bcrypt =
                new BCryptPasswordEncoder(properties.password().cost());
        DelegatingPasswordEncoder known =
                (DelegatingPasswordEncoder) PasswordEncoderFactories.createDelegatingPasswordEncoder();
        // One without a mark, as other programs write them.
        known.setDefaultPasswordEncoderForMatches(bcrypt);
        DelegatingPasswordEncoder encoder =
                new DelegatingPasswordEncoder(LongPasswords.ID, Map.of(LongPasswords.ID, new LongPasswords(bcrypt)));
        encoder.setDefaultPasswordEncoderForMatches(known);
        return encoder;
    }

    /**
     * Content security policy of answers that have none of their own. The form that signs off is redirected to the
     * provider, which a browser counts as a form's target.
     */
    private static HeaderWriter ofPages(String providerOrigin) {
        String policy = CONTENT_SECURITY_POLICY.formatted(providerOrigin == null ? "" : " " + providerOrigin);
        return (request, response) -> {
            if (SecurityHeaders.NOTHING.equals(response.getHeader(SecurityHeaders.POLICY))) {
                response.setHeader(SecurityHeaders.POLICY, policy);
            }
        };
    }

    /**
     * Whoever signs off leaves no page, draft or filter in the browser. Not its cookies: that would sign them off from
     * their neighbours below the same domain as well.
     */
    private static LogoutHandler signedOff(OpenSessions sessions) {
        return (request, response, authentication) -> {
            response.setHeader("Clear-Site-Data", "\"cache\", \"storage\"");
            HttpSession session = request.getSession(false);
            if (session != null) {
                sessions.over(session);
            }
        };
    }

    private static AuthenticationFilter bearer(TokenSignOn tokenSignOn, SecurityProblems problems) {
        AuthenticationFilter filter = new AuthenticationFilter(tokenSignOn::authenticate, tokenSignOn::brought);
        filter.setSuccessHandler((request, response, authentication) -> {});
        filter.setFailureHandler(problems::commence);
        return filter;
    }

    private static boolean isScript(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null
                && (authorization.regionMatches(true, 0, "Basic ", 0, 6) || TokenSignOn.isBearer(request))
                && (request.getServletPath().startsWith("/api/") || isDescription(request.getServletPath()));
    }

    /** True where the path is of the description of {@code /api}, from which programs generate clients. */
    private static boolean isDescription(String path) {
        return path.equals(DESCRIPTION) || path.startsWith(DESCRIPTION + "/") || path.equals(DESCRIPTION + ".yaml");
    }

    private static LoginUrlAuthenticationEntryPoint toTheLogin() {
        LoginUrlAuthenticationEntryPoint login = new LoginUrlAuthenticationEntryPoint("/login");
        login.setFavorRelativeUris(true);
        return login;
    }

    static PathPatternRequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }
}
