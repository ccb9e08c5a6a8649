package org.guiling.spotcheck;

/** Results of a visit (抽查结论). */
public enum SpotCheckResult {
    /** 与台账一致 */
    CONSISTENT,
    /** 与台账不符 */
    DISCREPANT,
    /** 未能抽查 */
    NOT_VISITED
}
