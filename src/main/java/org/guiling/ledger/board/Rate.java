package org.guiling.ledger.board;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.guiling.ledger.search.CountedSet;

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
    /** 超期率 */
    OVERDUE(CountedSet.DUE_LATE, CountedSet.DUE),
    /** 一次验收通过率 */
    PASSED_FIRST(CountedSet.PASSED_FIRST, CountedSet.VERIFIED),
    /** 核查退回率 */
    RETURNED(CountedSet.RETURNED, CountedSet.VERIFIED),
    /** 反弹率 */
    REBOUNDED(CountedSet.REBOUNDED, CountedSet.REBOUND_KNOWN),
    /** 虚假整改 among what was checked. */
    FALSIFIED(CountedSet.FALSIFIED, CountedSet.CHECKED);

    /** A group with fewer items of P is not scored. */
    public static final int FEWEST_SCORED = 5;

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

    /** In percent with one decimal; null where there is nothing to divide by. */
    public static BigDecimal percent(long part, long whole) {
        return whole == 0
                ? null
                : BigDecimal.valueOf(part).movePointRight(2).divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
    }
}
