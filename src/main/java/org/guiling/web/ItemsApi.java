package org.guiling.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Item;
import org.guiling.item.ItemRecords;
import org.guiling.item.PersonalData;
import org.guiling.item.RefusedException;
import org.guiling.item.Timeline;
import org.guiling.item.VisibleItems;
import org.guiling.ledger.Ledger;
import org.guiling.ledger.LedgerEntry;
import org.guiling.ledger.LedgerFilter;
import org.guiling.organization.CurrentPerson;
import org.guiling.process.ItemProcesses;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger: register, list, read. */
@RestController
@RequestMapping("/api/items")
@Tag(name = "items", description = "The ledger")
class ItemsApi {

    private final ItemProcesses itemProcesses;
    private final VisibleItems items;
    private final ItemRecords records;
    private final Timeline timeline;
    private final TimelineTexts timelineTexts;
    private final Ledger ledger;
    private final VisibleLedger visibleLedger;
    private final PersonalData personalData;
    private final CurrentPerson currentPerson;
    private final WorkingCalendars calendars;

    ItemsApi(
            ItemProcesses itemProcesses,
            VisibleItems items,
            ItemRecords records,
            Timeline timeline,
            TimelineTexts timelineTexts,
            Ledger ledger,
            VisibleLedger visibleLedger,
            PersonalData personalData,
            CurrentPerson currentPerson,
            WorkingCalendars calendars) {
        this.itemProcesses = itemProcesses;
        this.items = items;
        this.records = records;
        this.timeline = timeline;
        this.timelineTexts = timelineTexts;
        this.ledger = ledger;
        this.visibleLedger = visibleLedger;
        this.personalData = personalData;
        this.currentPerson = currentPerson;
        this.calendars = calendars;
    }

    record Registered(String itemNo) {}

    /** @param next the cursor of the next page; null on the last */
    record ItemPage(List<ListedItem> items, String next) {}

    /** @param subject null where the item has none */
    record SubjectDocument(String itemNo, String subject) {}

    record TimelineDocument(String itemNo, List<TimelineLine> entries) {}

    @PostMapping
    @Operation(summary = "Register a problem with the fields of the registration form, a flat object")
    ResponseEntity<Registered> register(@RequestBody Map<String, Object> fields) {
        Item item = itemProcesses.register(fields);
        return ResponseEntity.created(URI.create("/api/items/" + item.itemNo())).body(new Registered(item.itemNo()));
    }

    @PostMapping("/fast-lane")
    @Operation(summary = "Register, claim and plan at once (即办) with the fields of the fast lane's form, a flat object")
    ResponseEntity<Registered> openFastLane(@RequestBody Map<String, Object> fields) {
        Item item = itemProcesses.openFastLane(fields);
        return ResponseEntity.created(URI.create("/api/items/" + item.itemNo())).body(new Registered(item.itemNo()));
    }

    @GetMapping
    @Operation(
            summary = "A page of the ledger",
            description =
                    "sort is due (the most urgent first), newest or registered (the oldest first); next is the cursor of the page that follows.")
    ItemPage list(
            @ParameterObject LedgerFilter filter,
            @RequestParam(defaultValue = "due") String sort,
            @RequestParam(required = false) String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Ledger.Page page = visibleLedger.page(filter, sort(sort), cursor, limit);
        WorkingCalendar calendar = calendars.current();
        return new ItemPage(
                page.items().stream().map(item -> ListedItem.of(item, calendar)).toList(), page.next());
    }

    @GetMapping("/{itemNo}")
    @Operation(summary = "Everything that is known of an item")
    ItemDocument get(@PathVariable String itemNo) {
        Item item = items.get(itemNo);
        return ItemDocument.of(
                item,
                ledger.find(items.scope(), itemNo).map(LedgerEntry::light).orElseThrow(),
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

    @GetMapping("/{itemNo}/timeline")
    @Operation(
            summary = "Who did what to an item, when and why",
            description = "Each step, change of a date, notice and refusal, the oldest first; text is for people.")
    TimelineDocument timeline(@PathVariable String itemNo) {
        return new TimelineDocument(
                itemNo,
                timeline.of(items.get(itemNo)).stream().map(timelineTexts::line).toList());
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
