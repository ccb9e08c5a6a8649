package org.guiling.signon.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.guiling.signon.SignOnProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.jwt.JwtException;

/** Accepts answers of the provider only if of this provider, for this client, of now; none leads anywhere else. */
class ProviderConnectionsTest {

    private static final WireMockServer SERVER =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
    private static final String CLIENT = "guiling";
    private static final String SECRET = "a secret of thirty-two characters";
    private static RSAKey key;
    private static RSAKey foreignKey;
    private static ECKey curve;

    @BeforeAll
    static void provider() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("key").generate();
        foreignKey = new RSAKeyGenerator(2048).keyID("key").generate();
        curve = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void answers() {
        SERVER.resetAll();
        SERVER.stubFor(get("/.well-known/openid-configuration").willReturn(okJson(description(issuer()))));
        SERVER.stubFor(get("/keys").willReturn(okJson(keys())));
    }

    private static String issuer() {
        return "http://127.0.0.1:" + SERVER.port();
    }

    private static String keys() {
        return new JWKSet(List.of(key.toPublicJWK(), curve.toPublicJWK())).toString();
    }

    private static String description(String issuer) {
        return """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"], "response_types_supported": ["code"]}
                """.formatted(issuer);
    }

    private static ProviderConnections connections(String... algorithms) {
        SignOnProperties.Provider provider = new SignOnProperties.Provider(
                URI.create(issuer()),
                CLIENT,
                SECRET,
                "preferred_username",
                List.of(),
                List.of(algorithms),
                Duration.ofHours(12));
        return new ProviderConnections(new SignOnProperties(null, null, null, null, null, null, null, provider));
    }

    private static ClientRegistration registration(ProviderConnections connections) {
        return ClientRegistrations.fromOidcConfiguration(connections.description(URI.create(issuer())))
                .registrationId("provider")
                .clientId(CLIENT)
                .clientSecret(SECRET)
                .build();
    }

    private static void decode(String token, String... algorithms) {
        ProviderConnections connections = connections(algorithms);
        connections.idTokens().createDecoder(registration(connections)).decode(token);
    }

    private static JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("somebody")
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
    }

    private static String sign(JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWTClaimsSet claims) {
        return sign(new JWSHeader.Builder(algorithm).keyID(keyId).build(), signer, claims);
    }

    private static String sign(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsRightIsTaken() throws Exception {
        decode(sign(JWSAlgorithm.RS256, "key", new RSASSASigner(key), claims().build()), "RS256");
        decode(sign(JWSAlgorithm.PS256, "key", new RSASSASigner(key), claims().build()), "PS256", "ES256");
        decode(sign(JWSAlgorithm.ES256, "curve", new ECDSASigner(curve), claims().build()), "PS256", "ES256");
    }

    /** An office that takes approved algorithms alone is not talked into another. */
    @Test
    void anAlgorithmThatTheOfficeDoesNotNameIsNotTaken() throws Exception {
        String token = sign(JWSAlgorithm.RS256, "key", new RSASSASigner(key), claims().build());

        assertThatThrownBy(() -> decode(token, "PS256", "ES256")).isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> connections("RSA")).hasMessageContaining("algorithms");
        assertThatThrownBy(() -> connections("none")).hasMessageContaining("algorithms");
        assertThatThrownBy(() -> connections("HS256")).hasMessageContaining("algorithms");
        assertThatThrownBy(() -> connections()).hasMessageContaining("algorithms");
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> wrongClaims() {
        Instant past = Instant.now().minusSeconds(3_600);
        return Stream.of(
                claims -> claims.issuer("https://elsewhere.example.org"),
                claims -> claims.issuer(null),
                claims -> claims.audience("another-client"),
                claims -> claims.audience((String) null),
                claims -> claims.audience(List.of(CLIENT, "another-client")),
                claims -> claims.claim("azp", "another-client"),
                claims -> claims.subject(null),
                claims -> claims.issueTime(null),
                claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(3_600))),
                claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(3_600))),
                claims -> claims.issueTime(Date.from(past)).expirationTime(Date.from(past.plusSeconds(60))),
                claims -> claims.expirationTime(null));
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void aTokenForSomebodyElseOrAnotherTimeIsRefused(UnaryOperator<JWTClaimsSet.Builder> wrong) throws Exception {
        String token = sign(
                JWSAlgorithm.RS256,
                "key",
                new RSASSASigner(key),
                wrong.apply(claims()).build());

        assertThatThrownBy(() -> decode(token, "RS256")).isInstanceOf(JwtException.class);
    }

    static Stream<String> forged() throws Exception {
        JWTClaimsSet claims = claims().build();
        String right = sign(JWSAlgorithm.RS256, "key", new RSASSASigner(key), claims);
        String[] parts = right.split("[.]");
        String others = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        claims().subject("administrator").build().toString().getBytes(UTF_8));
        byte[] publicKey = key.toRSAPublicKey().getEncoded();
        return Stream.of(
                sign(JWSAlgorithm.RS256, "key", new RSASSASigner(foreignKey), claims),
                sign(JWSAlgorithm.RS512, "key", new RSASSASigner(key), claims),
                new PlainJWT(claims).serialize(),
                parts[0] + "." + others + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                sign(JWSAlgorithm.HS256, "key", new MACSigner(publicKey), claims),
                sign(
                        JWSAlgorithm.HS256,
                        "key",
                        new MACSigner(MessageDigest.getInstance("SHA-256").digest(publicKey)),
                        claims),
                sign(JWSAlgorithm.HS256, "key", new MACSigner(SECRET), claims),
                // Brings the key that it is signed with, or says where to fetch it.
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("key")
                                .jwk(foreignKey.toPublicJWK())
                                .build(),
                        new RSASSASigner(foreignKey),
                        claims),
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("elsewhere")
                                .jwkURL(URI.create(issuer() + "/elsewhere"))
                                .type(JOSEObjectType.JWT)
                                .build(),
                        new RSASSASigner(foreignKey),
                        claims));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void aForgedTokenIsRefused(String token) {
        SERVER.stubFor(get("/elsewhere").willReturn(okJson(new JWKSet(foreignKey.toPublicJWK()).toString())));

        assertThatThrownBy(() -> decode(token, "RS256", "PS256", "ES256")).isInstanceOf(JwtException.class);
        SERVER.verify(0, anyRequestedFor(urlEqualTo("/elsewhere")));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noAnswerLeadsElsewhere(int status) throws Exception {
        ProviderConnections connections = connections("RS256");
        ClientRegistration registration = registration(connections);
        SERVER.stubFor(any(anyUrl())
                .atPriority(1)
                .willReturn(aResponse().withStatus(status).withHeader("Location", "/elsewhere")));
        SERVER.stubFor(any(urlEqualTo("/elsewhere")).atPriority(0).willReturn(okJson(keys())));

        assertThatThrownBy(() -> connections.description(URI.create(issuer())))
                .isInstanceOf(IllegalStateException.class);
        String token = sign(JWSAlgorithm.RS256, "key", new RSASSASigner(key), claims().build());
        assertThatThrownBy(
                        () -> connections.idTokens().createDecoder(registration).decode(token))
                .isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> connections.providerTokens().getTokenResponse(grant(registration)))
                .isNotNull();
        SERVER.verify(0, anyRequestedFor(urlEqualTo("/elsewhere")));
    }

    private static OAuth2AuthorizationCodeGrantRequest grant(ClientRegistration registration) {
        OAuth2AuthorizationRequest asked = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(issuer() + "/authorize")
                .clientId(CLIENT)
                .redirectUri("http://localhost/back")
                .state("state")
                .build();
        OAuth2AuthorizationResponse answered = OAuth2AuthorizationResponse.success("code")
                .redirectUri("http://localhost/back")
                .state("state")
                .build();
        return new OAuth2AuthorizationCodeGrantRequest(registration, new OAuth2AuthorizationExchange(asked, answered));
    }

    @Test
    void aDescriptionOfAnotherIssuerIsNotTaken() {
        SERVER.stubFor(get("/.well-known/openid-configuration")
                .willReturn(okJson(description("https://elsewhere.example.org"))));

        assertThatThrownBy(() -> connections("RS256").description(URI.create(issuer())))
                .hasMessageContaining("not of this issuer");
    }
}
