package org.guiling.ledger.search;

import java.time.LocalDate;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.SourceType;
import org.guiling.item.Step;

/**
 * A line of the ledger's list.
 *
 * @param id orders items that are due on the same day; not for people
 * @param leadUnit code of the lead unit
 * @param due the item's due date in force, before there is one that of the waiting task; null without either
 * @param started when that date began to count: a fifth of the term before it, the light turns yellow
 */
public record LedgerEntry(
        long id,
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
        LocalDate started) {}
