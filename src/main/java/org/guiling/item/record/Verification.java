package org.guiling.item.record;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * One verification (核查); a round has at most one.
 *
 * @param verifiers ids of everybody who verified, the one who recorded it first
 * @param callBack null unless the item is public-facing
 */
public record Verification(
        int round,
        VerificationMethod method,
        List<String> verifiers,
        LocalDate verifiedOn,
        Set<Criterion> criteria,
        VerificationResult result,
        CallBack callBack,
        String callBackNote,
        String opinion) {}
