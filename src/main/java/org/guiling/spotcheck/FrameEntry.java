package org.guiling.spotcheck;

/**
 * An item that can be drawn (抽样框), with the stratum that it lies in.
 *
 * @param unit code of the lead unit
 * @param rate percent of its unit and level to be drawn
 */
public record FrameEntry(String itemNo, String unit, int level, int rate) {}
