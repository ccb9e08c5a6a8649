package org.guiling.web.item;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.duplicate.Duplicate;
import org.guiling.item.duplicate.Duplicates;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.todo.PersonalData;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.organization.CurrentPerson;
import org.guiling.web.support.ItemTags;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** Reads one item: its record, whom it is about, what it may be a duplicate of. */
@RestController
@RequestMapping("/api/items/{itemNo}")
@Tag(name = "items", description = "The ledger")
class ItemApi {

    private final VisibleItems items;
    private final ItemRecords records;
    private final Ledger ledger;
    private final Duplicates duplicates;
    private final PersonalData personalData;
    private final CurrentPerson currentPerson;
    private final WorkingCalendars calendars;
    private final ItemTags tags;

    ItemApi(
            VisibleItems items,
            ItemRecords records,
            Ledger ledger,
            Duplicates duplicates,
            PersonalData personalData,
            CurrentPerson currentPerson,
            WorkingCalendars calendars,
            ItemTags tags) {
        this.items = items;
        this.records = records;
        this.ledger = ledger;
        this.duplicates = duplicates;
        this.personalData = personalData;
        this.currentPerson = currentPerson;
        this.calendars = calendars;
        this.tags = tags;
    }

    /** @param similar what may be the same problem, the most alike first; what differs stands in 【】 */
    record DuplicatesDocument(String itemNo, List<Duplicate> similar) {}

    /** @param subject null where the item has none */
    record SubjectDocument(String itemNo, String subject) {}

    @GetMapping
    @Operation(
            operationId = "itemsGet",
            summary = "Everything that is known of an item",
            description = "Its ETag is for If-None-Match here, and for If-Match with whatever changes the item.")
    ResponseEntity<ItemDocument> get(@PathVariable String itemNo, WebRequest request) {
        Item item = items.get(itemNo);
        ItemDocument document = document(item);
        String tag = tags.of(item, document.light().name(), document.provisionalDates());
        return request.checkNotModified(tag)
                ? null
                : ResponseEntity.ok().eTag(tag).body(document);
    }

    private ItemDocument document(Item item) {
        return ItemDocument.of(
                item,
                ledger.find(items.scope(), item.itemNo())
                        .map(LedgerEntry::light)
                        .orElseThrow(),
                records.measures(item),
                records.defects(item),
                records.institutions(item),
                records.verifications(item),
                records.signOffs(item),
                calendars.current());
    }

    @GetMapping("/subject")
    @Operation(
            operationId = "itemsSubject",
            summary = "Whom a petition is about or comes from, unmasked",
            description =
                    "For those who work with the item, whoever registered it and the leading group; it is written down.")
    SubjectDocument subject(@PathVariable String itemNo) {
        return new SubjectDocument(itemNo, personalData.subjectFor(items.get(itemNo), currentPerson.get()));
    }

    @GetMapping("/duplicates")
    @Operation(
            operationId = "itemsDuplicates",
            summary = "Items that may be the same problem",
            description =
                    "The answer of the registration, the review and imports, as far as the caller may see the items.")
    DuplicatesDocument duplicates(@PathVariable String itemNo) {
        return new DuplicatesDocument(
                itemNo, duplicates.visible(items.get(itemNo).registration(), itemNo));
    }
}
