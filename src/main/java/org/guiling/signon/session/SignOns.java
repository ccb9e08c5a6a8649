package org.guiling.signon.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.PersonChanged;
import org.guiling.signon.AccountRecords;
import org.guiling.signon.ProviderPerson;
import org.guiling.signon.SignOnEvent;
import org.guiling.signon.SignOnProperties;
import org.guiling.signon.SignOnWay;
import org.guiling.signon.SignedOnPerson;
import org.guiling.signon.factor.FactorEvent;
import org.guiling.signon.factor.SecondFactors;
import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Checks the people who are signed on. A session outlives what is known of its person: so the person is looked at
 * again, at most 30 seconds later, and the session ends when they have left, the password is another, or the second
 * factor is.
 */
@Service
public class SignOns {

    static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(30);

    private final Organization organization;
    private final AccountRecords accounts;
    private final SecondFactors factors;
    private final SignOnProperties properties;
    private final Clock clock;

    /** Grows with each change that this node knows of, so that its sessions need not wait. */
    private final AtomicLong changes = new AtomicLong();

    SignOns(
            Organization organization,
            AccountRecords accounts,
            SecondFactors factors,
            SignOnProperties properties,
            Clock clock) {
        this.organization = organization;
        this.accounts = accounts;
        this.factors = factors;
        this.properties = properties;
        this.clock = clock;
    }

    /** Somebody who has just proved who they are. */
    public SignedOnPerson signedOn(Person person, SignOnWay way) {
        return new SignedOnPerson(person, way, look(person, way), null);
    }

    /** Somebody whom the identity provider has vouched for. */
    public ProviderPerson signedOn(Person person, OidcIdToken idToken) {
        return new ProviderPerson(person, look(person, SignOnWay.PROVIDER), null, idToken);
    }

    /** Somebody whom a runner acts for: never looked at again, since no session holds them. */
    SignedOnPerson actingFor(Person person) {
        return new SignedOnPerson(
                person,
                SignOnWay.PASSWORD,
                new SignedOnPerson.State(clock.instant(), changes.get(), null, false, null, false),
                null);
    }

    public boolean isToBeLookedAt(SignedOnPerson signedOn) {
        SignedOnPerson.State state = signedOn.state();
        Instant now = clock.instant();
        // A clock that was set back counts as late.
        return state.changes() != changes.get()
                || now.isBefore(state.lookedAt())
                || !now.isBefore(state.lookedAt().plus(LOOK_AGAIN_AFTER));
    }

    /** The person as they are now; empty when the session is over. */
    public Optional<SignedOnPerson> lookAgain(SignedOnPerson signedOn) {
        return organization.person(signedOn.getName()).flatMap(person -> {
            SignedOnPerson.State state = look(person, signedOn.way());
            return Optional.of(signedOn.renewed(person, state))
                    .filter(now -> signedOn.hasPasswordOf(state.passwordSetAt()) && !now.lacksSecondFactor());
        });
    }

    /** True where the person's password is an initial one that nobody has used in time. */
    public boolean hasInitialPasswordOver(SignedOnPerson person) {
        AccountRecords.PasswordInUse password = accounts.password(person.getName());
        return person.mustChangePassword()
                && password.givenAt() != null
                && !clock.instant()
                        .isBefore(password.givenAt().plus(properties.password().initialLasts()));
    }

    /** True while the person is still here, with the password of the sign-on. */
    public boolean isCurrent(SignedOnPerson signedOn) {
        return organization.person(signedOn.getName()).isPresent()
                && signedOn.hasPasswordOf(accounts.password(signedOn.getName()).setAt());
    }

    @TransactionalEventListener
    void passwordChanged(SignOnEvent.PasswordChanged event) {
        changes.incrementAndGet();
    }

    @TransactionalEventListener
    void sessionsEnded(SignOnEvent.SessionsEnded event) {
        changes.incrementAndGet();
    }

    /** Of the node where it happened; the others find it when they look again by themselves. */
    @TransactionalEventListener
    void personChanged(PersonChanged event) {
        changes.incrementAndGet();
    }

    /** Sessions without the factor of now, or with one that is gone, end. */
    @TransactionalEventListener
    void factorChanged(FactorEvent event) {
        changes.incrementAndGet();
    }

    /** Whoever guessed codes for the old password has to begin anew, so their lock is nobody's any more. */
    @EventListener
    void passwordReset(SignOnEvent.PasswordChanged event) {
        if (!event.by().equals(event.personId())) {
            factors.unlock(event.personId());
        }
    }

    private SignedOnPerson.State look(Person person, SignOnWay way) {
        long seen = changes.get();
        Instant now = clock.instant();
        AccountRecords.PasswordInUse password = accounts.password(person.id());
        boolean initial = way == SignOnWay.PASSWORD && password.isInitial();
        return new SignedOnPerson.State(
                now,
                seen,
                password.setAt(),
                initial && properties.password().changeInitial(),
                factors.idOf(person.id()).orElse(null),
                factors.isRequiredOf(person));
    }
}
