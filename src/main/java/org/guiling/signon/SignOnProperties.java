package org.guiling.signon;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people sign on; docs/sign-on.md has examples.
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
        @Valid @DefaultValue Token token,
        @Valid Directory directory,
        @Valid Provider provider) {

    /**
     * @param minimumLength in characters; never below the 8 of NIST SP 800-63B
     * @param cost of BCrypt: each more doubles the time that a password takes to check, for whoever guesses as well
     * @param changeInitial whether a password that somebody else set has to be changed before anything else
     * @param onlyFor the accounts that have a password here; empty for all. Beside a directory or a provider: the one or
     *     two who still get in when it is away
     */
    public record Password(
            @DefaultValue("10") @Min(8) @Max(64) int minimumLength,
            @DefaultValue("10") @Min(4) @Max(16) int cost,
            @DefaultValue("true") boolean changeInitial,
            @DefaultValue Set<String> onlyFor) {

        boolean isFor(String personId) {
            return onlyFor.isEmpty() || onlyFor.contains(personId);
        }
    }

    /**
     * @param failures how many wrong passwords in a row lock an account; NIST SP 800-63B allows 100 at most
     * @param duration for how long, and how long a wrong password counts
     */
    public record LockOut(
            @DefaultValue("10") @Min(3) @Max(100) int failures,
            @DefaultValue("15m") Duration duration) {}

    /**
     * @param failures how many refused sign-ons close an address, whatever the accounts; an office may share one address
     * @param duration within which they count, and for how long it is closed
     */
    public record Throttle(
            @DefaultValue("100") @Min(10) int failures,
            @DefaultValue("5m") Duration duration) {}

    /**
     * @param longest how long a personal access token lives at most
     * @param most how many valid ones a person has at most
     */
    public record Token(
            @DefaultValue("365d") Duration longest,
            @DefaultValue("20") @Min(1) int most) {}

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
     */
    public record Provider(
            URI issuer,
            @NotBlank String clientId,
            @NotBlank String clientSecret,
            @DefaultValue("preferred_username") @NotBlank String personClaim,
            @DefaultValue("profile") List<String> scopes) {}
}
