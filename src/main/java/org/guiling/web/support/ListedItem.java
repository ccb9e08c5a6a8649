package org.guiling.web.support;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.SourceType;
import org.guiling.item.Step;
import org.guiling.ledger.search.LedgerEntry;

/**
 * A line of the ledger as {@code /api} tells it.
 *
 * @param due the item's due date, before there is one that of the waiting task; null without either
 * @param dueProvisional whether that may still move because its year is not loaded; null without a due date
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ListedItem(
        String itemNo,
        String title,
        ItemStatus status,
        Step step,
        Light light,
        int round,
        String leadUnit,
        String leadUnitName,
        int level,
        String category,
        SourceType sourceType,
        String sourceDocNo,
        LocalDate foundDate,
        LocalDate due,
        Boolean dueProvisional) {

    public static ListedItem of(LedgerEntry entry, WorkingCalendar calendar) {
        return new ListedItem(
                entry.itemNo(),
                entry.title(),
                entry.status(),
                entry.step(),
                entry.light(),
                entry.round(),
                entry.leadUnit(),
                entry.leadUnitName(),
                entry.level(),
                entry.category(),
                entry.sourceType(),
                entry.sourceDocNo(),
                entry.foundDate(),
                entry.due(),
                entry.due() == null ? null : calendar.isProvisional(entry.due()));
    }
}
