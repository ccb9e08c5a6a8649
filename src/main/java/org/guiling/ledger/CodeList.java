package org.guiling.ledger;

/** The lists of codes (代码表) that an item has a value of. */
public enum CodeList {
    CATEGORY("Category", "category"),
    SOURCE_TYPE("SourceType", "source_type"),
    LEVEL("Level", "level::text"),
    URGENCY("Urgency", "urgency"),
    SYSTEMIC("Systemic", "case when systemic then 'YES' else 'NO' end"),
    VISIBILITY("Visibility", "visibility"),
    RECTIFICATION_TYPE("RectificationType", "rect_type"),
    STATUS("ItemStatus", "status"),
    STEP("Step", "step");

    private final String kind;
    private final String expression;

    CodeList(String kind, String expression) {
        this.kind = kind;
        this.expression = expression;
    }

    /** How the keys of its labels begin. */
    public String kind() {
        return kind;
    }

    /** Its value in a row of the table {@code item}. */
    String expression() {
        return expression;
    }
}
