package org.guiling.signon.password;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.guiling.organization.Organization;
import org.guiling.organization.PasswordHashes;
import org.guiling.organization.Person;
import org.guiling.signon.ScriptDetails;
import org.guiling.signon.SecondFactorAskedException;
import org.guiling.signon.SignOnProperties;
import org.guiling.signon.SignOnRefusal;
import org.guiling.signon.SignOnRefusedException;
import org.guiling.signon.SignOnReports;
import org.guiling.signon.SignOnWay;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.session.SignOns;
import org.guiling.signon.throttle.SameGuesses;
import org.guiling.signon.throttle.SignOnThrottle;
import org.guiling.signon.throttle.SignOnThrottle.Attempt;
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
 * Signs on by account and password, our own or the directory's. Whoever is unknown or wrong gets the same answer,
 * after the same work: one comparison of a password, and one question to the directory.
 */
@Component
public class PasswordSignOn implements AuthenticationProvider {

    private static final Logger log = LoggerFactory.getLogger(PasswordSignOn.class);

    /** The form of an account's name; for any other there is no need to ask the database. */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9._-]{1,100}");

    private final Organization organization;
    private final PasswordHashes hashes;
    private final SignOns signOns;
    private final SignOnThrottle throttle;
    private final SignOnReports reports;
    private final SignOnProperties properties;
    private final PasswordEncoder passwords;
    private final Optional<Directory> directory;
    private final SameGuesses sameGuesses = new SameGuesses();
    private final String hashOfNobody;

    PasswordSignOn(
            Organization organization,
            PasswordHashes hashes,
            SignOns signOns,
            SignOnThrottle throttle,
            SignOnReports reports,
            SignOnProperties properties,
            PasswordEncoder passwords,
            ObjectProvider<Directory> directory) {
        this.organization = organization;
        this.hashes = hashes;
        this.signOns = signOns;
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
        String login = authentication.getName().strip();
        String password = String.valueOf(authentication.getCredentials());
        SignedOnPerson person = sameGuesses.once(
                new SameGuesses.Guess(login, password, address), () -> person(login, password, address));
        Authentication signedOn = signedOn(person, authentication);
        if (authentication.getDetails() instanceof ScriptDetails) {
            reports.scriptSignedOn(signedOn);
        }
        return signedOn;
    }

    private SignedOnPerson person(String login, String password, String address) {
        Optional<Person> local = person(login);
        Attempt attempt =
                begin(local.map(Person::id).orElseGet(() -> SignOnThrottle.nobody(login)), SignOnWay.PASSWORD, address);
        Optional<SignedOnPerson> byPassword = byLocalPassword(local, password);
        if (byPassword.isPresent()) {
            if (signOns.hasInitialPasswordOver(byPassword.get())) {
                throttle.withdrawn(attempt);
                throw refused(byPassword.get().getName(), SignOnWay.PASSWORD, SignOnRefusal.INITIAL_OVER, address);
            }
            return right(byPassword.get(), attempt);
        }
        if (directory.isPresent()) {
            return byDirectory(directory.get(), login, password, local, attempt, address);
        }
        throw wrong(local, attempt, SignOnWay.PASSWORD, address);
    }

    private Optional<Person> person(String id) {
        String account = id.toLowerCase(Locale.ROOT);
        return ACCOUNT.matcher(account).matches() ? organization.person(account) : Optional.empty();
    }

    /** Counts the attempt before anything is compared. */
    private Attempt begin(String account, SignOnWay way, String address) {
        try {
            return throttle.begin(account, address);
        } catch (SignOnRefusedException tooEarly) {
            reports.refused(SignOnThrottle.personOf(account), way, tooEarly.why(), address);
            throw tooEarly;
        }
    }

    private Optional<SignedOnPerson> byLocalPassword(Optional<Person> person, String password) {
        // Looked at before the hash is read: a password that is changed meanwhile ends this sign-on like any other.
        Optional<SignedOnPerson> signedOn = person.map(known -> signOns.signedOn(known, SignOnWay.PASSWORD));
        Optional<String> hash = person.flatMap(this::localHash);
        boolean right = passwords.matches(password, hash.orElse(hashOfNobody)) && hash.isPresent();
        if (right && passwords.upgradeEncoding(hash.get())) {
            hashes.rehash(person.orElseThrow().id(), hash.get(), passwords.encode(password));
        }
        return right ? signedOn : Optional.empty();
    }

    private Optional<String> localHash(Person person) {
        return properties.password().isFor(person.id()) ? hashes.of(person.id()) : Optional.empty();
    }

    private SignedOnPerson byDirectory(
            Directory asked, String login, String password, Optional<Person> local, Attempt begun, String address) {
        Attempt attempt = begun;
        try {
            Optional<Directory.Entry> entry = asked.find(login);
            Optional<Person> person = entry.flatMap(found -> person(found.personId()));
            if (person.isPresent() && !person.get().id().equals(begun.account())) {
                // A person has one count, by whichever of their names they sign on.
                throttle.withdrawn(begun);
                attempt = begin(person.get().id(), SignOnWay.DIRECTORY, address);
            }
            if (!asked.letsIn(entry, password)) {
                throw wrong(person.or(() -> local), attempt, SignOnWay.DIRECTORY, address);
            }
            if (person.isEmpty()) {
                throttle.withdrawn(attempt);
                throw refused(null, SignOnWay.DIRECTORY, SignOnRefusal.NOT_IN_ORGANIZATION, address);
            }
            return right(signOns.signedOn(person.get(), SignOnWay.DIRECTORY), attempt);
        } catch (NamingException away) {
            log.warn("The directory does not answer: {}", away.toString());
            if (local.flatMap(this::localHash).isPresent()) {
                throttle.wrong(attempt);
            } else {
                throttle.withdrawn(attempt);
            }
            throw refused(null, SignOnWay.DIRECTORY, SignOnRefusal.UNAVAILABLE, address);
        }
    }

    /** Wrong passwords and codes are not forgotten before the second factor is right, too. */
    private SignedOnPerson right(SignedOnPerson person, Attempt attempt) {
        if (person.lacksSecondFactor()) {
            throttle.withdrawn(attempt);
        } else {
            throttle.right(attempt);
        }
        return person;
    }

    private SignOnRefusedException wrong(Optional<Person> person, Attempt attempt, SignOnWay way, String address) {
        throttle.wrong(attempt);
        return refused(person.map(Person::id).orElse(null), way, SignOnRefusal.WRONG, address);
    }

    private SignOnRefusedException refused(String personId, SignOnWay way, SignOnRefusal why, String address) {
        reports.refused(personId, way, why, address);
        return new SignOnRefusedException(why);
    }

    private Authentication signedOn(SignedOnPerson person, Authentication authentication) {
        if (person.lacksSecondFactor()) {
            throw authentication.getDetails() instanceof ScriptDetails
                    ? refused(
                            person.getName(),
                            person.way(),
                            SignOnRefusal.SECOND_FACTOR,
                            SignOnReports.address(authentication))
                    : new SecondFactorAskedException(person);
        }
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated(person, null, person.authorities());
        token.setDetails(authentication.getDetails());
        return token;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
