package org.guiling.web.security;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.guiling.web.support.Caller;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * As much of an OpenID Connect provider as a sign-on meets, on loopback: Keycloak, the real one, runs in a profile of its
 * own and asks for no second factor by itself.
 */
final class OpenIdProvider implements AutoCloseable {

    private static final String CLIENT = "guiling";

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
    private final RSAKey key;

    OpenIdProvider() {
        try {
            key = new RSAKeyGenerator(2048).keyID("key").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        server.start();
        server.stubFor(get("/.well-known/openid-configuration").willReturn(okJson("""
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"], "response_types_supported": ["code"],
                 "id_token_signing_alg_values_supported": ["RS256"]}""".formatted(issuer()))));
        server.stubFor(get("/keys").willReturn(okJson(new JWKSet(key.toPublicJWK()).toString())));
    }

    String issuer() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Signs somebody on there and comes back; tells where that leads. */
    String signOn(Caller browser, String account, Map<String, Object> claims) {
        Map<String, String> asked = askedBy(browser);
        server.stubFor(post("/token").willReturn(okJson("""
                {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}""".formatted(idToken(account, asked.get("nonce"), claims)))));
        return browser.location(browser.get("/login/oauth2/code/provider?code=code&state="
                + URLEncoder.encode(URLDecoder.decode(asked.get("state"), UTF_8), UTF_8)));
    }

    /** The parameters with which the login page's button calls the provider. */
    static Map<String, String> askedBy(Caller browser) {
        HttpResponse<String> answer =
                browser.submit("/oauth2/authorization/provider", browser.csrf("/login"), Map.of());
        String there = browser.location(answer);
        assertThat(there).as("%d %s", answer.statusCode(), answer.body()).contains("state=");
        return UriComponentsBuilder.fromUriString(there)
                .build()
                .getQueryParams()
                .toSingleValueMap();
    }

    private String idToken(String account, String nonce, Map<String, Object> claims) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("subject-" + account)
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim("nonce", nonce)
                .claim("preferred_username", account);
        claims.forEach((name, value) -> builder.claim(name, value.equals("") ? null : value));
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key").build(), builder.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop();
    }
}
