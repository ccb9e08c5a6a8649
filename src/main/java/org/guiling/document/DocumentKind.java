package org.guiling.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The documents; each has a template of its name and a label {@code DocumentKind.*}. */
public enum DocumentKind {
    /** 交办单: to the lead unit, once the problem is an item. */
    ASSIGNMENT(DocumentContent.Assignment.class),
    /** 催办函: to the lead unit, once the ladder has urged. */
    URGING_LETTER(DocumentContent.SupervisionLetter.class),
    /** 黄牌督办函: to the unit of the last yellow card that stands. */
    YELLOW_CARD_LETTER(DocumentContent.SupervisionLetter.class),
    /** 红牌督办函: to the unit of the last red card that stands. */
    RED_CARD_LETTER(DocumentContent.SupervisionLetter.class),
    /** 延期审批表: of the extension that was asked last. */
    EXTENSION_APPROVAL(DocumentContent.ExtensionApproval.class),
    /** 退回重改通知: to the lead unit, in a round that has defects to mend. */
    REWORK_NOTICE(DocumentContent.ReworkNotice.class),
    /** 核查验收表: from the day on which the unit asks for its verification. */
    VERIFICATION_FORM(DocumentContent.VerificationForm.class),
    /** 整改销号审批表: from the day on which the verification is passed. */
    CLOSURE_APPROVAL(DocumentContent.ClosureApproval.class),
    /** 整改报告: of a unit and a period, with its ledger; of no single item. */
    RECTIFICATION_REPORT(DocumentContent.RectificationReport.class);

    private final Class<? extends Record> content;

    DocumentKind(Class<? extends Record> content) {
        this.content = content;
    }

    /** The kind of that name; empty when there is none. */
    public static Optional<DocumentKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(name)).findFirst();
    }

    /** Its name in addresses and of its template: {@code rework-notice}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The template's file name. */
    public String template() {
        return id() + ".docx";
    }

    /** True where it is about one item. */
    public boolean isOfAnItem() {
        return this != RECTIFICATION_REPORT;
    }

    /** The class of its content. */
    Class<? extends Record> content() {
        return content;
    }

    /** The placeholders that a template may name. */
    Placeholders placeholders() {
        return Placeholders.of(content);
    }
}
