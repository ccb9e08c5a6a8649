package org.guiling.signon;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.guiling.signon.SignOnCounts.Count;
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

    /** The accounts that have to wait now, what ends last first. */
    public List<LockedAccount> current() {
        return counts.closed(clock.instant()).stream()
                .filter(count -> !isOfSource(count) && SignOnThrottle.personOf(account(count)) != null)
                .map(count -> new LockedAccount(
                        account(count), source(count).equals(SignOnCounts.ANY) ? null : source(count), count.openAt()))
                .toList();
    }

    /** The sources that have to wait now, what ends last first. */
    public List<LockedSource> sources() {
        return counts.closed(clock.instant()).stream()
                .filter(LockOuts::isOfSource)
                .map(count -> new LockedSource(source(count), count.openAt()))
                .toList();
    }

    private static boolean isOfSource(Count count) {
        return account(count).equals(SignOnCounts.ANY) || account(count).equals(SignOnCounts.ANY_KNOWN);
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
