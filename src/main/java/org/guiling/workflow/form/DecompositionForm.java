package org.guiling.workflow.form;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.guiling.item.request.Decomposition;

/** {@code decomposition-request.form} (穿透). */
public final class DecompositionForm {

    public static final FormContract FORM = new FormContract("decomposition-request");

    public static final Field<String> SPLIT_BASIS = FORM.with(Field.text("splitBasis"));
    public static final Field<Boolean> COVERING = FORM.with(Field.flag("covering"));
    private static final List<PartRow> PARTS =
            IntStream.rangeClosed(1, 6).mapToObj(PartRow::new).toList();

    private DecompositionForm() {}

    static {
        FORM.with(RequestForm.ITEM_NO);
    }

    /** One part of the item. */
    private static final class PartRow {
        private final Field<String> unit;
        private final Field<String> title;
        private final Field<String> fact;
        private final Field<LocalDate> due;

        PartRow(int number) {
            unit = FORM.with(Field.text("part" + number + "Unit"));
            title = FORM.with(Field.text("part" + number + "Title"));
            fact = FORM.with(Field.text("part" + number + "Fact"));
            due = FORM.with(Field.date("part" + number + "Due"));
        }

        Stream<Decomposition.Part> read(FormValues values) {
            return values.get(unit) == null
                    ? Stream.empty()
                    : Stream.of(new Decomposition.Part(
                            values.get(unit), values.get(title), values.get(fact), values.get(due)));
        }
    }

    /** The parts that have a unit. */
    public static List<Decomposition.Part> parts(FormValues values) {
        return PARTS.stream().flatMap(row -> row.read(values)).toList();
    }
}
