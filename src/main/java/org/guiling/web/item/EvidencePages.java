package org.guiling.web.item;

import java.util.List;
import java.util.stream.Collectors;
import org.guiling.evidence.Evidence;
import org.guiling.evidence.EvidenceChanges;
import org.guiling.evidence.EvidenceFiles;
import org.guiling.evidence.EvidenceOffers;
import org.guiling.evidence.content.EvidenceVersion;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.access.VisibleItems;
import org.guiling.organization.Organization;
import org.guiling.refusal.RefusedException;
import org.guiling.scan.UploadScan;
import org.guiling.text.Texts;
import org.guiling.web.support.Problems;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The evidence of an item (佐证材料) in the portal: what is there, what is lacking, and a place to put more. */
@Controller
@RequestMapping("/items/{itemNo}/evidence")
public class EvidencePages {

    private final EvidenceFiles evidence;
    private final EvidenceChanges changes;
    private final EvidenceOffers offers;
    private final EvidenceProperties properties;
    private final VisibleItems items;
    private final Organization organization;
    private final UploadScan scan;
    private final Problems problems;
    private final Texts texts;

    EvidencePages(
            EvidenceFiles evidence,
            EvidenceChanges changes,
            EvidenceOffers offers,
            EvidenceProperties properties,
            VisibleItems items,
            Organization organization,
            UploadScan scan,
            Problems problems,
            Texts texts) {
        this.evidence = evidence;
        this.changes = changes;
        this.offers = offers;
        this.properties = properties;
        this.items = items;
        this.organization = organization;
        this.scan = scan;
        this.problems = problems;
        this.texts = texts;
    }

    record Measure(int seq, String content, String evidenceType, int files, boolean lacking) {}

    /**
     * A piece.
     *
     * @param link null where the content is not to be had
     * @param original null where there is none beside it, or not for the reader
     * @param mark what a scanner has to say of it; null where it is clean, or nothing is scanned
     */
    record File(
            long id,
            String name,
            String extension,
            String size,
            String sha256,
            String by,
            String at,
            Integer measure,
            String note,
            String link,
            String original,
            String picture,
            int version,
            boolean mayWithdraw,
            String withdrawn,
            String mark) {}

    record Offer(long id, String name, String from) {}

    @GetMapping
    String list(@PathVariable String itemNo, Model model) {
        Item item = items.get(itemNo);
        String refusal = refusal(itemNo);
        model.addAttribute("itemNo", itemNo);
        model.addAttribute("mayAdd", refusal == null);
        model.addAttribute("why", refusal);
        model.addAttribute(
                "accept",
                properties.types().stream()
                        .flatMap(type -> type.extensions().stream())
                        .map(extension -> "." + extension)
                        .sorted()
                        .collect(Collectors.joining(",")));
        model.addAttribute("largest", properties.largestFile().toMegabytes());
        List<Measure> measures = evidence.checklist(itemNo).stream()
                .map(check -> new Measure(
                        check.measure().seq(),
                        check.measure().content(),
                        texts.label(check.measure().evidenceType()),
                        check.files(),
                        check.lacking()))
                .toList();
        model.addAttribute("measures", measures);
        model.addAttribute("firstLacking", firstLacking(item, measures));
        model.addAttribute(
                "files",
                evidence.of(itemNo).stream().map(piece -> file(item, piece)).toList());
        model.addAttribute("offers", refusal == null ? offers(itemNo) : List.of());
        return "item-evidence";
    }

    @PostMapping("/{id}/withdrawal")
    String withdraw(
            @PathVariable String itemNo,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        return answered(itemNo, next, "evidence.withdrawn", () -> changes.withdraw(itemNo, id, reason));
    }

    @PostMapping("/reuse")
    String reuse(
            @PathVariable String itemNo,
            @RequestParam long source,
            @RequestParam(required = false) Integer measure,
            RedirectAttributes next) {
        return answered(itemNo, next, "evidence.reused", () -> offers.takeOver(itemNo, source, measure, null));
    }

    private String answered(String itemNo, RedirectAttributes next, String done, Runnable work) {
        try {
            work.run();
            next.addFlashAttribute("done", texts.get(done));
        } catch (RefusedException refusal) {
            if (refusal.kind() == RefusedException.Kind.FORBIDDEN
                    || refusal.kind() == RefusedException.Kind.NOT_FOUND) {
                throw refusal;
            }
            next.addFlashAttribute("refusals", List.of(problems.text(refusal)));
        }
        return "redirect:/items/" + itemNo + "#evidence";
    }

    /** The measure of the next file most likely: the first without evidence, while its unit works on it; else null. */
    private static Integer firstLacking(Item item, List<Measure> measures) {
        boolean worked = item.status() == ItemStatus.RECTIFYING || item.status() == ItemStatus.REWORK;
        return measures.stream()
                .filter(measure -> worked && measure.lacking())
                .map(Measure::seq)
                .findFirst()
                .orElse(null);
    }

    /** The reason why the reader may add nothing; null when they may. */
    private String refusal(String itemNo) {
        try {
            evidence.requireMayAdd(itemNo);
            return null;
        } catch (RefusedException refusal) {
            return problems.text(refusal);
        }
    }

    private List<Offer> offers(String itemNo) {
        return offers.offers(itemNo, null).stream()
                .map(offer -> new Offer(offer.id(), offer.current().name(), offer.itemNo()))
                .toList();
    }

    private File file(Item item, Evidence piece) {
        String link = "/api/items/" + item.itemNo() + "/evidence/" + piece.id();
        return new File(
                piece.id(),
                piece.current().name(),
                StringUtils.getFilenameExtension(piece.current().name()),
                size(piece.current().bytes()),
                piece.current().sha256(),
                organization.personName(piece.current().uploadedBy()),
                texts.minute(piece.current().at()),
                piece.measure(),
                piece.current().note(),
                piece.current().available() ? link : null,
                hasOriginal(item, piece) ? link + "/original" : null,
                piece.current().thumbnail() ? link + "/thumbnail" : null,
                piece.versions().size(),
                evidence.mayChange(item, piece),
                piece.withdrawal() == null
                        ? null
                        : texts.get(
                                "evidence.withdrawn-by",
                                organization.personName(piece.withdrawal().by()),
                                piece.withdrawal().reason()),
                mark(piece.current().scan()));
    }

    private String mark(EvidenceVersion.Scan found) {
        return switch (found) {
            case CLEAN -> null;
            case UNSCANNED -> scan.isOn() ? texts.get("evidence.unscanned") : null;
            case INFECTED -> texts.get("evidence.quarantined");
        };
    }

    private boolean hasOriginal(Item item, Evidence piece) {
        return piece.current().available()
                && piece.current().type().mayTellLocation()
                && evidence.mayReadOriginals(item);
    }

    private static String size(long bytes) {
        DataSize size = DataSize.ofBytes(bytes);
        if (size.toMegabytes() > 0) {
            return size.toMegabytes() + " MB";
        }
        return Math.max(1, size.toKilobytes()) + " kB";
    }
}
