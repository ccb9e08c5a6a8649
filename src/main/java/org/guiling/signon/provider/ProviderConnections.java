package org.guiling.signon.provider;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.guiling.signon.SignOnProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * The server's own requests to the identity provider: for its description, its keys, tokens and particulars. Redirects
 * are not followed, and every request has a time limit.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("guiling.sign-on.provider.issuer")
class ProviderConnections {

    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration TO_ANSWER = Duration.ofSeconds(10);
    private static final String DESCRIPTION = "/.well-known/openid-configuration";

    private final List<SignatureAlgorithm> algorithms;
    private final RestTemplate rest = new RestTemplate(connections());

    ProviderConnections(SignOnProperties signOn) {
        this.algorithms = signOn.provider().algorithms().stream()
                .map(SignatureAlgorithm::from)
                .toList();
        if (algorithms.isEmpty() || algorithms.contains(null)) {
            throw new IllegalArgumentException("guiling.sign-on.provider.algorithms takes names such as PS256, not "
                    + signOn.provider().algorithms());
        }
    }

    private static JdkClientHttpRequestFactory connections() {
        JdkClientHttpRequestFactory connections = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TO_CONNECT)
                .build());
        connections.setReadTimeout(TO_ANSWER);
        return connections;
    }

    /**
     * The description that the provider publishes of itself.
     *
     * @throws IllegalStateException when it does not answer, or speaks for another issuer
     */
    Map<String, Object> description(URI issuer) {
        String address = issuer.toString().replaceFirst("/$", "") + DESCRIPTION;
        Map<String, Object> description = read(address);
        if (description == null || !issuer.toString().equals(description.get("issuer"))) {
            throw new IllegalStateException("What is at " + address + " is not of this issuer");
        }
        return description;
    }

    private Map<String, Object> read(String address) {
        try {
            return rest.exchange(
                            address, HttpMethod.GET, null, new ParameterizedTypeReference<Map<String, Object>>() {})
                    .getBody();
        } catch (RestClientException away) {
            throw new IllegalStateException("The identity provider does not describe itself", away);
        }
    }

    @Bean
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> providerTokens() {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(connections())
                .messageConverters(
                        List.of(new FormHttpMessageConverter(), new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return tokens;
    }

    /** ID tokens that are signed by the algorithms that the office accepts, with a key that the provider publishes. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens() {
        Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();
        return registration -> decoders.computeIfAbsent(
                registration.getProviderDetails().getJwkSetUri(), keys -> decoder(registration, keys));
    }

    private JwtDecoder decoder(ClientRegistration registration, String keys) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(keys)
                .jwsAlgorithms(accepted -> accepted.addAll(algorithms))
                .restOperations(rest)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }

    OidcUserService users() {
        DefaultOAuth2UserService particulars = new DefaultOAuth2UserService();
        particulars.setRestOperations(rest);
        OidcUserService users = new OidcUserService();
        users.setOauth2UserService(particulars);
        return users;
    }
}
