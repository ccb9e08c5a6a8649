package org.guiling.signon.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.guiling.signon.OurCookies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.util.WebUtils;

/**
 * Keeps what the way to the provider and back has to agree on (state, nonce) in a cookie of the browser that goes it, so
 * that a visitor costs no session. It is not signed: who sets somebody's cookies could plant a signed one just as well,
 * and what the provider does not confirm is refused.
 */
public class ProviderRequests implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    static final String COOKIE = "guiling-provider";

    private static final String PATH = "/login/oauth2/";

    private static final Logger log = LoggerFactory.getLogger(ProviderRequests.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClientRegistrationRepository registrations;
    private final OurCookies cookies;

    /** @param attributes those of Spring Security: nonce, registration */
    record Kept(String state, String redirectUri, Map<String, String> attributes) {}

    ProviderRequests(ClientRegistrationRepository registrations, OurCookies cookies) {
        this.registrations = registrations;
        this.cookies = cookies;
    }

    @Override
    public OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return kept(request)
                .filter(kept -> kept.state().equals(request.getParameter("state")))
                .flatMap(this::request)
                .orElse(null);
    }

    @Override
    public void saveAuthorizationRequest(
            OAuth2AuthorizationRequest authorization, HttpServletRequest request, HttpServletResponse response) {
        if (authorization == null) {
            cookies.write(request, response, COOKIE, PATH, "", Duration.ZERO);
            return;
        }
        Map<String, String> attributes = new TreeMap<>();
        authorization.getAttributes().forEach((name, value) -> attributes.put(name, String.valueOf(value)));
        try {
            byte[] kept = JSON.writeValueAsBytes(
                    new Kept(authorization.getState(), authorization.getRedirectUri(), attributes));
            cookies.write(
                    request,
                    response,
                    COOKIE,
                    PATH,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(kept),
                    REMEMBERED);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest authorization = loadAuthorizationRequest(request);
        if (authorization != null) {
            cookies.write(request, response, COOKIE, PATH, "", Duration.ZERO);
        }
        return authorization;
    }

    private Optional<Kept> kept(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, cookies.named(COOKIE));
        if (cookie == null || cookie.getValue() == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(Base64.getUrlDecoder().decode(cookie.getValue()), Kept.class))
                    .filter(kept -> kept.state() != null && kept.redirectUri() != null && kept.attributes() != null);
        } catch (IOException | IllegalArgumentException notOfOurs) {
            return Optional.empty();
        }
    }

    /** Empty as well while the provider does not answer: the visitor hears that, not a fault. */
    private Optional<OAuth2AuthorizationRequest> request(Kept kept) {
        try {
            ClientRegistration registration = registrations.findByRegistrationId(Provider.ID);
            return Optional.of(OAuth2AuthorizationRequest.authorizationCode()
                    .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
                    .clientId(registration.getClientId())
                    .redirectUri(kept.redirectUri())
                    .scopes(registration.getScopes())
                    .state(kept.state())
                    .attributes(attributes -> attributes.putAll(kept.attributes()))
                    .build());
        } catch (IllegalArgumentException | IllegalStateException away) {
            log.warn("The identity provider does not answer: {}", away.toString());
            return Optional.empty();
        }
    }
}
