package org.guiling.organization;

/** The three tiers (三级) of a county-level city. */
public enum Tier {
    /** 市级部门 */
    CITY,
    /** 乡镇街道 */
    TOWNSHIP,
    /** 村社区 */
    VILLAGE
}
