package org.guiling.ledger.board;

/** By what figures are told apart (DOMAIN.md §5). */
public enum Grouping {
    /** The lead unit (牵头单位), by its code. */
    UNIT("%s"),
    /** The lead unit's tier (层级). */
    TIER("(select tier from unit where code = %s)"),
    /** 类别 */
    CATEGORY("item.category"),
    /** 来源 */
    SOURCE("item.source_type");

    private final String key;

    Grouping(String key) {
        this.key = key;
    }

    /** On {@code item}, of which {@code leadUnit} tells the unit that counts. */
    String key(String leadUnit) {
        return key.replace("%s", leadUnit);
    }
}
