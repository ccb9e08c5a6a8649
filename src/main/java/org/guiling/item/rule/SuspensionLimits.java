package org.guiling.item.rule;

import java.time.LocalDate;
import java.util.List;
import org.guiling.refusal.Gate;

/**
 * Limits of suspensions (挂起, DOMAIN.md §3, §7) of an item, as of today.
 *
 * @param latest the last review day (复核日) of a suspension that begins today
 * @param count the suspensions that an item gets in its whole life
 * @param days the days of all its suspensions together
 */
public record SuspensionLimits(LocalDate today, LocalDate latest, int count, int days) {

    /**
     * Requires a review day to come that is within the limits.
     *
     * @param before the suspensions so far
     */
    public void require(Gate gate, List<Pause> before, LocalDate reviewOn) {
        long used = before.stream().mapToLong(Pause::days).sum();
        LocalDate latestInAll = today.plusDays(Math.max(days - used, 0));
        gate.require(reviewOn.isAfter(today), "reviewOn", "refusal.suspension.past")
                .require(!reviewOn.isAfter(latest), "reviewOn", "refusal.suspension.cap", latest)
                .require(before.size() < count, "itemNo", "refusal.suspension.used", count)
                .require(!reviewOn.isAfter(latestInAll), "reviewOn", "refusal.suspension.total", used, latestInAll);
    }
}
