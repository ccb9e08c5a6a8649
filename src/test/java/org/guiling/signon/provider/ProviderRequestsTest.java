package org.guiling.signon.provider;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import org.guiling.signon.OurCookies;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** The way to the provider and back, kept by the browser that goes it. */
class ProviderRequestsTest {

    private final InMemoryClientRegistrationRepository registrations =
            new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId(Provider.ID)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .clientId("guiling")
                    .clientSecret("secret")
                    .scope("openid", "profile")
                    .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                    .authorizationUri("https://sso.example.org/auth")
                    .tokenUri("https://sso.example.org/token")
                    .build());
    private final ProviderRequests requests = new ProviderRequests(registrations, new OurCookies("", true));

    @Test
    void whatWasAskedComesBackAsItWas() {
        OAuth2AuthorizationRequest asked = asked();
        MockHttpServletResponse there = new MockHttpServletResponse();
        requests.saveAuthorizationRequest(asked, new MockHttpServletRequest(), there);
        assertThat(there.getHeader("Set-Cookie"))
                .contains("HttpOnly", "Secure", "SameSite=Lax", "Path=/login/oauth2/", "Max-Age=600")
                .doesNotContain("secret");

        MockHttpServletResponse back = new MockHttpServletResponse();
        OAuth2AuthorizationRequest found = requests.removeAuthorizationRequest(
                answer(there.getCookie(ProviderRequests.COOKIE), asked.getState()), back);

        assertThat(found.getState()).isEqualTo(asked.getState());
        assertThat(found.getRedirectUri()).isEqualTo(asked.getRedirectUri());
        assertThat(found.getAttributes()).isEqualTo(asked.getAttributes()).containsKey("nonce");
        assertThat(found.getScopes()).containsExactlyInAnyOrder("openid", "profile");
        assertThat(back.getHeader("Set-Cookie")).contains("Max-Age=0");
    }

    @Test
    void anAnswerToAnotherQuestionFindsNothing() {
        MockHttpServletResponse there = new MockHttpServletResponse();
        requests.saveAuthorizationRequest(asked(), new MockHttpServletRequest(), there);

        assertThat(requests.loadAuthorizationRequest(
                        answer(there.getCookie(ProviderRequests.COOKIE), asked().getState())))
                .isNull();
        assertThat(requests.loadAuthorizationRequest(answer(null, asked().getState())))
                .isNull();
    }

    private OAuth2AuthorizationRequest asked() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", Provider.SIGN_ON);
        request.setServletPath(Provider.SIGN_ON);
        return new DefaultOAuth2AuthorizationRequestResolver(registrations, "/oauth2/authorization").resolve(request);
    }

    private static MockHttpServletRequest answer(Cookie cookie, String state) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/login/oauth2/code/provider");
        request.addParameter("state", state);
        if (cookie != null) {
            request.setCookies(cookie);
        }
        return request;
    }
}
