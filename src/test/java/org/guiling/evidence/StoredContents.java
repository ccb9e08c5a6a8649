package org.guiling.evidence;

/** Scans what is stored unscanned, as the schedule does. */
public class StoredContents {

    private final ContentScan contentScan;

    StoredContents(ContentScan contentScan) {
        this.contentScan = contentScan;
    }

    public void scan() {
        contentScan.scan();
    }
}
