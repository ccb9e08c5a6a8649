package org.guiling.web.item;

import java.util.List;
import org.guiling.engine.form.ItemFacts;
import org.guiling.engine.form.WorkFacts;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.PersonalData;
import org.guiling.web.support.CaseFiles;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** Everything about one item on one page (事项详情). */
@Controller
@RequestMapping("/items/{itemNo}")
public class ItemPages {

    private final VisibleItems items;
    private final ItemStanding standing;
    private final ItemFacts facts;
    private final WorkFacts workFacts;
    private final RequestLines requestLines;
    private final CardLines cardLines;
    private final PartLines partLines;
    private final DocumentPages documentPages;
    private final CaseFiles caseFiles;

    ItemPages(
            VisibleItems items,
            ItemStanding standing,
            ItemFacts facts,
            WorkFacts workFacts,
            RequestLines requestLines,
            CardLines cardLines,
            PartLines partLines,
            DocumentPages documentPages,
            CaseFiles caseFiles) {
        this.items = items;
        this.standing = standing;
        this.facts = facts;
        this.workFacts = workFacts;
        this.requestLines = requestLines;
        this.cardLines = cardLines;
        this.partLines = partLines;
        this.documentPages = documentPages;
        this.caseFiles = caseFiles;
    }

    @GetMapping
    String item(@PathVariable String itemNo, Model model) {
        Item item = items.get(itemNo);
        standing.addTo(model, item);
        model.addAttribute("askable", requestLines.askable(item));
        model.addAttribute("facts", facts.of(item, PersonalData.masked(item), null));
        model.addAttribute("plan", item.plan() == null ? List.of() : workFacts.plan(item));
        model.addAttribute("measures", workFacts.measures(item));
        model.addAttribute("verification", workFacts.isVerified(item) ? workFacts.verification(item) : List.of());
        model.addAttribute("signOffs", workFacts.signOffs(item));
        model.addAttribute("requests", requestLines.of(item));
        model.addAttribute("cards", cardLines.of(item));
        model.addAttribute("parts", partLines.of(item));
        model.addAttribute("documents", documentPages.of(item));
        model.addAttribute("defects", caseFiles.defects(item));
        model.addAttribute("timeline", caseFiles.history(item));
        return "item";
    }

    /** The item at a glance: what Tasklist shows of it beside the form of a task. */
    @GetMapping("/summary")
    String summary(@PathVariable String itemNo, Model model) {
        Item item = items.get(itemNo);
        standing.addTo(model, item);
        model.addAttribute("facts", facts.brief(item));
        model.addAttribute("parts", partLines.of(item));
        model.addAttribute("caseFile", caseFiles.of(item, List.of()));
        return "item-summary";
    }
}
