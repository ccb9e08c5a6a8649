package org.guiling.web.imports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The last run of each person, in memory. What is over ends some hours later, or when too many others are over: a report of
 * a long list takes megabytes.
 */
final class LastRuns<R> {

    static final Duration KEPT = Duration.ofHours(8);
    static final int MOST = 32;

    private final Map<String, Kept<R>> runs = new HashMap<>();
    private final Predicate<R> isOver;
    private final Clock clock;

    LastRuns(Predicate<R> isOver, Clock clock) {
        this.isOver = isOver;
        this.clock = clock;
    }

    /** @param over when it was first seen to be over; null while it goes on */
    private record Kept<R>(R run, Instant over) {}

    /** The person's run, or the one that they had last. */
    synchronized Optional<R> of(String personId) {
        forget();
        return Optional.ofNullable(runs.get(personId)).map(Kept::run);
    }

    /** Has the run take the place of the one before it. @return the one before it, where that still goes on */
    synchronized R begin(String personId, R run) {
        Kept<R> before = runs.get(personId);
        if (before != null && !isOver.test(before.run())) {
            return before.run();
        }
        runs.put(personId, new Kept<>(run, null));
        forget();
        return run;
    }

    private void forget() {
        Instant now = clock.instant();
        runs.replaceAll(
                (person, kept) -> kept.over() == null && isOver.test(kept.run()) ? new Kept<>(kept.run(), now) : kept);
        runs.values().removeIf(kept -> kept.over() != null && kept.over().isBefore(now.minus(KEPT)));
        List<Kept<R>> over = runs.values().stream()
                .filter(kept -> kept.over() != null)
                .sorted(Comparator.comparing(Kept<R>::over).reversed())
                .toList();
        if (over.size() > MOST) {
            runs.values().removeAll(over.subList(MOST, over.size()));
        }
    }
}
