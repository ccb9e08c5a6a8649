package org.guiling.engine.form;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** Puts facts into the words of the reader, as every table of facts has them. */
@Component
class FactTexts {

    private final WorkingCalendars calendars;
    private final Texts texts;

    FactTexts(WorkingCalendars calendars, Texts texts) {
        this.calendars = calendars;
        this.texts = texts;
    }

    Rows rows() {
        return new Rows();
    }

    /** A day by which something has to be done, as people read it: with a mark while it may still move. */
    String lastDay(LocalDate day) {
        return calendars.current().isProvisional(day) ? texts.get("due.provisional", day) : day(day);
    }

    static String day(LocalDate day) {
        return day == null ? null : day.toString();
    }

    static String text(String text) {
        return text == null ? "" : text;
    }

    static String joined(String... parts) {
        return Arrays.stream(parts)
                .filter(part -> part != null && !part.isBlank())
                .collect(joining(" · "));
    }

    /** Rows of a table of facts; what is not known yet has no row. */
    final class Rows {

        private final List<Map<String, Object>> list = new ArrayList<>();

        Rows add(String label, String value) {
            if (value != null && !value.isBlank()) {
                list.add(Map.of("label", texts.get(label), "value", value));
            }
            return this;
        }

        List<Map<String, Object>> list() {
            return list;
        }
    }
}
