package org.guiling.workflow.form;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.guiling.item.record.VerificationMethod;
import org.guiling.spotcheck.SpotCheckResult;
import org.guiling.spotcheck.VisitStep;

/** {@code spot-check-visit.form} (实地抽查). */
public final class SpotCheckVisitForm {

    public static final FormContract FORM = new FormContract("spot-check-visit");

    public static final Field<SpotCheckResult> DECISION = FORM.with(Field.code("decision", SpotCheckResult.class));
    public static final Field<Boolean> FALSIFIED = FORM.with(Field.flag("falsified"));
    private static final Field<VerificationMethod> VERIFY_METHOD =
            FORM.with(Field.code("verifyMethod", VerificationMethod.class));
    private static final Field<LocalDate> VISITED_ON = FORM.with(Field.date("visitedOn"));
    private static final Field<List<String>> CO_VERIFIERS = FORM.with(Field.texts("coVerifiers"));
    private static final DefectRows DEFECTS = new DefectRows(FORM, 3);
    private static final Field<LocalDate> REWORK_DUE = FORM.with(Field.date("reworkDue"));
    private static final Field<String> OPINION = FORM.with(Field.text("opinion"));
    private static final List<ProblemRow> PROBLEMS =
            IntStream.rangeClosed(1, 3).mapToObj(ProblemRow::new).toList();

    private SpotCheckVisitForm() {}

    /** A problem that nobody had written down. */
    private static final class ProblemRow {
        private final Field<String> title;
        private final Field<String> fact;
        private final Field<String> category;
        private final Field<Integer> level;

        ProblemRow(int number) {
            title = FORM.with(Field.text("problem" + number + "Title"));
            fact = FORM.with(Field.text("problem" + number + "Fact"));
            category = FORM.with(Field.text("problem" + number + "Category"));
            level = FORM.with(Field.digits("problem" + number + "Level"));
        }

        Stream<VisitStep.Problem> read(FormValues values) {
            return values.get(title) == null
                    ? Stream.empty()
                    : Stream.of(new VisitStep.Problem(
                            values.get(title), values.get(fact), values.get(category), values.get(level)));
        }
    }

    public static VisitStep.Finding read(FormValues values) {
        return new VisitStep.Finding(
                values.get(DECISION),
                values.get(VERIFY_METHOD),
                values.get(VISITED_ON),
                values.get(CO_VERIFIERS),
                values.get(FALSIFIED),
                DEFECTS.read(values),
                values.get(REWORK_DUE),
                values.get(OPINION),
                PROBLEMS.stream().flatMap(row -> row.read(values)).toList());
    }
}
