package org.guiling.web.ledger;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.duplicate.Duplicate;
import org.guiling.item.duplicate.Duplicates;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.todo.PersonalData;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.organization.CurrentPerson;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.ItemTags;
import org.guiling.web.support.ListedItem;
import org.guiling.web.support.PageSize;
import org.guiling.web.support.TimelineLine;
import org.guiling.web.support.TimelineTexts;
import org.guiling.web.support.form.FormBody;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** The ledger: register, list, read. */
@RestController
@RequestMapping("/api/items")
@Tag(name = "items", description = "The ledger")
class ItemsApi {

    private final ItemProcesses itemProcesses;
    private final VisibleItems items;
    private final ItemRecords records;
    private final Duplicates duplicates;
    private final Timeline timeline;
    private final TimelineTexts timelineTexts;
    private final Ledger ledger;
    private final VisibleLedger visibleLedger;
    private final PersonalData personalData;
    private final CurrentPerson currentPerson;
    private final WorkingCalendars calendars;
    private final ItemTags tags;

    ItemsApi(
            ItemProcesses itemProcesses,
            VisibleItems items,
            ItemRecords records,
            Duplicates duplicates,
            Timeline timeline,
            TimelineTexts timelineTexts,
            Ledger ledger,
            VisibleLedger visibleLedger,
            PersonalData personalData,
            CurrentPerson currentPerson,
            WorkingCalendars calendars,
            ItemTags tags) {
        this.itemProcesses = itemProcesses;
        this.items = items;
        this.records = records;
        this.duplicates = duplicates;
        this.timeline = timeline;
        this.timelineTexts = timelineTexts;
        this.ledger = ledger;
        this.visibleLedger = visibleLedger;
        this.personalData = personalData;
        this.currentPerson = currentPerson;
        this.calendars = calendars;
        this.tags = tags;
    }

    record Registered(String itemNo) {}

    /** @param similar what may be the same problem, the most alike first; what differs stands in 【】 */
    record DuplicatesDocument(String itemNo, List<Duplicate> similar) {}

    /** @param next the cursor of the next page; null on the last */
    record ItemPage(List<ListedItem> items, String next) {}

    /** @param subject null where the item has none */
    record SubjectDocument(String itemNo, String subject) {}

    /** @param total how many there are, as on the other pages */
    record TimelineDocument(String itemNo, List<TimelineLine> entries, int total) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @FormBody("registration")
    @Operation(summary = "Register a problem with the fields of the registration form, a flat object")
    ResponseEntity<Registered> register(@RequestBody Map<String, Object> fields) {
        Item item = itemProcesses.register(fields);
        return ResponseEntity.created(URI.create("/api/items/" + item.itemNo())).body(new Registered(item.itemNo()));
    }

    @PostMapping("/fast-lane")
    @ResponseStatus(HttpStatus.CREATED)
    @FormBody("fast-lane")
    @Operation(summary = "Register, claim and plan at once (即办) with the fields of the fast lane's form, a flat object")
    ResponseEntity<Registered> openFastLane(@RequestBody Map<String, Object> fields) {
        Item item = itemProcesses.openFastLane(fields);
        return ResponseEntity.created(URI.create("/api/items/" + item.itemNo())).body(new Registered(item.itemNo()));
    }

    @GetMapping
    @Operation(
            summary = "A page of the ledger",
            description =
                    "sort is due (the most urgent first), newest or registered (the oldest first); next is the cursor of the"
                            + " page that follows. updatedSince is a moment, such as 2026-03-05T08:00:00Z: those to which"
                            + " something was done since then.")
    ItemPage list(
            @ParameterObject LedgerFilter filter,
            @RequestParam(required = false) Instant updatedSince,
            @RequestParam(defaultValue = "due") String sort,
            @RequestParam(required = false) String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Ledger.Page page = visibleLedger.page(filter, updatedSince, sort(sort), cursor, PageSize.of(limit));
        WorkingCalendar calendar = calendars.current();
        return new ItemPage(
                page.items().stream().map(item -> ListedItem.of(item, calendar)).toList(), page.next());
    }

    @GetMapping("/{itemNo}")
    @Operation(
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

    @GetMapping("/{itemNo}/subject")
    @Operation(
            summary = "Whom a petition is about or comes from, unmasked",
            description =
                    "For those who work with the item, whoever registered it and the leading group; it is written down.")
    SubjectDocument subject(@PathVariable String itemNo) {
        return new SubjectDocument(itemNo, personalData.subjectFor(items.get(itemNo), currentPerson.get()));
    }

    @GetMapping("/{itemNo}/duplicates")
    @Operation(
            summary = "Items that may be the same problem",
            description =
                    "The answer of the registration, the review and imports, as far as the caller may see the items.")
    DuplicatesDocument duplicates(@PathVariable String itemNo) {
        return new DuplicatesDocument(
                itemNo, duplicates.visible(items.get(itemNo).registration(), itemNo));
    }

    @GetMapping("/{itemNo}/timeline")
    @Operation(
            summary = "Who did what to an item, when and why",
            description = "Each step, change of a date, notice and refusal, the oldest first; text is for people.")
    TimelineDocument timeline(
            @PathVariable String itemNo,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        Item item = items.get(itemNo);
        return new TimelineDocument(
                itemNo,
                timeline.of(item, PageSize.offset(offset), PageSize.of(limit)).stream()
                        .map(timelineTexts::line)
                        .toList(),
                timeline.count(item));
    }

    static Ledger.Sort sort(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "due" -> Ledger.Sort.DUE;
            case "newest" -> Ledger.Sort.NEWEST;
            case "registered" -> Ledger.Sort.REGISTERED;
            default -> throw RefusedException.invalid("sort", "problem.value", "sort");
        };
    }
}
