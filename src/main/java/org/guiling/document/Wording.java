package org.guiling.document;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.guiling.ledger.board.Figure;
import org.guiling.organization.Organization;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;

/**
 * Formats the record's values for documents: in Chinese, dates without leading zeros (GB/T 9704-2012, 7.3.5.4), empty
 * for values that are not there.
 */
@Component
class Wording {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.SIMPLIFIED_CHINESE);

    private final Texts texts;
    private final Organization organization;
    private final OfficeClock clock;

    Wording(Texts texts, Organization organization, OfficeClock clock) {
        this.texts = texts.in(Locale.SIMPLIFIED_CHINESE);
        this.organization = organization;
        this.clock = clock;
    }

    String text(String key, Object... arguments) {
        return texts.get(key, arguments);
    }

    String label(Enum<?> code) {
        return texts.label(code);
    }

    String label(String kind, Object code) {
        return texts.label(kind, code);
    }

    /** The office's number, or the year with room for it. */
    String documentNumber(Issue issue, LocalDate actionDay) {
        return issue.number() == null ? text("document.number", year(issue.dated(actionDay))) : issue.number();
    }

    /** A text as somebody entered it. */
    String entered(String text) {
        return text == null ? "" : text;
    }

    String day(LocalDate day) {
        return day == null ? "" : DAY.format(day);
    }

    /** {@code 2026-03-05}, for the narrow columns of a ledger. */
    String shortDay(LocalDate day) {
        return day == null ? "" : day.toString();
    }

    String day(Instant moment) {
        return moment == null ? "" : day(dayOf(moment));
    }

    LocalDate dayOf(Instant moment) {
        return clock.dayOf(moment);
    }

    String year(LocalDate day) {
        return Integer.toString(day.getYear());
    }

    String number(long number) {
        return Long.toString(number);
    }

    String amount(BigDecimal tenThousands) {
        return tenThousands == null ? "" : text("document.amount", tenThousands.toPlainString());
    }

    DocumentContent.FigureRow figure(Figure figure) {
        return new DocumentContent.FigureRow(figure.name(texts), figure.text(texts), figure.basis(texts));
    }

    String unit(String code) {
        return code == null ? "" : organization.unitName(code);
    }

    String units(Collection<String> codes) {
        return joined(codes.stream().map(this::unit).toList());
    }

    /** Also of people who have left. */
    String person(String id) {
        return id == null ? "" : organization.personName(id);
    }

    String people(Collection<String> ids) {
        return joined(ids.stream().map(this::person).toList());
    }

    /** The name of the unit that a person works in today; empty for people who have left. */
    String unitOf(String personId) {
        return organization
                .person(personId)
                .map(person -> unit(person.unitCode()))
                .orElse("");
    }

    private String joined(Collection<String> names) {
        return names.stream().collect(Collectors.joining(text("list.separator")));
    }
}
