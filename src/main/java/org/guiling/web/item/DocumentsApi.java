package org.guiling.web.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.document.DocumentKind;
import org.guiling.document.Documents;
import org.guiling.document.IssuedDocument;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.Downloads;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Documents out, as docx. */
@RestController
@Tag(name = "documents", description = "Documents as docx, filled from the record")
class DocumentsApi {

    private final Documents documents;
    private final VisibleItems visibleItems;
    private final AuditTrail auditTrail;
    private final CurrentPerson currentPerson;
    private final Organization organization;
    private final Texts texts;

    DocumentsApi(
            Documents documents,
            VisibleItems visibleItems,
            AuditTrail auditTrail,
            CurrentPerson currentPerson,
            Organization organization,
            Texts texts) {
        this.documents = documents;
        this.visibleItems = visibleItems;
        this.auditTrail = auditTrail;
        this.currentPerson = currentPerson;
        this.organization = organization;
        this.texts = texts;
    }

    /** @param mayReissue whether whoever asks may issue a document again */
    record AvailableDocuments(String itemNo, List<AvailableDocument> documents, boolean mayReissue) {}

    /**
     * @param kind its name in the address
     * @param name for people, in their language
     * @param issued what was issued of it, the oldest first; empty while nobody had it, or it is being filled in
     */
    record AvailableDocument(String kind, String name, String href, List<IssuedVersion> issued) {}

    /**
     * A document as it was issued.
     *
     * @param number the office's; left out where none was given
     * @param reason why it was issued again; left out for the first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IssuedVersion(
            int version,
            String number,
            LocalDate issuedOn,
            String issuedBy,
            String issuedByName,
            String reason,
            String sha256,
            String href) {}

    /** @param number the office's; may be left out */
    record Reissue(String number, String reason) {}

    @GetMapping("/api/items/{itemNo}/documents")
    @Operation(summary = "The documents about an item that there is a reason for now")
    AvailableDocuments available(@PathVariable String itemNo) {
        Item item = visibleItems.get(itemNo);
        List<IssuedDocument> issued = documents.issued(item);
        return new AvailableDocuments(
                itemNo,
                documents.available(item).stream()
                        .map(kind -> new AvailableDocument(
                                kind.id(),
                                texts.label(kind),
                                "/api/items/" + itemNo + "/documents/" + kind.template(),
                                issued.stream()
                                        .filter(version -> version.kind() == kind)
                                        .map(version -> version(itemNo, version))
                                        .toList()))
                        .toList(),
                documents.mayReissue(currentPerson.get()));
    }

    private IssuedVersion version(String itemNo, IssuedDocument issued) {
        return new IssuedVersion(
                issued.version(),
                issued.number(),
                issued.issuedOn(),
                issued.issuedBy(),
                organization.personName(issued.issuedBy()),
                issued.reason(),
                issued.sha256(),
                address(itemNo, issued));
    }

    /** The address of a version. */
    static String address(String itemNo, IssuedDocument issued) {
        return "/api/items/" + itemNo + "/documents/" + issued.kind().id() + "/versions/" + issued.version() + ".docx";
    }

    @GetMapping("/api/items/{itemNo}/documents/{kind}.docx")
    @Operation(
            summary = "A document about an item as it was issued; that somebody had it is written down",
            description = "Had for the first time, it is issued with that and stays as it is. Forms are filled from the"
                    + " record until they are complete.")
    ResponseEntity<byte[]> ofItem(@PathVariable String itemNo, @PathVariable String kind) {
        visibleItems.get(itemNo);
        DocumentKind known = known(kind);
        return answer(documents.get(known, itemNo), Map.of("itemNo", itemNo, "document", known.id()));
    }

    @GetMapping("/api/items/{itemNo}/documents/{kind}/versions/{version}.docx")
    @Operation(summary = "A version of a document as it was issued; that somebody had it is written down")
    ResponseEntity<byte[]> version(@PathVariable String itemNo, @PathVariable String kind, @PathVariable int version) {
        Item item = visibleItems.get(itemNo);
        DocumentKind known = known(kind);
        return answer(
                documents.version(known, item, version),
                Map.of("itemNo", itemNo, "document", known.id(), "version", Integer.toString(version)));
    }

    @PostMapping("/api/items/{itemNo}/documents/{kind}/versions")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Issue a document again, with today's date and as the record is today",
            description = "For the reviewer, the supervisor and the leading group. What was issued before stays.")
    IssuedVersion reissue(@PathVariable String itemNo, @PathVariable String kind, @RequestBody Reissue reissue) {
        visibleItems.get(itemNo);
        return version(itemNo, documents.reissue(known(kind), itemNo, reissue.number(), reissue.reason()));
    }

    private static DocumentKind known(String kind) {
        return DocumentKind.named(kind)
                .filter(DocumentKind::isOfAnItem)
                .orElseThrow(() -> RefusedException.notFound("refusal.document.unknown", kind));
    }

    @GetMapping("/api/documents/rectification-report.docx")
    @Operation(
            summary = "The rectification report of a unit and those below it, with its ledger",
            description =
                    "Items that the unit had on hand between from and to, as they stand today and as far as you may"
                            + " see them.")
    ResponseEntity<byte[]> report(@RequestParam String unit, @RequestParam LocalDate from, @RequestParam LocalDate to) {
        return answer(
                documents.report(unit, from, to),
                Map.of(
                        "document",
                        DocumentKind.RECTIFICATION_REPORT.id(),
                        "unit",
                        unit,
                        "from",
                        from.toString(),
                        "to",
                        to.toString()));
    }

    private ResponseEntity<byte[]> answer(Documents.File file, Map<String, String> details) {
        auditTrail.record(AuditEventKind.EXPORTED, currentPerson.get().id(), file.name(), details);
        return Downloads.of(Downloads.DOCX, file.name(), file.content());
    }
}
