package org.guiling.signon.provider;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.guiling.signon.OurCookies;
import org.guiling.signon.ProviderPerson;
import org.guiling.signon.SignOnProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;

/** The office's OpenID Connect provider (统一身份认证), where there is one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("guiling.sign-on.provider.issuer")
public class Provider {

    /** The registration's id, in the addresses {@code /oauth2/authorization/...} and {@code /login/oauth2/code/...}. */
    public static final String ID = "provider";

    /** The path that sends somebody who wants to sign on to the provider. */
    public static final String SIGN_ON = "/oauth2/authorization/" + ID;

    private static final String SIGN_OFF = Provider.class.getName() + ".sign-off";

    private final SignOnProperties.Provider properties;
    private final ProviderConnections connections;

    Provider(SignOnProperties signOn, ProviderConnections connections) {
        this.properties = signOn.provider();
        this.connections = connections;
    }

    /** Asks the provider when it is needed for the first time: an application starts without it. */
    @Bean
    ClientRegistrationRepository clientRegistrations() {
        return new SupplierClientRegistrationRepository(() -> new InMemoryClientRegistrationRepository(registration()));
    }

    private ClientRegistration registration() {
        List<String> scopes = new ArrayList<>(properties.scopes());
        scopes.add(OidcScopes.OPENID);
        return ClientRegistrations.fromOidcConfiguration(connections.description(properties.issuer()))
                .registrationId(ID)
                .clientId(properties.clientId())
                .clientSecret(properties.clientSecret())
                .scope(scopes)
                .build();
    }

    /** Keeps the values by which the redirect to the provider and the way back are matched. */
    @Bean
    ProviderRequests providerRequests(ClientRegistrationRepository registrations, OurCookies cookies) {
        return new ProviderRequests(registrations, cookies);
    }

    @Bean
    WayToTheProvider wayToTheProvider(ClientRegistrationRepository registrations) {
        return new WayToTheProvider(registrations, properties.maxAge());
    }

    /** Its scheme, host and port. */
    public String origin() {
        URI issuer = properties.issuer();
        return issuer.getScheme() + "://" + issuer.getAuthority();
    }

    /** Signs off there too, then comes back to our login page. */
    @Bean
    SignOff providerSignOff(ClientRegistrationRepository registrations) {
        return new SignOff(registrations);
    }

    /** The sign-off at the provider, which a browser has to visit for it (OpenID Connect RP-Initiated Logout). */
    public static class SignOff extends OidcClientInitiatedLogoutSuccessHandler {

        private static final String AFTERWARDS = "/login?signed-off";

        SignOff(ClientRegistrationRepository registrations) {
            super(registrations);
            setPostLogoutRedirectUri("{baseUrl}" + AFTERWARDS);
            setDefaultTargetUrl(AFTERWARDS);
        }

        /**
         * For a script of a page, which cannot be redirected to somewhere else: remembered until its browser comes to the
         * login page.
         */
        public LogoutSuccessHandler later(LogoutSuccessHandler now) {
            return (request, response, authentication) -> {
                if (authentication != null && authentication.getPrincipal() instanceof ProviderPerson) {
                    request.getSession().setAttribute(SIGN_OFF, determineTargetUrl(request, response, authentication));
                }
                now.onLogoutSuccess(request, response, authentication);
            };
        }
    }

    /** The address to which the browser still has to go to sign off, once only. */
    public static Optional<String> pendingSignOff(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || session.getAttribute(SIGN_OFF) == null) {
            return Optional.empty();
        }
        String target = (String) session.getAttribute(SIGN_OFF);
        session.removeAttribute(SIGN_OFF);
        return Optional.of(target);
    }
}
