package org.guiling.document;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.guiling.item.Item;
import org.guiling.item.RefusedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** The documents of an item, and the report of a unit. Who may see the item may have them. */
@Service
public class Documents {

    private final ItemContents itemContents;
    private final ReportContents reportContents;
    private final Templates templates;
    private final Wording wording;
    private final Clock clock;

    Documents(
            ItemContents itemContents,
            ReportContents reportContents,
            Templates templates,
            Wording wording,
            Clock clock) {
        this.itemContents = itemContents;
        this.reportContents = reportContents;
        this.templates = templates;
        this.wording = wording;
        this.clock = clock;
    }

    /** A document as a file; its name is Chinese. */
    public record File(String name, byte[] content) {}

    /** The documents that there is a reason for now. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<DocumentKind> available(Item item) {
        return Arrays.stream(DocumentKind.values())
                .filter(kind -> itemContents.of(kind, item).isPresent())
                .toList();
    }

    /**
     * Fills the document from one state of the record.
     *
     * @throws RefusedException when there is no reason for it yet, or its template cannot be used
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public File fill(DocumentKind kind, Item item) {
        Record content = itemContents
                .of(kind, item)
                .orElseThrow(() -> RefusedException.conflict("refusal.document.no-reason", kind));
        return new File(
                wording.text("document.file", wording.label(kind), item.itemNo()), templates.fill(kind, content));
    }

    /**
     * The rectification report of a unit and those below it.
     *
     * @param from first day of the period
     * @param to its last day, not after today
     * @throws RefusedException when the unit or the period cannot be reported on, or the template cannot be used
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public File report(String unit, LocalDate from, LocalDate to) {
        DocumentContent.RectificationReport content = reportContents.of(unit, from, to);
        DocumentKind kind = DocumentKind.RECTIFICATION_REPORT;
        String name = wording.text(
                "document.file",
                wording.label(kind),
                content.unit() + " " + LocalDate.now(clock).format(DateTimeFormatter.BASIC_ISO_DATE));
        return new File(name, templates.fill(kind, content));
    }
}
