package org.guiling.signon;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Signs on by account and password. Whoever is unknown, locked or wrong gets the same answer, after the same work: one
 * comparison of a password.
 */
@Component
public class PasswordSignOn implements AuthenticationProvider {

    /** What an account may look like; anything else need not be asked of the database. */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9._-]{1,100}");

    private final Organization organization;
    private final SignOns signOns;
    private final LockOuts lockOuts;
    private final PasswordEncoder passwords;
    private final String hashOfNobody;

    PasswordSignOn(Organization organization, SignOns signOns, LockOuts lockOuts, PasswordEncoder passwords) {
        this.organization = organization;
        this.signOns = signOns;
        this.lockOuts = lockOuts;
        this.passwords = passwords;
        this.hashOfNobody = passwords.encode("nobody");
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        String account = authentication.getName().strip().toLowerCase(Locale.ROOT);
        String password = String.valueOf(authentication.getCredentials());
        Optional<Person> person = ACCOUNT.matcher(account).matches() ? organization.person(account) : Optional.empty();
        Optional<String> hash = person.flatMap(known -> organization.passwordHash(known.id()));

        boolean right = passwords.matches(password, hash.orElse(hashOfNobody)) && hash.isPresent();
        // Asked after the comparison, so that guesses sent all at once do not pass while the first are being counted.
        if (person.isEmpty() || lockOuts.isLocked(account)) {
            throw new BadCredentialsException("Unknown or locked");
        }
        if (!right) {
            lockOuts.wrongPassword(account);
            throw new BadCredentialsException("Wrong password");
        }
        lockOuts.rightPassword(account);
        return signedOn(person.get(), authentication.getDetails());
    }

    private Authentication signedOn(Person person, Object details) {
        SignedOnPerson signedOn = signOns.signedOn(person, SignOnWay.PASSWORD);
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated(signedOn, null, signedOn.authorities());
        token.setDetails(details);
        return token;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
