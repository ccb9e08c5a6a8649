package org.guiling.item;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Items as values, for rules that need no record. */
public final class PlainItems {

    /** The unit that leads each of them. */
    public static final String LEAD_UNIT = "education-bureau";

    /** The person who has each of them in hand. */
    public static final String HANDLER = "handler";

    private PlainItems() {}

    /** An item of the first level that was claimed. */
    public static Item at(ItemStatus status) {
        Registration facts = new Registration(
                null,
                SourceType.SELF,
                "自查",
                null,
                LocalDate.of(2026, 11, 2),
                "教育局",
                "示例问题",
                "示例事实",
                null,
                null,
                null,
                "STYLE",
                1,
                Urgency.NORMAL,
                false,
                Visibility.PUBLIC,
                LEAD_UNIT,
                List.of(),
                null,
                null);
        Instant at = Instant.parse("2026-11-02T01:00:00Z");
        Item item = Item.onFastLane("ZG-2026-000001", facts, "registrar", at);
        item.write(new Responsibility("principal", "division-leader", HANDLER, HANDLER, at, null));
        item.moveTo(Step.DEADLINE, status);
        return item;
    }
}
