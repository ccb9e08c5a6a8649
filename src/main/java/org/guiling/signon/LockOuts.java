package org.guiling.signon;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The lock-out (锁定): too many wrong passwords in a row close an account for a while. */
@Service
public class LockOuts {

    private final AccountRecords accounts;
    private final SignOnProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LockOuts(AccountRecords accounts, SignOnProperties properties, ApplicationEventPublisher events, Clock clock) {
        this.accounts = accounts;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    public record LockedAccount(String account, Instant lockedUntil) {}

    /** The accounts that are locked now. */
    public List<LockedAccount> current() {
        return accounts.locked();
    }

    /** @return false when the account is not locked */
    @Transactional
    public boolean lift(String personId, String administratorId) {
        boolean lifted = accounts.unlock(personId);
        if (lifted) {
            events.publishEvent(new SignOnEvent.LockOutLifted(personId, administratorId));
        }
        return lifted;
    }

    boolean isLocked(String personId) {
        return accounts.locked(personId).isPresent();
    }

    /** Counts a wrong password. One for a locked account counts nothing, so that nobody is kept out for ever. */
    @Transactional
    public void wrongPassword(String personId) {
        if (isLocked(personId)) {
            return;
        }
        SignOnProperties.LockOut lockOut = properties.lockOut();
        if (accounts.addFailure(personId, lockOut.duration()) >= lockOut.failures()) {
            Instant until = clock.instant().plus(lockOut.duration());
            accounts.lock(personId, until);
            events.publishEvent(new SignOnEvent.LockedOut(personId, until));
        }
    }

    void rightPassword(String personId) {
        accounts.forgetFailures(personId);
    }
}
