package org.guiling.item.record;

/** Criteria that a passed verification confirms (验收标准). */
public enum Criterion {
    /** 问题已解决 */
    FACT_RESOLVED,
    /** 措施全部落实 */
    MEASURES_DONE,
    /** 佐证齐全真实 */
    EVIDENCE_COMPLETE,
    /** 已举一反三 */
    EXTENDED
}
