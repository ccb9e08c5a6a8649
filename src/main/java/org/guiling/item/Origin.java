package org.guiling.item;

/**
 * Channel through which an item was registered.
 *
 * @param importBatchId the import, or null for one that a person wrote down
 * @param fingerprint what makes a row the same row when it is imported again; null unless imported
 */
public record Origin(Long importBatchId, String fingerprint) {

    public static final Origin WRITTEN = new Origin(null, null);
}
