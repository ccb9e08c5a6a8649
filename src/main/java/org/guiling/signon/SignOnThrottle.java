package org.guiling.signon;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Closes an address that many refused sign-ons came from: one guess at each of many accounts locks none of them. Kept by
 * each node for itself.
 */
@Component
class SignOnThrottle {

    /** So that no flood of addresses fills the memory; the oldest go first. */
    private static final int ADDRESSES = 10_000;

    private final SignOnProperties.Throttle limits;
    private final Clock clock;

    private final Map<String, Failures> byAddress = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > ADDRESSES;
        }
    };

    private record Failures(Instant since, int count) {}

    SignOnThrottle(SignOnProperties properties, Clock clock) {
        this.limits = properties.throttle();
        this.clock = clock;
    }

    synchronized boolean isClosed(String address) {
        return current(address).count() >= limits.failures();
    }

    synchronized void failed(String address) {
        Failures now = current(address);
        int count = now.count() + 1;
        // Whoever closes the door finds it closed for the whole time.
        Instant since = count == 1 || count == limits.failures() ? clock.instant() : now.since();
        byAddress.put(address, new Failures(since, count));
    }

    private Failures current(String address) {
        Failures failures = byAddress.get(address);
        Instant now = clock.instant();
        if (failures == null
                || now.isBefore(failures.since())
                || !now.isBefore(failures.since().plus(limits.duration()))) {
            byAddress.remove(address);
            return new Failures(now, 0);
        }
        return failures;
    }
}
