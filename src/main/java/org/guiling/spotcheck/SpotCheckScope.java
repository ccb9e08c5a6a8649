package org.guiling.spotcheck;

import java.util.EnumSet;
import java.util.Set;
import org.guiling.item.ItemStatus;

/** Scopes of a spot check (抽查范围). */
public enum SpotCheckScope {
    /** 整改中: there is a plan, and reports to compare with what is there. */
    OPEN(EnumSet.of(ItemStatus.RECTIFYING, ItemStatus.REWORK, ItemStatus.VERIFYING, ItemStatus.CLOSING)),
    /** 已销号 */
    CLOSED(EnumSet.of(ItemStatus.CLOSED)),
    /** 整改中和已销号 */
    BOTH(EnumSet.of(
            ItemStatus.RECTIFYING, ItemStatus.REWORK, ItemStatus.VERIFYING, ItemStatus.CLOSING, ItemStatus.CLOSED));

    private final Set<ItemStatus> statuses;

    SpotCheckScope(Set<ItemStatus> statuses) {
        this.statuses = statuses;
    }

    Set<ItemStatus> statuses() {
        return statuses;
    }
}
