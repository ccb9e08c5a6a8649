package org.guiling.workflow.form;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The inputs in which somebody lists what is still wrong. */
final class DefectRows {

    private final List<Field<String>> rows;

    DefectRows(FormContract form, int count) {
        rows = IntStream.rangeClosed(1, count)
                .mapToObj(number -> form.with(Field.text("defect" + number)))
                .toList();
    }

    /** Those that say something. */
    List<String> read(FormValues values) {
        return rows.stream().map(values::get).filter(Objects::nonNull).toList();
    }
}
