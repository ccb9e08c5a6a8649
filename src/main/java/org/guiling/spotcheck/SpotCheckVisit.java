package org.guiling.spotcheck;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.guiling.item.record.VerificationMethod;

/**
 * The visit to one item that was drawn (实地抽查). Everything about the visit itself is null before it.
 *
 * @param unit code of the lead unit when it was drawn
 * @param level when it was drawn
 * @param inspector drawn among the eligible; null where nobody was
 * @param eligible the verifiers who had nothing to do with the item
 * @param excluded the verifiers who had: conflicts of interest (利益冲突)
 * @param visitors ids of everybody who went, the one who recorded it first; empty before the visit
 * @param round the item's at the visit
 * @param findings numbers of the items that new problems became
 */
public record SpotCheckVisit(
        String itemNo,
        String unit,
        int level,
        String inspector,
        List<String> eligible,
        List<String> excluded,
        SpotCheckResult result,
        List<String> visitors,
        LocalDate visitedOn,
        VerificationMethod method,
        Integer round,
        Boolean falsified,
        List<String> discrepancies,
        String opinion,
        Instant recordedAt,
        List<String> findings) {}
