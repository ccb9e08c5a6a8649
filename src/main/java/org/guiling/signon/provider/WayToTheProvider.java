package org.guiling.signon.provider;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Sends to the provider whoever presses the button of our login page, and nobody whom a foreign page leads there: a session
 * begins by an act of its person. A sign-on there that is too old is asked for anew.
 */
public class WayToTheProvider implements OAuth2AuthorizationRequestResolver {

    private static final String BELOW = "/oauth2/authorization";

    private final DefaultOAuth2AuthorizationRequestResolver there;

    /** @param maxAge of the sign-on at the provider; null for any */
    WayToTheProvider(ClientRegistrationRepository registrations, Duration maxAge) {
        there = new DefaultOAuth2AuthorizationRequestResolver(registrations, BELOW);
        if (maxAge != null) {
            there.setAuthorizationRequestCustomizer(request -> request.additionalParameters(
                    parameters -> parameters.put("max_age", Long.toString(maxAge.toSeconds()))));
        }
    }

    @Override
    public OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return request.getMethod().equals("POST") ? there.resolve(request) : null;
    }

    @Override
    public OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
        return there.resolve(request, registrationId);
    }
}
