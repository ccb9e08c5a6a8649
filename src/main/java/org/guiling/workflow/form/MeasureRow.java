package org.guiling.workflow.form;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.guiling.item.Track;
import org.guiling.item.record.EvidenceType;
import org.guiling.item.record.Measure;

/** The inputs of one measure of a plan. */
final class MeasureRow {

    private final Field<String> content;
    private final Field<Track> track;
    private final Field<String> owner;
    private final Field<LocalDate> due;
    private final Field<String> expectedResult;
    private final Field<EvidenceType> evidenceType;

    private MeasureRow(FormContract form, int seq) {
        content = form.with(content(seq));
        track = form.with(Field.code(Measure.field(seq, "Track"), Track.class));
        owner = form.with(Field.text(Measure.field(seq, "Owner")));
        due = form.with(Field.date(Measure.field(seq, "Due")));
        expectedResult = form.with(Field.text(Measure.field(seq, "ExpectedResult")));
        evidenceType = form.with(Field.code(Measure.field(seq, "EvidenceType"), EvidenceType.class));
    }

    static List<MeasureRow> in(FormContract form, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(seq -> new MeasureRow(form, seq))
                .toList();
    }

    static Field<String> content(int seq) {
        return Field.text(Measure.field(seq, "Content"));
    }

    /** The rows that say something, numbered without gaps. */
    static List<Measure> read(List<MeasureRow> rows, FormValues values) {
        List<Measure> measures = new ArrayList<>();
        for (MeasureRow row : rows) {
            if (values.get(row.content) != null) {
                measures.add(new Measure(
                        measures.size() + 1,
                        values.get(row.content),
                        values.get(row.track),
                        values.get(row.owner),
                        values.get(row.due),
                        values.get(row.expectedResult),
                        values.get(row.evidenceType),
                        false,
                        null,
                        null));
            }
        }
        return measures;
    }

    static void show(List<MeasureRow> rows, Map<String, Object> data, List<Measure> measures) {
        for (Measure measure : measures) {
            MeasureRow row = rows.get(measure.seq() - 1);
            row.content.show(data, measure.content());
            row.track.show(data, measure.track());
            row.owner.show(data, measure.owner());
            row.due.show(data, measure.due());
            row.expectedResult.show(data, measure.expectedResult());
            row.evidenceType.show(data, measure.evidenceType());
        }
    }
}
