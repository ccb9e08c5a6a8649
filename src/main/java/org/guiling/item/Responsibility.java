package org.guiling.item;

import java.time.Instant;

/**
 * Who answers for the item (定责). Null throughout before the claim.
 *
 * @param principal 责任领导（第一责任人）
 * @param divisionLeader 分管领导
 * @param handler 承办人, a person's id
 */
public record Responsibility(
        String principal, String divisionLeader, String handler, String claimedBy, Instant claimedAt) {

    Responsibility handledBy(String successor) {
        return new Responsibility(principal, divisionLeader, successor, claimedBy, claimedAt);
    }
}
