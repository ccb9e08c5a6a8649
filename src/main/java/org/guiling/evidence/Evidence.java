package org.guiling.evidence;

import java.time.Instant;
import java.util.List;

/**
 * One piece of evidence at an item (佐证材料).
 *
 * @param measure the number of the measure that it shows; null for the item as a whole
 * @param round the round in which it came
 * @param takenFrom null where it was uploaded here
 * @param withdrawal null while it counts
 * @param versions at least one, the oldest first
 */
public record Evidence(
        long id,
        String itemNo,
        Integer measure,
        Purpose purpose,
        int round,
        Source takenFrom,
        Withdrawal withdrawal,
        List<EvidenceVersion> versions) {

    /** Whose it is, and what it is for. */
    public enum Purpose {
        /** Of those who work on the item: shows what was done. */
        RECTIFICATION,
        /** Of those who verify: shows what they found. */
        VERIFICATION
    }

    /** The piece that it was taken over from. */
    public record Source(long id, String itemNo) {}

    /** Who withdrew it, when and why. */
    public record Withdrawal(String by, Instant at, String reason) {}

    public EvidenceVersion current() {
        return versions.get(versions.size() - 1);
    }

    public boolean isWithdrawn() {
        return withdrawal != null;
    }
}
