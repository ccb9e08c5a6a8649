package org.guiling.signon.throttle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.codec.digest.DigestUtils;
import org.guiling.signon.SignOnEvent;
import org.guiling.signon.SignOnProperties;
import org.guiling.signon.SignOnRefusedException;
import org.guiling.signon.throttle.SignOnCounts.Count;
import org.guiling.signon.throttle.SignOnCounts.Key;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Slows whoever guesses: after a few failures the next attempt has to wait, each time longer, and nobody is kept out for
 * good. Failures count for an account at a source, for an account at all sources that it has never signed on from, and
 * for a source with all accounts. An attempt counts before its password is compared, so that many at once are no more
 * than one after the other; a right one takes that back. No thread waits: what comes too early is refused.
 */
@Component
public class SignOnThrottle {

    private static final int TIDIED_EACH = 500;

    private final SignOnCounts counts;
    private final KnownSources knownSources;
    private final Limit ofAccountAtSource;
    private final Limit ofAccount;
    private final Limit ofSource;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final AtomicInteger begun = new AtomicInteger();

    /**
     * @param failures from which on the next has to wait
     * @param forgets after so long one failure less counts
     */
    private record Limit(int failures, Duration first, Duration longest, Duration forgets) {

        Duration delay(int counted) {
            if (counted < failures) {
                return Duration.ZERO;
            }
            int doubled = Math.min(counted - failures, 30);
            Duration delay = first.multipliedBy(1L << doubled);
            return delay.compareTo(longest) > 0 ? longest : delay;
        }
    }

    /** One attempt, with what it counted for. */
    public record Attempt(String account, String source, List<Count> counted) {}

    SignOnThrottle(
            SignOnCounts counts,
            KnownSources knownSources,
            SignOnProperties properties,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        SignOnProperties.LockOut lockOut = properties.lockOut();
        SignOnProperties.Throttle throttle = properties.throttle();
        this.counts = counts;
        this.knownSources = knownSources;
        this.ofAccountAtSource = new Limit(lockOut.failures(), lockOut.delay(), lockOut.duration(), lockOut.forgets());
        this.ofAccount = new Limit(lockOut.failuresAnywhere(), lockOut.delay(), lockOut.duration(), lockOut.duration());
        this.ofSource = new Limit(throttle.failures(), throttle.delay(), throttle.duration(), throttle.forgets());
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Stands for a name that is nobody's: it is slowed like an account, and kept as a digest. */
    public static String nobody(String login) {
        return "?" + DigestUtils.sha256Hex(login.toLowerCase(Locale.ROOT)).substring(0, 32);
    }

    /** The person whose account it is; null where it is nobody's. */
    public static String personOf(String account) {
        return account.startsWith("?") ? null : account;
    }

    /**
     * Counts an attempt that is about to be made.
     *
     * @throws SignOnRefusedException when it comes too early; then nothing is counted
     */
    public Attempt begin(String account, String address) {
        String source = Source.of(address);
        Map<Key, Limit> limits = new TreeMap<>();
        limits.put(new Key(account, source), ofAccountAtSource);
        if (knownSources.isKnown(account, source)) {
            limits.put(new Key(SignOnCounts.ANY_KNOWN, source), ofSource);
        } else {
            limits.put(new Key(account, SignOnCounts.ANY), ofAccount);
            limits.put(new Key(SignOnCounts.ANY, source), ofSource);
        }
        return new Attempt(account, source, count(limits));
    }

    /**
     * Counts a failure of something that cannot be guessed, whatever it was for.
     *
     * @throws SignOnRefusedException when the source has to wait
     */
    public void failed(String address) {
        count(Map.of(new Key(SignOnCounts.ANY, Source.of(address)), ofSource));
    }

    /** @throws SignOnRefusedException when the source has to wait */
    public void requireOpen(String address) {
        requireOpen(counts.find(List.of(new Key(SignOnCounts.ANY, Source.of(address)))), now());
    }

    private List<Count> count(Map<Key, Limit> limits) {
        Instant now = now();
        // A look first: a flood of refused ones locks nothing.
        requireOpen(counts.find(limits.keySet()), now);
        if (begun.incrementAndGet() % TIDIED_EACH == 0) {
            counts.tidy(now);
        }
        return transaction.execute(status -> {
            List<Count> before = counts.lock(limits.keySet(), now);
            // Others were counted while this one waited for them.
            Instant counted = now();
            requireOpen(before, counted);
            List<Count> after = before.stream()
                    .map(count -> oneMore(count, limits.get(count.key()), counted))
                    .toList();
            after.forEach(counts::write);
            return after;
        });
    }

    private static Count oneMore(Count before, Limit limit, Instant now) {
        int failures = remaining(before, limit, now) + 1;
        Duration delay = limit.delay(failures);
        return new Count(before.key(), failures, now, delay.isZero() ? SignOnCounts.OPEN : now.plus(delay));
    }

    private static int remaining(Count before, Limit limit, Instant now) {
        if (before.isFromTheFuture(now)) {
            return 0;
        }
        long forgotten = Math.max(0, Duration.between(before.lastAt(), now).dividedBy(limit.forgets()));
        return (int) Math.max(0, before.failures() - forgotten);
    }

    private static void requireOpen(List<Count> found, Instant now) {
        found.stream()
                .filter(count -> !count.isFromTheFuture(now))
                .map(Count::openAt)
                .filter(openAt -> openAt.isAfter(now))
                .max(Instant::compareTo)
                .ifPresent(openAt -> {
                    throw new SignOnRefusedException(Duration.between(now, openAt));
                });
    }

    /** It was wrong, and stays counted. */
    public void wrong(Attempt attempt) {
        attempt.counted().stream()
                .filter(count -> count.key().equals(new Key(attempt.account(), attempt.source())))
                .filter(count -> count.failures() == ofAccountAtSource.failures())
                .filter(count -> personOf(attempt.account()) != null)
                .forEach(count -> events.publishEvent(new SignOnEvent.LockedOut(attempt.account(), count.openAt())));
    }

    /** It was right: the account begins anew at this source, which is known from now on. */
    public void right(Attempt attempt) {
        takeBack(attempt, true);
        knownSources.remember(attempt.account(), attempt.source());
    }

    /** No password of this account was compared. */
    public void withdrawn(Attempt attempt) {
        takeBack(attempt, false);
    }

    /** Somebody has signed on there whom another has vouched for. */
    public void signedOn(String personId, String address) {
        knownSources.remember(personId, Source.of(address));
    }

    /** With another password everything begins anew. */
    public void forget(String personId) {
        counts.openAccount(personId, now());
    }

    private void takeBack(Attempt attempt, boolean anew) {
        Key own = new Key(attempt.account(), attempt.source());
        transaction.executeWithoutResult(status -> {
            Map<Key, Count> counted = new TreeMap<>();
            attempt.counted().forEach(count -> counted.put(count.key(), count));
            for (Count current : counts.lock(counted.keySet(), now())) {
                int others = anew && current.key().equals(own) ? 0 : Math.max(0, current.failures() - 1);
                // A later attempt has set its own delay, which stays.
                boolean ours = others == 0
                        || current.openAt().equals(counted.get(current.key()).openAt());
                counts.write(new Count(
                        current.key(), others, current.lastAt(), ours ? SignOnCounts.OPEN : current.openAt()));
            }
        });
    }

    /** As exact as the database. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
