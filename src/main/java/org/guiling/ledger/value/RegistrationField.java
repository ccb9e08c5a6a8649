package org.guiling.ledger.value;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of {@code registration.form} as an import sees them; a test compares both. */
public enum RegistrationField {
    TITLE("title", Kind.TEXT),
    SOURCE_TYPE("sourceType", Kind.CODE),
    SOURCE_DOC_NO("sourceDocNo", Kind.TEXT),
    SOURCE_SEQ("sourceSeq", Kind.TEXT),
    FOUND_DATE("foundDate", Kind.DATE),
    FOUND_BY("foundBy", Kind.TEXT),
    FACT_TEXT("factText", Kind.TEXT),
    LOCATION("location", Kind.TEXT),
    SUBJECT("subject", Kind.TEXT),
    CATEGORY("category", Kind.CODE),
    AMOUNT("amount", Kind.NUMBER),
    LEVEL("level", Kind.CODE),
    URGENCY("urgency", Kind.CODE),
    SYSTEMIC("systemic", Kind.CODE),
    VISIBILITY("visibility", Kind.CODE),
    LEAD_UNIT("leadUnit", Kind.UNIT),
    CO_UNITS("coUnits", Kind.UNITS),
    ORIGINAL_DUE("originalDue", Kind.DATE),
    DUE_BASIS("dueBasis", Kind.TEXT),
    CAMPAIGN_CODE("campaignCode", Kind.TEXT);

    public enum Kind {
        TEXT,
        NUMBER,
        DATE,
        CODE,
        UNIT,
        UNITS
    }

    private static final Map<String, RegistrationField> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toMap(RegistrationField::key, Function.identity()));

    private final String key;
    private final Kind kind;

    RegistrationField(String key, Kind kind) {
        this.key = key;
        this.kind = kind;
    }

    public static Optional<RegistrationField> of(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** The field's key in the form. */
    public String key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }
}
