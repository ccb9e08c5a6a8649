package org.guiling.audit;

import java.time.Instant;
import java.util.List;

/**
 * Result of a verification.
 *
 * @param rows how many chained rows were read
 * @param records how many records were held against their digests
 * @param contents how many contents of files were read and hashed; 0 where only what is known of them was told
 * @param total how many findings there are, of which at most {@link AuditVerification#MAX_FINDINGS} are listed
 * @param newestAnchor the anchor that reaches furthest, to be compared with its archived digest; null before the first
 */
public record VerificationReport(
        long rows,
        long chains,
        long records,
        long contents,
        long anchors,
        Anchor newestAnchor,
        long total,
        List<Finding> findings,
        Instant at) {

    public boolean isSound() {
        return total == 0;
    }
}
