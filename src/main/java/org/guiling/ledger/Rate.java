package org.guiling.ledger;

/** The rates that are published (DOMAIN.md §5): which part of which set. */
public enum Rate {
    /** 整改率 */
    CLOSED(CountedSet.RATED_CLOSED, CountedSet.RATED),
    /** 应结整改率 */
    DUE_CLOSED(CountedSet.DUE_CLOSED, CountedSet.DUE),
    /** 按期完成率 against the date in force. */
    ON_TIME(CountedSet.DUE_ON_TIME, CountedSet.DUE),
    /** The same against the first date, published beside it. */
    ON_TIME_ORIGINALLY(CountedSet.ORIGINALLY_DUE_ON_TIME, CountedSet.ORIGINALLY_DUE),
    /** 一次验收通过率 */
    PASSED_FIRST(CountedSet.PASSED_FIRST, CountedSet.VERIFIED),
    /** 反弹率 */
    REBOUNDED(CountedSet.REBOUNDED, CountedSet.REBOUND_KNOWN);

    private final CountedSet part;
    private final CountedSet whole;

    Rate(CountedSet part, CountedSet whole) {
        this.part = part;
        this.whole = whole;
    }

    public CountedSet part() {
        return part;
    }

    public CountedSet whole() {
        return whole;
    }
}
