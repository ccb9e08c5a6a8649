package org.guiling.web.item;

import java.util.List;
import org.guiling.document.DocumentKind;
import org.guiling.document.Documents;
import org.guiling.document.IssuedDocument;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.Problems;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The documents of an item in the portal: what can be had, what was issued, and issuing it again. */
@Controller
class DocumentPages {

    private final Documents documents;
    private final VisibleItems items;
    private final Organization organization;
    private final CurrentPerson currentPerson;
    private final Problems problems;
    private final Texts texts;

    DocumentPages(
            Documents documents,
            VisibleItems items,
            Organization organization,
            CurrentPerson currentPerson,
            Problems problems,
            Texts texts) {
        this.documents = documents;
        this.items = items;
        this.organization = organization;
        this.currentPerson = currentPerson;
        this.problems = problems;
        this.texts = texts;
    }

    /**
     * A kind of document.
     *
     * @param again where it is issued again; null where it was never issued, or the reader may not
     */
    record Line(String name, String link, String again, List<Version> versions) {}

    record Version(String words, String link) {}

    /** The kinds of documents that can be issued now, each with those issued so far. */
    List<Line> of(Item item) {
        List<IssuedDocument> issued = documents.issued(item);
        boolean mayReissue = documents.mayReissue(currentPerson.get());
        return documents.available(item).stream()
                .map(kind -> line(
                        item,
                        kind,
                        issued.stream()
                                .filter(version -> version.kind() == kind)
                                .toList(),
                        mayReissue))
                .toList();
    }

    private Line line(Item item, DocumentKind kind, List<IssuedDocument> issued, boolean mayReissue) {
        return new Line(
                texts.label(kind),
                "/api/items/" + item.itemNo() + "/documents/" + kind.template(),
                mayReissue && !issued.isEmpty() ? "/items/" + item.itemNo() + "/documents/" + kind.id() : null,
                issued.stream()
                        .map(version -> new Version(words(version), DocumentsApi.address(item.itemNo(), version)))
                        .toList());
    }

    private String words(IssuedDocument issued) {
        String words = texts.get(
                "documents.version",
                issued.version(),
                issued.issuedOn().toString(),
                organization.personName(issued.issuedBy()));
        String numbered = issued.number() == null ? words : texts.get("documents.numbered", words, issued.number());
        return issued.reason() == null ? numbered : texts.get("documents.because", numbered, issued.reason());
    }

    @PostMapping("/items/{itemNo}/documents/{kind}")
    String reissue(
            @PathVariable String itemNo,
            @PathVariable String kind,
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        items.get(itemNo);
        DocumentKind known = DocumentKind.named(kind)
                .filter(DocumentKind::isOfAnItem)
                .orElseThrow(() -> RefusedException.notFound("refusal.document.unknown", kind));
        try {
            IssuedDocument issued = documents.reissue(known, itemNo, number, reason);
            next.addFlashAttribute("done", texts.get("documents.reissued", texts.label(known), issued.version()));
        } catch (RefusedException refusal) {
            if (refusal.kind() == RefusedException.Kind.FORBIDDEN
                    || refusal.kind() == RefusedException.Kind.NOT_FOUND) {
                throw refusal;
            }
            next.addFlashAttribute("refusals", List.of(problems.text(refusal)));
        }
        return "redirect:/items/" + itemNo + "#documents";
    }
}
