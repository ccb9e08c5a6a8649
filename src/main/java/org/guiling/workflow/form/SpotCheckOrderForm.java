package org.guiling.workflow.form;

import java.time.LocalDate;
import org.guiling.organization.Tier;
import org.guiling.spotcheck.SpotCheck;
import org.guiling.spotcheck.SpotCheckScope;

/** {@code spot-check-order.form} (随机抽查). */
public final class SpotCheckOrderForm {

    public static final FormContract FORM = new FormContract("spot-check-order");

    private static final Field<String> TITLE = FORM.with(Field.text("title"));
    private static final Field<SpotCheckScope> SCOPE = FORM.with(Field.code("scope", SpotCheckScope.class));
    private static final Field<Tier> UNIT_TIER = FORM.with(Field.code("unitTier", Tier.class));
    private static final Field<String> CATEGORY = FORM.with(Field.text("category"));
    private static final Field<LocalDate> CLOSED_SINCE = FORM.with(Field.date("closedSince"));

    private SpotCheckOrderForm() {}

    public static SpotCheck.Criteria read(FormValues values) {
        return new SpotCheck.Criteria(
                values.get(TITLE),
                values.get(SCOPE),
                values.get(UNIT_TIER),
                values.get(CATEGORY),
                values.get(CLOSED_SINCE));
    }
}
