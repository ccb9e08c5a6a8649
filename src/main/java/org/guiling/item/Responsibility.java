package org.guiling.item;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The people who answer for the item (定责). Null throughout before the claim.
 *
 * @param principal 责任领导（第一责任人）
 * @param divisionLeader 分管领导
 * @param handler 承办人, a person's id
 * @param claimDue the last day for the claim; null on the fast lane, and of items claimed before it was kept
 */
public record Responsibility(
        String principal,
        String divisionLeader,
        String handler,
        String claimedBy,
        Instant claimedAt,
        LocalDate claimDue) {

    public Responsibility handledBy(String successor) {
        return new Responsibility(principal, divisionLeader, successor, claimedBy, claimedAt, claimDue);
    }

    /** True where it was claimed after the last day for that (认领超期); days are those of the zone. */
    public boolean isClaimedLate(ZoneId zone) {
        return claimDue != null && claimedAt.atZone(zone).toLocalDate().isAfter(claimDue);
    }
}
