package org.guiling.rules;

/** Kinds of files that offices may put in place of those that are shipped. */
public enum OfficeFileKind {
    /** 决策表: a DMN file of {@code processes/}. */
    DECISION_TABLE,
    /** 文书模板: a docx. */
    DOCUMENT_TEMPLATE,
    /** 导入方案: a YAML file, also one that is not shipped at all. */
    IMPORT_PROFILE,
    /** 消息文字: one YAML file with the texts that an office has otherwise. */
    MESSAGE_TEXTS,
    /** 代码表: a YAML file with the codes of a {@link CodeList}, in order. */
    CODE_LIST
}
