package org.guiling.signon.factor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The second factor (第二因素) of people: a device that makes one-time codes. Each code counts once. Wrong ones lock the
 * factor by a count of its own: whoever guesses codes has the right password, which would wipe out a common one.
 */
@Service
public class SecondFactors {

    private static final Duration LONGEST_LOCK = Duration.ofDays(1);
    private static final int LONGEST_CODE = 40;

    private final FactorRecords records;
    private final FactorKey key;
    private final SecondFactorProperties properties;
    private final Set<String> engineAdministrators;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SecondFactors(
            FactorRecords records,
            FactorKey key,
            SecondFactorProperties properties,
            Environment environment,
            ApplicationEventPublisher events,
            Clock clock) {
        this.records = records;
        this.key = key;
        this.properties = properties;
        this.engineAdministrators = Binder.get(environment)
                .bind("guiling.engine.administrators", Bindable.setOf(String.class))
                .orElse(Set.of());
        this.events = events;
        this.clock = clock;
    }

    /** Outcome of a code. */
    public enum Check {
        PASSED,
        WRONG,
        /** Wrong too often; nothing was looked at. */
        LOCKED,
        /** The secret is of another key or another person: only whoever runs the server can mend that. */
        UNREADABLE
    }

    /**
     * The second factor of a person.
     *
     * @param id another one for each enrolment
     * @param recoveryCodes number of those that are left
     */
    public record Factor(long id, Instant enrolledAt, int recoveryCodes) {}

    /**
     * The result of an enrolment.
     *
     * @param recoveryCodes to be shown now; they are kept nowhere
     */
    public record Enrolled(long id, List<String> recoveryCodes) {}

    /** True where this person has to sign on with one. */
    public boolean isRequiredOf(Person person) {
        return properties.requiredFor().stream().anyMatch(circle -> circle.includes(person))
                || properties.requiredFor().contains(SecondFactorProperties.Circle.ADMINISTRATORS)
                        && engineAdministrators.contains(person.id());
    }

    /** Empty where the person has none. */
    public Optional<Long> idOf(String personId) {
        return records.find(personId).map(FactorRecords.Row::id);
    }

    public Optional<Factor> of(String personId) {
        return records.find(personId)
                .map(row -> new Factor(row.id(), row.enrolledAt(), records.unusedRecoveryCodes(row.id())));
    }

    /** True where the provider says in its ID token that it asked for a second factor. */
    public boolean isProvidedBy(String context, Collection<String> methods) {
        return context != null && properties.providerContexts().contains(context)
                || methods != null && methods.stream().anyMatch(properties.providerMethods()::contains);
    }

    /** Between the right password and the right code. */
    public Duration timeout() {
        return properties.timeout();
    }

    /** A secret to be shown to somebody who wants to enrol a device. */
    public PendingFactor offer() {
        return PendingFactor.generate(properties.algorithm());
    }

    /**
     * Enrols a device that has shown its first code, in the place of the one before.
     *
     * @param replaced the id of the one before; null where there must be none
     * @throws RefusedException when the code is not the device's, or somebody was faster
     */
    @Transactional
    public Enrolled enrol(String personId, PendingFactor pending, String code, Long replaced) {
        OptionalLong step = Totp.stepOf(
                pending.algorithm(), pending.secret(), typed(code), clock.instant(), properties.stepsApart());
        if (step.isEmpty()) {
            throw RefusedException.invalid("code", "factor.code-wrong");
        }
        if (replaced != null && !records.remove(replaced)) {
            throw RefusedException.conflict("factor.race");
        }
        long id = records.add(personId, pending.algorithm(), key.encrypt(personId, pending.secret()), step.getAsLong())
                .orElseThrow(() -> RefusedException.conflict("factor.race"));
        List<String> codes = newRecoveryCodes(id);
        events.publishEvent(new FactorEvent.Enrolled(personId, replaced != null));
        return new Enrolled(id, codes);
    }

    /**
     * Looks at a code of the device, or at a recovery code. One after the other for each person, so that guesses sent all
     * at once are counted, and of two times the same code one passes.
     */
    @Transactional
    public Check check(String personId, String code) {
        Optional<FactorRecords.Row> found = records.lock(personId);
        if (found.isEmpty()) {
            return Check.WRONG;
        }
        FactorRecords.Row row = found.get();
        if (row.isLocked(clock.instant())) {
            return Check.LOCKED;
        }
        Optional<byte[]> secret = key.decrypt(personId, row.secret());
        if (secret.isEmpty()) {
            return Check.UNREADABLE;
        }
        String typed = typed(code);
        OptionalLong step = Totp.stepOf(row.algorithm(), secret.get(), typed, clock.instant(), properties.stepsApart());
        if (step.isPresent() && step.getAsLong() > row.lastStep()) {
            records.passed(row.id(), step.getAsLong());
            return Check.PASSED;
        }
        if (RecoveryCodes.looksLikeOne(typed) && records.useRecoveryCode(row.id(), RecoveryCodes.digest(typed))) {
            records.passed(row.id(), row.lastStep());
            events.publishEvent(new FactorEvent.RecoveryCodeUsed(personId, records.unusedRecoveryCodes(row.id())));
            return Check.PASSED;
        }
        return failed(row);
    }

    private Check failed(FactorRecords.Row row) {
        if (row.failures() + 1 < properties.failures()) {
            records.failed(row, null);
            return Check.WRONG;
        }
        Instant until = clock.instant().plus(lock(row.locks()));
        records.failed(row, until);
        events.publishEvent(new FactorEvent.Locked(row.personId(), until));
        return Check.LOCKED;
    }

    private Duration lock(int before) {
        Duration lock = properties.lockOut().multipliedBy(1L << Math.min(before, 16));
        return lock.compareTo(LONGEST_LOCK) < 0 ? lock : LONGEST_LOCK;
    }

    /** New recovery codes in the place of all before, for somebody whose code was just checked. */
    @Transactional
    public List<String> renewRecoveryCodes(String personId) {
        List<String> codes = newRecoveryCodes(records.lock(personId)
                .orElseThrow(() -> RefusedException.conflict("factor.race"))
                .id());
        events.publishEvent(new FactorEvent.RecoveryCodesRenewed(personId));
        return codes;
    }

    /** @throws RefusedException when this person must have one */
    public void requireRemovable(Person person) {
        if (isRequiredOf(person)) {
            throw RefusedException.conflict("factor.required");
        }
    }

    /**
     * Takes away the factor of somebody whose code was just checked.
     *
     * @throws RefusedException when they must have one
     */
    @Transactional
    public void remove(Person person) {
        requireRemovable(person);
        idOf(person.id())
                .filter(records::remove)
                .ifPresent(id -> events.publishEvent(new FactorEvent.Removed(person.id())));
    }

    /** Somebody else has set the password: whoever guessed the codes has to begin with the password again. */
    @Transactional
    public void unlock(String personId) {
        records.unlock(personId);
    }

    private List<String> newRecoveryCodes(long factorId) {
        List<String> codes = RecoveryCodes.generate();
        records.replaceRecoveryCodes(
                factorId, codes.stream().map(RecoveryCodes::digest).toList());
        return codes;
    }

    private static String typed(String code) {
        return code.length() > LONGEST_CODE ? "" : Base32.typed(code);
    }
}
