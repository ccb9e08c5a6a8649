package org.guiling.help;

/** What a complaint or suggestion is about. */
public enum SuggestionKind {
    /** 投诉: of how the work is done, burdens above all (为基层减负). */
    COMPLAINT,
    /** 建议 */
    SUGGESTION,
    /** 系统故障 */
    FAULT
}
