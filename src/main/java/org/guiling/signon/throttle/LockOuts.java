package org.guiling.signon.throttle;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.guiling.signon.SignOnEvent;
import org.guiling.signon.throttle.SignOnCounts.Count;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The lock-out (锁定), as administrators see it: which accounts and which sources have to wait, and until when. */
@Service
public class LockOuts {

    private final SignOnCounts counts;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LockOuts(SignOnCounts counts, ApplicationEventPublisher events, Clock clock) {
        this.counts = counts;
        this.events = events;
        this.clock = clock;
    }

    /** @param source where the account has to wait; null for wherever it has never signed on from */
    public record LockedAccount(String account, String source, Instant lockedUntil) {}

    /** Too many sign-ons with different accounts failed there. */
    public record LockedSource(String source, Instant lockedUntil) {}

    /** A page of the accounts that have to wait now, what ends last first. */
    public List<LockedAccount> current(int offset, int limit) {
        return accounts(counts.closedAccounts(clock.instant(), null, offset, limit));
    }

    public int countCurrent() {
        return counts.countClosedAccounts(clock.instant());
    }

    /** Until when the account has to wait, wherever that is longest; empty where it need not. */
    public Optional<Instant> lockedUntil(String account) {
        return counts.closedAccounts(clock.instant(), account, 0, 1).stream()
                .findFirst()
                .map(Count::openAt);
    }

    private static List<LockedAccount> accounts(List<Count> closed) {
        return closed.stream()
                .map(count -> new LockedAccount(
                        account(count), source(count).equals(SignOnCounts.ANY) ? null : source(count), count.openAt()))
                .toList();
    }

    /** A page of the sources that have to wait now, what ends last first. */
    public List<LockedSource> sources(int offset, int limit) {
        return counts.closedSources(clock.instant(), offset, limit).stream()
                .map(count -> new LockedSource(source(count), count.openAt()))
                .toList();
    }

    public int countSources() {
        return counts.countClosedSources(clock.instant());
    }

    private static String account(Count count) {
        return count.key().account();
    }

    private static String source(Count count) {
        return count.key().source();
    }

    /** @return false when the account does not wait anywhere */
    @Transactional
    public boolean lift(String personId, String administratorId) {
        boolean lifted = counts.openAccount(personId, clock.instant()) > 0;
        if (lifted) {
            events.publishEvent(new SignOnEvent.LockOutLifted(personId, administratorId));
        }
        return lifted;
    }

    /** @return false when the source does not wait */
    @Transactional
    public boolean liftSource(String source, String administratorId) {
        boolean lifted = counts.openSource(source, clock.instant()) > 0;
        if (lifted) {
            events.publishEvent(new SignOnEvent.LockOutLifted(source, administratorId));
        }
        return lifted;
    }
}
