package org.guiling.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.document.DocumentKind;
import org.guiling.document.Documents;
import org.guiling.item.Item;
import org.guiling.item.RefusedException;
import org.guiling.item.VisibleItems;
import org.guiling.organization.CurrentPerson;
import org.guiling.text.Texts;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Documents out, as docx. */
@RestController
@Tag(name = "documents", description = "Documents as docx, filled from the record")
class DocumentsApi {

    private final Documents documents;
    private final VisibleItems visibleItems;
    private final AuditTrail auditTrail;
    private final CurrentPerson currentPerson;
    private final Texts texts;

    DocumentsApi(
            Documents documents,
            VisibleItems visibleItems,
            AuditTrail auditTrail,
            CurrentPerson currentPerson,
            Texts texts) {
        this.documents = documents;
        this.visibleItems = visibleItems;
        this.auditTrail = auditTrail;
        this.currentPerson = currentPerson;
        this.texts = texts;
    }

    record AvailableDocuments(String itemNo, List<AvailableDocument> documents) {}

    /**
     * @param kind its name in the address
     * @param name for people, in their language
     */
    record AvailableDocument(String kind, String name, String href) {}

    @GetMapping("/api/items/{itemNo}/documents")
    @Operation(summary = "The documents about an item that there is a reason for now")
    AvailableDocuments available(@PathVariable String itemNo) {
        Item item = visibleItems.get(itemNo);
        return new AvailableDocuments(
                itemNo,
                documents.available(item).stream()
                        .map(kind -> new AvailableDocument(
                                kind.id(), texts.label(kind), "/api/items/" + itemNo + "/documents/" + kind.template()))
                        .toList());
    }

    @GetMapping("/api/items/{itemNo}/documents/{kind}.docx")
    @Operation(summary = "A document about an item; that somebody had it is written down")
    ResponseEntity<byte[]> ofItem(@PathVariable String itemNo, @PathVariable String kind) {
        Item item = visibleItems.get(itemNo);
        DocumentKind known = DocumentKind.named(kind)
                .filter(DocumentKind::isOfAnItem)
                .orElseThrow(() -> RefusedException.notFound("refusal.document.unknown", kind));
        return answer(documents.fill(known, item), Map.of("itemNo", itemNo, "document", known.id()));
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
