package org.guiling.workflow.form;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.guiling.item.record.Institution;
import org.guiling.item.record.Measure;
import org.guiling.item.step.VerificationStep;
import org.guiling.workflow.RectificationOutcome;

/** {@code rectification.form} (整改落实). */
public final class RectificationForm {

    public static final FormContract FORM = new FormContract("rectification");

    public static final Field<RectificationOutcome> DECISION =
            FORM.with(Field.code("decision", RectificationOutcome.class));
    private static final Field<String> PROGRESS = FORM.with(Field.text("progress"));
    private static final Field<String> RESULT = FORM.with(Field.text("result"));
    private static final Field<String> EXTENSION = FORM.with(Field.text("extension"));
    private static final Field<String> INSTITUTION_NAME = FORM.with(Field.text("institution1Name"));
    private static final Field<String> INSTITUTION_DOC_NO = FORM.with(Field.text("institution1DocNo"));
    private static final Field<LocalDate> INSTITUTION_ISSUED_ON = FORM.with(Field.date("institution1IssuedOn"));
    private static final List<ReportRow> MEASURES =
            IntStream.rangeClosed(1, Measure.LIMIT).mapToObj(ReportRow::new).toList();

    private RectificationForm() {}

    /** The report on one measure. */
    private static final class ReportRow {
        private final Field<Boolean> done;
        private final Field<String> result;
        private final Field<String> evidence;

        ReportRow(int seq) {
            done = FORM.with(Field.flag(Measure.field(seq, "Done")));
            result = FORM.with(Field.text(Measure.field(seq, "Result")));
            evidence = FORM.with(Field.text(Measure.field(seq, "Evidence")));
        }

        VerificationStep.MeasureReport read(FormValues values) {
            return new VerificationStep.MeasureReport(values.get(done), values.get(result), values.get(evidence));
        }

        void show(Map<String, Object> data, Measure measure) {
            done.show(data, measure.done());
            result.show(data, measure.result());
            evidence.show(data, measure.evidence());
        }
    }

    public static VerificationStep.Report read(FormValues values) {
        return new VerificationStep.Report(
                measures(values),
                values.get(PROGRESS),
                values.get(DECISION) == RectificationOutcome.SUBMIT,
                values.get(RESULT),
                values.get(EXTENSION),
                institutions(values));
    }

    private static Map<Integer, VerificationStep.MeasureReport> measures(FormValues values) {
        Map<Integer, VerificationStep.MeasureReport> reports = new HashMap<>();
        for (int i = 0; i < MEASURES.size(); i++) {
            reports.put(i + 1, MEASURES.get(i).read(values));
        }
        return reports;
    }

    private static List<Institution> institutions(FormValues values) {
        String name = values.get(INSTITUTION_NAME);
        return name == null
                ? List.of()
                : List.of(new Institution(name, values.get(INSTITUTION_DOC_NO), values.get(INSTITUTION_ISSUED_ON)));
    }

    /** The report of before. */
    public static void show(
            Map<String, Object> data,
            List<Measure> measures,
            List<Institution> institutions,
            String result,
            String extension) {
        measures.forEach(measure -> MEASURES.get(measure.seq() - 1).show(data, measure));
        institutions.stream().findFirst().ifPresent(institution -> {
            INSTITUTION_NAME.show(data, institution.name());
            INSTITUTION_DOC_NO.show(data, institution.docNo());
            INSTITUTION_ISSUED_ON.show(data, institution.issuedOn());
        });
        RESULT.show(data, result);
        EXTENSION.show(data, extension);
    }

    /** The words of each measure, for the texts above its inputs. */
    public static Map<String, Object> contents(List<Measure> measures) {
        Map<String, Object> contents = new HashMap<>();
        measures.forEach(measure -> MeasureRow.content(measure.seq()).show(contents, measure.content()));
        return contents;
    }
}
