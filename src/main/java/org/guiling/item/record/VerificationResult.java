package org.guiling.item.record;

/** Results of a verification (核查结论). */
public enum VerificationResult {
    /** 通过 */
    PASS,
    /** 基本到位 */
    PARTIAL,
    /** 不到位 */
    FAIL,
    /** 虚假整改 */
    FALSE
}
