package org.guiling.web.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.engine.service.Requests;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.RequestGround;
import org.guiling.item.RequestKind;
import org.guiling.item.access.DataScope;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.ItemRequests;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.web.support.PageSize;
import org.guiling.web.support.form.FormBody;
import org.guiling.workflow.RequestProcess;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The requests about an item beside its five steps. The bodies are the fields of the forms, without the number. */
@RestController
@RequestMapping("/api/items/{itemNo}")
@Tag(name = "paths", description = "Decline, extension, suspension, merger, transfer, cancellation, reopening")
class RequestsApi {

    private final Requests requests;
    private final Tasks tasks;
    private final VisibleItems items;
    private final ItemRequests records;
    private final Ledger ledger;

    RequestsApi(Requests requests, Tasks tasks, VisibleItems items, ItemRequests records, Ledger ledger) {
        this.requests = requests;
        this.tasks = tasks;
        this.items = items;
        this.records = records;
        this.ledger = ledger;
    }

    /** One request, with the decision once there is one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RequestDocument(
            RequestKind kind,
            int round,
            String requestedBy,
            Instant requestedAt,
            String reason,
            RequestGround ground,
            String receiptNo,
            String targetNo,
            LocalDate fromDue,
            LocalDate askedDay,
            Boolean granted,
            String decidedBy,
            Instant decidedAt,
            String opinion,
            Instant endedAt,
            Instant takenBackAt) {

        static RequestDocument of(ItemRequest request) {
            return new RequestDocument(
                    request.kind(),
                    request.round(),
                    request.requestedBy(),
                    request.requestedAt(),
                    request.reason(),
                    request.ground(),
                    request.receiptNo(),
                    request.targetNo(),
                    request.fromDue(),
                    request.askedDay(),
                    request.granted(),
                    request.decidedBy(),
                    request.decidedAt(),
                    request.opinion(),
                    request.endedAt(),
                    request.takenBackAt());
        }
    }

    /** @param total how many there are, as on the other pages */
    record RequestList(String itemNo, List<RequestDocument> requests, int total) {}

    @GetMapping("/requests")
    @Operation(summary = "All that was ever asked of an item, the oldest first")
    RequestList list(
            @PathVariable String itemNo,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        Item item = items.get(itemNo);
        return list(item, records.count(item), PageSize.offset(offset), PageSize.of(limit));
    }

    private RequestList list(Item item, int total, int offset, int limit) {
        return new RequestList(
                item.itemNo(),
                records.of(item, offset, limit).stream()
                        .map(RequestDocument::of)
                        .toList(),
                total);
    }

    @PostMapping("/decline")
    @FormBody(value = "claim", without = "decision")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "The unit says that the item is not its own: declineReason, declineBasis, suggestedUnit")
    void decline(@PathVariable String itemNo, @RequestBody Map<String, Object> fields) {
        Map<String, Object> answer = new HashMap<>(fields);
        answer.put("decision", "DECLINE");
        tasks.completeClaim(itemNo, answer);
    }

    @PostMapping("/extension")
    @FormBody(value = "extension-request", without = "itemNo")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Ask for a later date: newDue, reason, evidence")
    RequestList extend(@PathVariable String itemNo, @RequestBody Map<String, Object> fields) {
        return raise(RequestProcess.EXTENSION, itemNo, fields);
    }

    @PostMapping("/suspension")
    @FormBody(value = "suspension-request", without = "itemNo")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Ask for a pause: ground, reviewOn, reason")
    RequestList suspend(@PathVariable String itemNo, @RequestBody Map<String, Object> fields) {
        return raise(RequestProcess.SUSPENSION, itemNo, fields);
    }

    @PostMapping("/merge")
    @FormBody(
            value = "withdrawal-request",
            without = {"itemNo", "kind"})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Ask for the item to be merged into another: targetNo, reason")
    RequestList merge(@PathVariable String itemNo, @RequestBody Map<String, Object> fields) {
        return withdraw(RequestKind.MERGER, itemNo, fields);
    }

    @PostMapping("/transfer")
    @FormBody(
            value = "withdrawal-request",
            without = {"itemNo", "kind"})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Ask for the item to be transferred out of the remit: receiptNo, reason")
    RequestList transfer(@PathVariable String itemNo, @RequestBody Map<String, Object> fields) {
        return withdraw(RequestKind.TRANSFER, itemNo, fields);
    }

    @PostMapping("/cancellation")
    @FormBody(
            value = "withdrawal-request",
            without = {"itemNo", "kind"})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Ask for the item to be cancelled: ground, reason")
    RequestList cancel(@PathVariable String itemNo, @RequestBody Map<String, Object> fields) {
        return withdraw(RequestKind.CANCELLATION, itemNo, fields);
    }

    @PostMapping("/reopening")
    @FormBody(value = "reopening-request", without = "itemNo")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "The same fact is back at a closed item: newDue, reason")
    RequestList reopen(@PathVariable String itemNo, @RequestBody Map<String, Object> fields) {
        return raise(RequestProcess.REOPENING, itemNo, fields);
    }

    @PostMapping("/request-taking-back")
    @FormBody(value = "request-taking-back", without = "itemNo")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Take back what you asked, or objected to, before it is decided: subject, reason")
    RequestList takeBack(@PathVariable String itemNo, @RequestBody Map<String, Object> fields) {
        return raise(RequestProcess.TAKING_BACK, itemNo, fields);
    }

    @PostMapping("/split")
    @FormBody(value = "decomposition-request", without = "itemNo")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary =
                    "Give parts to lower units: part1Unit, part1Title, part1Fact, part1Due and so on, splitBasis, covering")
    PartList split(@PathVariable String itemNo, @RequestBody Map<String, Object> fields) {
        requests.raise(RequestProcess.DECOMPOSITION, itemNo, fields);
        return parts(itemNo, PageSize.last(ledger.countParts(items.scope(), itemNo)), PageSize.LARGEST);
    }

    @GetMapping("/parts")
    @Operation(summary = "The item of which this is a part, and its own parts")
    PartList parts(
            @PathVariable String itemNo,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = PageSize.USUAL_OF_SHORT) int limit) {
        Item item = items.get(itemNo);
        DataScope scope = items.scope();
        return new PartList(
                itemNo,
                item.parentNo(),
                ledger.parts(scope, itemNo, PageSize.offset(offset), PageSize.of(limit)).stream()
                        .map(PartDocument::of)
                        .toList(),
                ledger.countParts(scope, itemNo));
    }

    /**
     * @param parentNo null for what is no part
     * @param total how many parts there are that you may see, as on the other pages
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PartList(String itemNo, String parentNo, List<PartDocument> parts, int total) {}

    record PartDocument(String itemNo, String title, String leadUnit, ItemStatus status, LocalDate due, Light light) {

        static PartDocument of(LedgerEntry part) {
            return new PartDocument(
                    part.itemNo(), part.title(), part.leadUnit(), part.status(), part.due(), part.light());
        }
    }

    private RequestList withdraw(RequestKind kind, String itemNo, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("kind", kind.name());
        return raise(RequestProcess.WITHDRAWAL, itemNo, all);
    }

    private RequestList raise(RequestProcess process, String itemNo, Map<String, Object> fields) {
        requests.raise(process, itemNo, fields);
        Item item = items.get(itemNo);
        int total = records.count(item);
        return list(item, total, PageSize.last(total), PageSize.LARGEST);
    }
}
