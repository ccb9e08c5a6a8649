package org.guiling.evidence.content;

import java.time.Instant;
import org.guiling.evidence.format.FileType;

/**
 * One version of a file.
 *
 * @param version 1, 2, …
 * @param name safe to show and to save
 * @param type what the content was found to be
 * @param note in the words of who uploaded it; may be null
 * @param uploadedBy a person's id
 * @param thumbnail whether there is a small picture of it
 * @param inline whether a browser may show it in its window
 * @param available whether it may be opened: the store had it when it was last asked, and no scanner found anything in it
 * @param scan what a scanner said of it
 */
public record EvidenceVersion(
        int version,
        String name,
        FileType type,
        long bytes,
        String sha256,
        String note,
        String uploadedBy,
        Instant at,
        boolean thumbnail,
        boolean inline,
        boolean available,
        Scan scan) {

    /** Results of scanning a content for malware. */
    public enum Scan {
        /** No scanner has looked. */
        UNSCANNED,
        CLEAN,
        /** Quarantined: kept, not served, and it counts for no measure. */
        INFECTED
    }
}
