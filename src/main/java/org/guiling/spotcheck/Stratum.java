package org.guiling.spotcheck;

/**
 * The sample of one unit and level (分层抽样, DOMAIN.md §3).
 *
 * @param unit code of the lead unit
 * @param rate percent; rounded up, and at least one item of each unit
 * @param size how many items could be drawn
 * @param drawn how many were
 */
public record Stratum(String unit, int level, int rate, int size, int drawn) {}
