package org.guiling.process;

import org.guiling.item.Registration;
import org.guiling.item.SourceType;
import org.guiling.item.Urgency;
import org.guiling.item.Visibility;
import org.guiling.process.form.FormValues;

/** Reads the fields of {@code registration.form}, which the amendment repeats. */
final class RegistrationForm {

    private RegistrationForm() {}

    static Registration read(FormValues values) {
        return new Registration(
                values.text("campaignCode"),
                values.code("sourceType", SourceType.class),
                values.text("sourceDocNo"),
                values.text("sourceSeq"),
                values.date("foundDate"),
                values.text("foundBy"),
                values.text("title"),
                values.text("factText"),
                values.text("location"),
                values.text("subject"),
                values.number("amount"),
                values.text("category"),
                Integer.parseInt(values.text("level")),
                values.code("urgency", Urgency.class),
                "YES".equals(values.text("systemic")),
                values.code("visibility", Visibility.class),
                values.text("leadUnit"),
                values.texts("coUnits"),
                values.date("originalDue"),
                values.text("dueBasis"));
    }
}
