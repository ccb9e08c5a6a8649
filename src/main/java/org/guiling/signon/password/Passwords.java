package org.guiling.signon.password;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.guiling.organization.PasswordHashes;
import org.guiling.organization.Person;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.refusal.RefusedException.Kind;
import org.guiling.signon.AccountRecords;
import org.guiling.signon.SignOnEvent;
import org.guiling.signon.SignOnProperties;
import org.guiling.signon.SignOnRefusedException;
import org.guiling.signon.SignOnWay;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.throttle.SignOnThrottle;
import org.guiling.signon.throttle.SignOnThrottle.Attempt;
import org.guiling.signon.token.AccessTokens;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The password of a local account, which only its person changes. */
@Service
public class Passwords {

    private static final int INITIAL_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final PasswordHashes hashes;
    private final AccountRecords accounts;
    private final SignOnThrottle throttle;
    private final AccessTokens tokens;
    private final PasswordPolicy policy;
    private final PasswordEncoder encoder;
    private final SignOnProperties properties;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    Passwords(
            PasswordHashes hashes,
            AccountRecords accounts,
            SignOnThrottle throttle,
            AccessTokens tokens,
            PasswordPolicy policy,
            PasswordEncoder encoder,
            SignOnProperties properties,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.hashes = hashes;
        this.accounts = accounts;
        this.throttle = throttle;
        this.tokens = tokens;
        this.policy = policy;
        this.encoder = encoder;
        this.properties = properties;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** In characters. */
    public int minimumLength() {
        return properties.password().minimumLength();
    }

    /**
     * Changes the password; every session of the person ends. A wrong current password counts as one at the sign-on, so
     * that a session left open is no place to guess it.
     *
     * @param endTokens whether the person's access tokens end as well
     * @param address where the request comes from
     * @throws RefusedException with the problem, about {@code currentPassword} or {@code newPassword}
     */
    public void change(
            SignedOnPerson signedOn, String currentPassword, String newPassword, boolean endTokens, String address) {
        if (signedOn.way() != SignOnWay.PASSWORD) {
            throw RefusedException.forbidden("password.not-local");
        }
        Person person = signedOn.person();
        String hash = requireCurrent(person.id(), currentPassword, address);
        if (encoder.matches(newPassword, hash)) {
            throw RefusedException.invalid("newPassword", "password.same");
        }
        policy.problem(person, newPassword).ifPresent(Passwords::refuse);
        String newHash = encoder.encode(newPassword);
        transaction.executeWithoutResult(status -> {
            if (!hashes.change(person.id(), hash, newHash)) {
                throw RefusedException.conflict("password.changed-meanwhile");
            }
            accounts.passwordChanged(person.id());
            throttle.forget(person.id());
            if (endTokens) {
                tokens.revokeAll(person.id(), person.id());
            }
            events.publishEvent(new SignOnEvent.PasswordChanged(person.id(), person.id()));
        });
    }

    /**
     * Has somebody in a session show their password once more; a wrong one counts as at the sign-on.
     *
     * @throws RefusedException when it is wrong, or is kept elsewhere
     */
    public void requireOwn(SignedOnPerson signedOn, String password, String address) {
        if (signedOn.way() != SignOnWay.PASSWORD) {
            throw RefusedException.forbidden("password.not-local");
        }
        requireCurrent(signedOn.getName(), password, address);
    }

    /** The hash that the current password was compared with. */
    private String requireCurrent(String personId, String currentPassword, String address) {
        Attempt attempt;
        try {
            attempt = throttle.begin(personId, address);
        } catch (SignOnRefusedException tooEarly) {
            throw RefusedException.invalid("currentPassword", "password.current-too-early", tooEarly.waitSeconds());
        }
        Optional<String> hash = hashes.of(personId);
        if (hash.isEmpty() || !encoder.matches(currentPassword, hash.get())) {
            throttle.wrong(attempt);
            throw RefusedException.invalid("currentPassword", "password.current-wrong");
        }
        throttle.right(attempt);
        return hash.get();
    }

    /**
     * Sets an initial password for somebody who forgot theirs: they choose another at their next sign-on. Their sessions
     * and tokens end, a lock-out too.
     *
     * @return the password, which is kept nowhere
     * @throws RefusedException when there is no such person
     */
    public String reset(String personId, String administratorId) {
        if (!hashes.isOfSomebody(personId)) {
            throw RefusedException.notFound("account.unknown", personId);
        }
        byte[] bytes = new byte[INITIAL_BYTES];
        random.nextBytes(bytes);
        String initial = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String hash = encoder.encode(initial);
        transaction.executeWithoutResult(status -> {
            hashes.change(personId, hash);
            accounts.passwordReset(personId);
            throttle.forget(personId);
            tokens.revokeAll(personId, administratorId);
            events.publishEvent(new SignOnEvent.PasswordChanged(personId, administratorId));
        });
        return initial;
    }

    private static void refuse(Problem problem) {
        throw new RefusedException(Kind.INVALID, List.of(problem));
    }
}
