package org.guiling.workflow.form;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.item.Plan;
import org.guiling.item.RectificationType;
import org.guiling.item.record.Measure;
import org.guiling.item.step.DeadlineStep;

/** {@code plan.form} (制定方案). */
public final class PlanForm {

    public static final FormContract FORM = new FormContract("plan");

    private static final Field<String> ROOT_CAUSE = FORM.with(Field.text("rootCause"));
    private static final Field<RectificationType> RECT_TYPE =
            FORM.with(Field.code("rectType", RectificationType.class));
    private static final Field<String> TARGET = FORM.with(Field.text("target"));
    private static final Field<LocalDate> PLANNED_DUE = FORM.with(Field.date("plannedDue"));
    private static final Field<String> FIX_NOW_WAIVER = FORM.with(Field.text("fixNowWaiver"));
    private static final Field<String> LONG_TERM_WAIVER = FORM.with(Field.text("longTermWaiver"));
    private static final Field<String> FUNDS = FORM.with(Field.text("funds"));
    private static final Field<String> EMERGENCY_PLAN = FORM.with(Field.text("emergencyPlan"));
    private static final List<MeasureRow> MEASURES = MeasureRow.in(FORM, Measure.LIMIT);

    private PlanForm() {}

    public static DeadlineStep.Draft read(FormValues values) {
        return new DeadlineStep.Draft(
                values.get(ROOT_CAUSE),
                values.get(RECT_TYPE),
                values.get(TARGET),
                values.get(PLANNED_DUE),
                MeasureRow.read(MEASURES, values),
                values.get(FIX_NOW_WAIVER),
                values.get(LONG_TERM_WAIVER),
                values.get(FUNDS),
                values.get(EMERGENCY_PLAN));
    }

    /** @param plan the one that was returned, or null */
    public static void show(Map<String, Object> data, Plan plan, List<Measure> measures) {
        if (plan != null) {
            ROOT_CAUSE.show(data, plan.rootCause());
            RECT_TYPE.show(data, plan.rectType());
            TARGET.show(data, plan.target());
            PLANNED_DUE.show(data, plan.plannedDue());
            FIX_NOW_WAIVER.show(data, plan.fixNowWaiver());
            LONG_TERM_WAIVER.show(data, plan.longTermWaiver());
            FUNDS.show(data, plan.funds());
            EMERGENCY_PLAN.show(data, plan.emergencyPlan());
        }
        MeasureRow.show(MEASURES, data, measures);
    }
}
