package org.guiling.spotcheck;

import java.time.Instant;
import java.time.LocalDate;
import org.guiling.organization.Tier;

/**
 * One spot check (随机抽查).
 *
 * @param checkNo its number, {@code CC-2026-000001}
 * @param criteria what it was ordered to draw from
 * @param seed what the draw follows from ({@link Sample}); null before it
 * @param drawnAt null before the draw
 * @param drawn how many items were drawn
 * @param reported how many of them have a result
 */
public record SpotCheck(
        long id,
        String checkNo,
        Criteria criteria,
        String orderedBy,
        Instant orderedAt,
        String seed,
        Instant drawnAt,
        int drawn,
        int reported) {

    /**
     * Criteria of the items among which a check draws.
     *
     * @param tier of the lead unit; null for all
     * @param category code; null for all
     * @param closedSince closed items count from this day on; null for all
     */
    public record Criteria(String title, SpotCheckScope scope, Tier tier, String category, LocalDate closedSince) {}
}
