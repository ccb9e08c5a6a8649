package org.guiling.item.step;

import java.time.Duration;
import java.time.Instant;

/**
 * A unit's answer that an item is not its own (退回重派), with the ruling once there is one.
 *
 * @param seq 1 or 2: the second ruling is final
 * @param upheld whether the unit was right; null before the ruling
 */
public record Decline(
        int seq,
        String unit,
        String declinedBy,
        Instant declinedAt,
        String reason,
        String basis,
        String suggestedUnit,
        String ruledBy,
        Instant ruledAt,
        Boolean upheld,
        String opinion) {

    /** Duration of the dispute in days begun; until now while it is not ruled on. */
    public long days(Instant now) {
        return Duration.between(declinedAt, ruledAt == null ? now : ruledAt).toDays() + 1;
    }
}
