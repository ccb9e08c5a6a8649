package org.guiling.item.duplicate;

import org.guiling.item.SourceType;

/** From when on two items look like the same problem (查重阈值). Offices edit it as {@code duplicate-thresholds.dmn}. */
public interface DuplicateThresholds {

    /**
     * Minimum similarity of two items.
     *
     * @param percent how alike they have to be in all, 0 to 100
     * @param placePercent how alike two places have to be that are both named; others are two problems
     */
    record Threshold(int percent, int placePercent) {}

    /** For an item of that source. */
    Threshold of(SourceType source);
}
