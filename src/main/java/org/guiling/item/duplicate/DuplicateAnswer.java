package org.guiling.item.duplicate;

/** The reviewer's answer to the duplicate search (查重结论). */
public enum DuplicateAnswer {
    /** 查重无重复 */
    NONE,
    /** 有相似但非同一事实 */
    DIFFERENT,
    /** 确为重复 */
    DUPLICATE
}
