package org.guiling.audit;

import java.time.Instant;
import java.util.List;

/**
 * What a verification found.
 *
 * @param rows how many rows of timelines and audit events were read
 * @param total how many findings there are, of which at most {@link AuditVerification#MOST_FINDINGS} are listed
 * @param newestAnchor the anchor that reaches furthest, to be compared with its archived digest; null before the first
 */
public record VerificationReport(
        long rows, long chains, long anchors, Anchor newestAnchor, long total, List<Finding> findings, Instant at) {

    public boolean isSound() {
        return total == 0;
    }
}
