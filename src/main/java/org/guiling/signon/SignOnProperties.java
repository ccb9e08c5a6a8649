package org.guiling.signon;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the sign-on; docs/sign-on.md has examples.
 *
 * @param directory null where there is none
 * @param provider null where there is none
 */
@Validated
@ConfigurationProperties("guiling.sign-on")
public record SignOnProperties(
        @Valid @DefaultValue Password password,
        @Valid @DefaultValue LockOut lockOut,
        @Valid @DefaultValue Throttle throttle,
        @Valid @DefaultValue KnownSource knownSource,
        @Valid @DefaultValue Token token,
        @Valid @DefaultValue Session session,
        @Valid Directory directory,
        @Valid Provider provider) {

    /**
     * @param minimumLength in characters; never below the 8 of NIST SP 800-63B
     * @param cost of BCrypt: each more doubles the time that a password takes to check, for whoever guesses as well
     * @param changeInitial whether a password that somebody else set has to be changed before anything else
     * @param initialLasts how long such a password opens anything; another one is set after that
     * @param breachedFile passwords that nobody may choose, as their SHA-1; null for none beside those that others try first
     * @param onlyFor the accounts that have a password here; empty for all. Beside a directory or a provider: the one or
     *     two who still get in when it is away
     */
    public record Password(
            @DefaultValue("10") @Min(8) @Max(64) int minimumLength,
            @DefaultValue("10") @Min(4) @Max(16) int cost,
            @DefaultValue("true") boolean changeInitial,
            @DefaultValue("14d") Duration initialLasts,
            Path breachedFile,
            @DefaultValue Set<String> onlyFor) {

        public boolean isFor(String personId) {
            return onlyFor.isEmpty() || onlyFor.contains(personId);
        }
    }

    /**
     * @param failures after how many wrong passwords an account has to wait at the source that they came from; NIST
     *     SP 800-63B allows 100 at most
     * @param delay the first wait; each further failure doubles it
     * @param duration the longest wait
     * @param forgets after so long one wrong password less counts; a right one forgets all
     * @param failuresAnywhere the same for all sources together that the account has never signed on from
     */
    public record LockOut(
            @DefaultValue("5") @Min(3) @Max(100) int failures,
            @DefaultValue("30s") Duration delay,
            @DefaultValue("15m") Duration duration,
            @DefaultValue("3h") Duration forgets,
            @DefaultValue("50") @Min(5) int failuresAnywhere) {}

    /**
     * @param failures after how many refused sign-ons a source has to wait, whatever the accounts; those that it is known
     *     for are counted by themselves, since an office may share one address
     * @param delay the first wait; each further failure doubles it
     * @param duration the longest wait
     * @param forgets after so long one refused sign-on less counts
     */
    public record Throttle(
            @DefaultValue("50") @Min(10) int failures,
            @DefaultValue("10s") Duration delay,
            @DefaultValue("5m") Duration duration,
            @DefaultValue("30s") Duration forgets) {}

    /**
     * Sources that an account has signed on from, which others' failures do not close.
     *
     * @param remembered since the last time
     * @param most so many of an account
     */
    public record KnownSource(
            @DefaultValue("90d") Duration remembered,
            @DefaultValue("50") @Min(1) int most) {}

    /**
     * @param longest how long a personal access token lives at most
     * @param most how many valid ones a person has at most
     */
    public record Token(
            @DefaultValue("365d") Duration longest,
            @DefaultValue("20") @Min(1) int most) {}

    /**
     * @param idle after which a signed-on session ends; until somebody has signed on, the server's own timeout counts
     * @param longest after which it ends however much it is used
     * @param proofLasts how long after the sign-on, or after showing password or code again, somebody may change how they
     *     are let in
     */
    public record Session(
            @DefaultValue("8h") Duration idle,
            @DefaultValue("12h") Duration longest,
            @DefaultValue("10m") Duration proofLasts) {}

    /**
     * LDAP or Active Directory. Somebody is looked for with the service account, then signs on with their own password.
     *
     * @param url as in {@code ldaps://dc.example.org/dc=example,dc=org}: the server and the base of everything below
     * @param userDn the service account; null for an anonymous search
     * @param password the service account's
     * @param searchBase where people are, below the base
     * @param filter finds one person by what they typed, {@code {0}}; Active Directory: {@code (sAMAccountName={0})}
     * @param personAttribute the attribute that has the id of the person in the organization
     * @param timeout for connecting, and again for each answer
     */
    public record Directory(
            @NotBlank String url,
            String userDn,
            String password,
            @DefaultValue("") String searchBase,
            @DefaultValue("(uid={0})") @NotBlank String filter,
            @DefaultValue("uid") @NotBlank String personAttribute,
            @DefaultValue("5s") Duration timeout) {}

    /**
     * An OpenID Connect provider (统一身份认证).
     *
     * @param issuer its address; everything else is discovered from there
     * @param personClaim the claim that has the id of the person in the organization
     * @param scopes beside {@code openid}
     * @param algorithms by which an ID token may be signed; OpenID Connect wants every provider to know RS256
     * @param maxAge how old a sign-on there may be; null for any
     */
    public record Provider(
            URI issuer,
            @NotBlank String clientId,
            @NotBlank String clientSecret,
            @DefaultValue("preferred_username") @NotBlank String personClaim,
            @DefaultValue("profile") List<String> scopes,
            @DefaultValue({"RS256", "PS256", "ES256"}) List<String> algorithms,
            @DefaultValue("12h") Duration maxAge) {}
}
