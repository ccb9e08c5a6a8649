package org.guiling.engine.instance;

import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.workflow.FiveStepZeroing;
import org.springframework.stereotype.Component;

/** Begins another round of the five steps of an item that the record has reopened, under the same number. */
@Component
public class ReopenedItems {

    private final Items items;
    private final FiveStepInstances fiveSteps;
    private final LookBackTimers lookBackTimers;
    private final ItemNotices notices;

    ReopenedItems(Items items, FiveStepInstances fiveSteps, LookBackTimers lookBackTimers, ItemNotices notices) {
        this.items = items;
        this.fiveSteps = fiveSteps;
        this.lookBackTimers = lookBackTimers;
        this.notices = notices;
    }

    /**
     * Drops look-backs on the former closure. The whole of which the item is a part was opened again with it, unless it was
     * open.
     *
     * @param origin the instance that reopened it, which may be a look-back and ends by itself
     */
    public void begin(Item item, String origin) {
        lookBackTimers.drop(item, origin);
        notices.reopened(item);
        fiveSteps.beginRectification(item, FiveStepZeroing.ITEM_REOPENED);
        if (item.parentNo() != null) {
            Item whole = items.getLocked(item.parentNo());
            if (whole.status() == ItemStatus.REWORK && !fiveSteps.isUnderWay(whole)) {
                begin(whole, origin);
            }
        }
    }
}
