package org.guiling.evidence.content;

/** Scans what is stored unscanned, as the schedule does. */
public class ScanByHand {

    private final ContentScan contentScan;

    ScanByHand(ContentScan contentScan) {
        this.contentScan = contentScan;
    }

    public void scan() {
        contentScan.scan();
    }
}
