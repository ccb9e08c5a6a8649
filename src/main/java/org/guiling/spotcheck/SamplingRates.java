package org.guiling.spotcheck;

/** The share of a unit's items of a level that is drawn (抽查比例). Offices edit it as {@code sampling-rates.dmn}. */
public interface SamplingRates {

    /**
     * The share to draw.
     *
     * @param level 1 一般 to 4 挂牌督办
     * @return percent, 0 to 100
     */
    int percent(int level);
}
