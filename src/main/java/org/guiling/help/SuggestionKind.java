package org.guiling.help;

/** The kinds of complaints and suggestions. */
public enum SuggestionKind {
    /** 投诉: of how the work is done, burdens above all (为基层减负). */
    COMPLAINT,
    /** 建议 */
    SUGGESTION,
    /** 系统故障 */
    FAULT
}
