package org.guiling.workflow.form;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.item.Registration;
import org.guiling.item.SourceType;
import org.guiling.item.Urgency;
import org.guiling.item.Visibility;
import org.guiling.workflow.FiveStepZeroing;

/** {@code registration.form}, which {@code registration-amendment.form} repeats. */
public final class RegistrationForm {

    public static final FormContract FORM = new FormContract(FiveStepZeroing.START_FORM);
    public static final FormContract AMENDMENT = new FormContract("registration-amendment");

    private static final Facts FACTS = new Facts(FORM);
    private static final Field<String> LEAD_UNIT = FORM.with(Field.text("leadUnit"));
    private static final Field<List<String>> CO_UNITS = FORM.with(Field.texts("coUnits"));
    private static final Field<LocalDate> ORIGINAL_DUE = FORM.with(Field.date("originalDue"));
    private static final Field<String> DUE_BASIS = FORM.with(Field.text("dueBasis"));

    static {
        AMENDMENT.with(FORM.fields());
    }

    /** The facts of any item that is registered. */
    static final class Facts {
        private final Field<String> campaignCode;
        private final Field<SourceType> sourceType;
        private final Field<String> sourceDocNo;
        private final Field<String> sourceSeq;
        private final Field<LocalDate> foundDate;
        private final Field<String> foundBy;
        private final Field<String> title;
        private final Field<String> factText;
        private final Field<String> location;
        private final Field<String> subject;
        private final Field<BigDecimal> amount;
        private final Field<String> category;
        private final Field<Integer> level;
        private final Field<Urgency> urgency;
        private final Field<Boolean> systemic;
        private final Field<Visibility> visibility;

        Facts(FormContract form) {
            campaignCode = form.with(Field.text("campaignCode"));
            sourceType = form.with(Field.code("sourceType", SourceType.class));
            sourceDocNo = form.with(Field.text("sourceDocNo"));
            sourceSeq = form.with(Field.text("sourceSeq"));
            foundDate = form.with(Field.date("foundDate"));
            foundBy = form.with(Field.text("foundBy"));
            title = form.with(Field.text("title"));
            factText = form.with(Field.text("factText"));
            location = form.with(Field.text("location"));
            subject = form.with(Field.text("subject"));
            amount = form.with(Field.number("amount"));
            category = form.with(Field.text("category"));
            level = form.with(Field.digits("level"));
            urgency = form.with(Field.code("urgency", Urgency.class));
            systemic = form.with(Field.yesOrNo("systemic"));
            visibility = form.with(Field.code("visibility", Visibility.class));
        }

        /** With the unit and the date that the form does not ask for. */
        Registration read(FormValues values, String leadUnit, List<String> coUnits, LocalDate due, String dueBasis) {
            return new Registration(
                    values.get(campaignCode),
                    values.get(sourceType),
                    values.get(sourceDocNo),
                    values.get(sourceSeq),
                    values.get(foundDate),
                    values.get(foundBy),
                    values.get(title),
                    values.get(factText),
                    values.get(location),
                    values.get(subject),
                    values.get(amount),
                    values.get(category),
                    values.get(level),
                    values.get(urgency),
                    values.get(systemic),
                    values.get(visibility),
                    leadUnit,
                    coUnits,
                    due,
                    dueBasis);
        }

        private void show(Map<String, Object> data, Registration facts) {
            campaignCode.show(data, facts.campaignCode());
            sourceType.show(data, facts.sourceType());
            sourceDocNo.show(data, facts.sourceDocNo());
            sourceSeq.show(data, facts.sourceSeq());
            foundDate.show(data, facts.foundDate());
            foundBy.show(data, facts.foundBy());
            title.show(data, facts.title());
            factText.show(data, facts.factText());
            location.show(data, facts.location());
            amount.show(data, facts.amount());
            category.show(data, facts.category());
            level.show(data, facts.level());
            urgency.show(data, facts.urgency());
            systemic.show(data, facts.systemic());
            visibility.show(data, facts.visibility());
        }
    }

    private RegistrationForm() {}

    public static Registration read(FormValues values) {
        return FACTS.read(
                values, values.get(LEAD_UNIT), values.get(CO_UNITS), values.get(ORIGINAL_DUE), values.get(DUE_BASIS));
    }

    /**
     * The facts as they were entered.
     *
     * @param subject as the reader may see it; null is left out
     */
    public static void show(Map<String, Object> data, Registration facts, String subject) {
        FACTS.show(data, facts);
        FACTS.subject.show(data, subject);
        LEAD_UNIT.show(data, facts.leadUnit());
        CO_UNITS.show(data, facts.coUnits());
        ORIGINAL_DUE.show(data, facts.sourceDue());
        DUE_BASIS.show(data, facts.sourceDueBasis());
    }
}
