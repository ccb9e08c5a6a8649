package org.guiling.customization;

/** Kinds of files that offices may put in place of those that are shipped. */
public enum OfficeFileKind {
    /** 决策表: a DMN file of {@code processes/}. */
    DECISION_TABLE("dmn", "application/xml"),
    /** 文书模板: a docx. */
    DOCUMENT_TEMPLATE("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    /** 导入方案: a YAML file, also one that is not shipped at all. */
    IMPORT_PROFILE("yaml", "application/yaml"),
    /** 消息文字: one YAML file with the texts that an office has otherwise. */
    MESSAGE_TEXTS("yaml", "application/yaml"),
    /** 代码表: a YAML file with the codes of a {@link CodeList}, in order. */
    CODE_LIST("yaml", "application/yaml");

    private final String extension;
    private final String mediaType;

    OfficeFileKind(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    public String extension() {
        return extension;
    }

    public String mediaType() {
        return mediaType;
    }
}
