package org.guiling.signon;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.ldap.NamingException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Signs on by account and password, our own or the directory's. Whoever is unknown, locked or wrong gets the same answer,
 * after the same work: one comparison of a password, and one question to the directory.
 */
@Component
public class PasswordSignOn implements AuthenticationProvider {

    private static final Logger log = LoggerFactory.getLogger(PasswordSignOn.class);

    /** What an account may look like; anything else need not be asked of the database. */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9._-]{1,100}");

    private final Organization organization;
    private final SignOns signOns;
    private final LockOuts lockOuts;
    private final SignOnThrottle throttle;
    private final SignOnReports reports;
    private final SignOnProperties properties;
    private final PasswordEncoder passwords;
    private final Optional<Directory> directory;
    private final String hashOfNobody;

    PasswordSignOn(
            Organization organization,
            SignOns signOns,
            LockOuts lockOuts,
            SignOnThrottle throttle,
            SignOnReports reports,
            SignOnProperties properties,
            PasswordEncoder passwords,
            ObjectProvider<Directory> directory) {
        this.organization = organization;
        this.signOns = signOns;
        this.lockOuts = lockOuts;
        this.throttle = throttle;
        this.reports = reports;
        this.properties = properties;
        this.passwords = passwords;
        this.directory = Optional.ofNullable(directory.getIfAvailable());
        this.hashOfNobody = passwords.encode("nobody");
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        String address = SignOnReports.address(authentication);
        if (throttle.isClosed(address)) {
            throw refused(null, SignOnWay.PASSWORD, SignOnRefusal.THROTTLED, address);
        }
        String login = authentication.getName().strip();
        String password = String.valueOf(authentication.getCredentials());
        Optional<Person> local = person(login);

        Authentication signedOn;
        if (hasLocalPassword(local, password)) {
            signedOn = signedOn(local.get(), SignOnWay.PASSWORD, authentication);
        } else if (directory.isPresent()) {
            signedOn = byDirectory(directory.get(), login, password, local, authentication);
        } else {
            throw wrong(local, SignOnWay.PASSWORD, address);
        }
        if (authentication.getDetails() instanceof ScriptDetails) {
            reports.scriptSignedOn(signedOn);
        }
        return signedOn;
    }

    private Optional<Person> person(String id) {
        String account = id.toLowerCase(Locale.ROOT);
        return ACCOUNT.matcher(account).matches() ? organization.person(account) : Optional.empty();
    }

    private boolean hasLocalPassword(Optional<Person> person, String password) {
        Optional<String> hash =
                person.map(Person::id).filter(properties.password()::isFor).flatMap(organization::passwordHash);
        boolean right = passwords.matches(password, hash.orElse(hashOfNobody)) && hash.isPresent();
        // Asked after the comparison, so that guesses sent all at once do not pass while the first are being counted.
        if (!right || lockOuts.isLocked(person.orElseThrow().id())) {
            return false;
        }
        if (passwords.upgradeEncoding(hash.get())) {
            organization.rehashPassword(person.get().id(), hash.get(), passwords.encode(password));
        }
        return true;
    }

    private Authentication byDirectory(
            Directory asked, String login, String password, Optional<Person> local, Authentication authentication) {
        String address = SignOnReports.address(authentication);
        try {
            Optional<Directory.Entry> entry = asked.find(login);
            Optional<Person> person = entry.flatMap(found -> person(found.personId()));
            if (!asked.letsIn(entry, password)) {
                throw wrong(person.or(() -> local), SignOnWay.DIRECTORY, address);
            }
            if (person.isEmpty()) {
                throw refused(null, SignOnWay.DIRECTORY, SignOnRefusal.NOT_IN_ORGANIZATION, address);
            }
            if (lockOuts.isLocked(person.get().id())) {
                throw wrong(person, SignOnWay.DIRECTORY, address);
            }
            return signedOn(person.get(), SignOnWay.DIRECTORY, authentication);
        } catch (NamingException away) {
            log.warn("The directory does not answer: {}", away.toString());
            throttle.failed(address);
            local.map(Person::id).filter(properties.password()::isFor).ifPresent(lockOuts::wrongPassword);
            throw refused(null, SignOnWay.DIRECTORY, SignOnRefusal.UNAVAILABLE, address);
        }
    }

    private SignOnRefusedException wrong(Optional<Person> person, SignOnWay way, String address) {
        throttle.failed(address);
        person.map(Person::id).ifPresent(lockOuts::wrongPassword);
        return refused(person.map(Person::id).orElse(null), way, SignOnRefusal.WRONG, address);
    }

    private SignOnRefusedException refused(String personId, SignOnWay way, SignOnRefusal why, String address) {
        reports.refused(personId, way, why, address);
        return new SignOnRefusedException(why);
    }

    private Authentication signedOn(Person person, SignOnWay way, Authentication authentication) {
        SignedOnPerson signedOn = signOns.signedOn(person, way);
        if (signedOn.lacksSecondFactor()) {
            // Wrong passwords are not forgotten before the second factor is right, too.
            throw authentication.getDetails() instanceof ScriptDetails
                    ? refused(person.id(), way, SignOnRefusal.SECOND_FACTOR, SignOnReports.address(authentication))
                    : new SecondFactorAskedException(signedOn);
        }
        lockOuts.rightPassword(person.id());
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated(signedOn, null, signedOn.authorities());
        token.setDetails(authentication.getDetails());
        return token;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
