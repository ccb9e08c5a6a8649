package org.guiling.web.ledger;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
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
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.ListedItem;
import org.guiling.web.support.PageSize;
import org.guiling.web.support.SearchWordsFilter;
import org.guiling.web.support.form.FormBody;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The ledger: register, list. */
@RestController
@RequestMapping("/api/items")
@Tag(name = "items", description = "The ledger")
class ItemsApi {

    private final ItemProcesses itemProcesses;
    private final VisibleLedger ledger;
    private final WorkingCalendars calendars;

    ItemsApi(ItemProcesses itemProcesses, VisibleLedger ledger, WorkingCalendars calendars) {
        this.itemProcesses = itemProcesses;
        this.ledger = ledger;
        this.calendars = calendars;
    }

    record Registered(String itemNo) {}

    /** @param next the cursor of the next page; null on the last */
    record ItemPage(List<ListedItem> items, String next) {}

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
    @Parameter(
            in = ParameterIn.HEADER,
            name = SearchWordsFilter.HEADER,
            description = SearchWordsFilter.DESCRIPTION,
            schema = @Schema(type = "string"))
    ItemPage list(
            @ParameterObject LedgerFilter filter,
            @RequestParam(required = false) Instant updatedSince,
            @RequestParam(defaultValue = "due") String sort,
            @RequestParam(required = false) String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Ledger.Page page = ledger.page(filter, updatedSince, sort(sort), cursor, PageSize.of(limit));
        WorkingCalendar calendar = calendars.current();
        return new ItemPage(
                page.items().stream().map(item -> ListedItem.of(item, calendar)).toList(), page.next());
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
