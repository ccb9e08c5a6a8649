package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.guiling.item.step.Handovers;
import org.guiling.organization.Organization;
import org.guiling.organization.Organization.Staff;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.organization.change.UnitChanges;
import org.guiling.text.Texts;
import org.guiling.web.administration.OrganizationView.Branch;
import org.guiling.web.administration.OrganizationView.Choice;
import org.guiling.web.support.Paging;
import org.guiling.web.support.form.AdministrationForms;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The tree of units, for an administrator: each with its people and items; open and rename. */
@Controller
@RequestMapping("/administration")
public class UnitPages {

    /** Choice of the form for a department (科室), which has the tier of its unit rather than one of its own. */
    private static final String DEPARTMENT = "DEPARTMENT";

    private static final Staff NOBODY = new Staff(List.of(), 0);

    private final Organization organization;
    private final UnitChanges changes;
    private final Handovers handovers;
    private final UnitView unitView;
    private final OrganizationView view;
    private final ChangeHistory history;
    private final AdministrationForms forms;
    private final Paging paging;
    private final Texts texts;

    UnitPages(
            Organization organization,
            UnitChanges changes,
            Handovers handovers,
            UnitView unitView,
            OrganizationView view,
            ChangeHistory history,
            AdministrationForms forms,
            Paging paging,
            Texts texts) {
        this.organization = organization;
        this.changes = changes;
        this.handovers = handovers;
        this.unitView = unitView;
        this.view = view;
        this.history = history;
        this.forms = forms;
        this.paging = paging;
        this.texts = texts;
    }

    /**
     * @param heads the names of those who lead it (单位负责人)
     * @param closedOn null while it is open
     */
    record Line(
            String code,
            String name,
            int depth,
            String tier,
            List<String> heads,
            int people,
            int items,
            LocalDate closedOn) {}

    /** @param tier one of {@link Tier}, or that it is a department */
    record NewUnit(String code, String name, String tier, String parent) {}

    @GetMapping("/units")
    String units(
            @RequestParam(required = false) String text,
            @RequestParam(defaultValue = "false") boolean closed,
            Model model) {
        changes.requireAdministrator();
        List<Branch> tree = view.tree(closed);
        Set<String> shown = shown(tree, text);
        List<Branch> found = tree.stream()
                .filter(branch -> shown.contains(branch.unit().code()))
                .toList();
        model.addAttribute(
                "units",
                paging.read(
                        found.size(),
                        "page",
                        (offset, limit) -> lines(found.subList(offset, Math.min(offset + limit, found.size())))));
        model.addAttribute("text", text);
        model.addAttribute("closed", closed);
        return "administration-units";
    }

    /** The units in whose name or code the text is, with those above them. */
    private Set<String> shown(List<Branch> tree, String text) {
        Set<String> shown = new TreeSet<>();
        for (Branch branch : tree) {
            Unit unit = branch.unit();
            if (text == null || unit.name().contains(text) || unit.code().contains(text)) {
                Optional<Unit> above = Optional.of(unit);
                while (above.isPresent() && shown.add(above.get().code())) {
                    above = Optional.ofNullable(above.get().parentCode()).flatMap(organization::unit);
                }
            }
        }
        return shown;
    }

    /** With the people and the open items of these units, and of no other. */
    private List<Line> lines(List<Branch> branches) {
        List<String> codes =
                branches.stream().map(branch -> branch.unit().code()).toList();
        Map<String, Staff> staff = organization.staffOf(codes);
        Map<String, Integer> items = handovers.countOpen(codes);
        return branches.stream()
                .map(branch -> {
                    Unit unit = branch.unit();
                    Staff here = staff.getOrDefault(unit.code(), NOBODY);
                    return new Line(
                            unit.code(),
                            unit.name(),
                            branch.depth(),
                            view.tier(unit),
                            here.heads(),
                            here.people(),
                            items.getOrDefault(unit.code(), 0),
                            unit.closedOn());
                })
                .toList();
    }

    @GetMapping("/units/{code}")
    String unit(@PathVariable String code, Model model) {
        changes.requireAdministrator();
        Unit unit = unitView.get(code);
        unitView.addTo(model, unit);
        model.addAttribute(
                "below",
                paging.of(
                        organization.units().stream()
                                .filter(each -> code.equals(each.parentCode()))
                                .toList(),
                        "below"));
        model.addAttribute("history", history.ofUnit(code));
        return "administration-unit";
    }

    @GetMapping("/new-unit")
    String newUnit(@RequestParam(required = false) String parent, Model model) {
        return newUnit(new NewUnit(null, null, null, parent), model);
    }

    @PostMapping("/new-unit")
    String open(
            @ModelAttribute("form") NewUnit form, Model model, HttpServletResponse response, RedirectAttributes next) {
        return forms.attemptOnce(() -> changes.open(unit(form)), model, response)
                ? UnitView.done(form.code(), texts.get("administration.unit.opened", form.name()), next)
                : newUnit(form, model);
    }

    private Unit unit(NewUnit form) {
        boolean department = DEPARTMENT.equals(form.tier());
        Tier tier = department
                // Without a unit above it is refused for that.
                ? Optional.ofNullable(form.parent())
                        .flatMap(organization::unit)
                        .map(Unit::tier)
                        .orElse(Tier.CITY)
                : Stream.of(Tier.values())
                        .filter(each -> each.name().equals(form.tier()))
                        .findFirst()
                        .orElse(null);
        return new Unit(form.code(), form.name(), tier, form.parent(), department, null);
    }

    private String newUnit(NewUnit form, Model model) {
        changes.requireAdministrator();
        model.addAttribute("form", form);
        model.addAttribute(
                "tiers",
                List.of(
                        new Choice(Tier.CITY.name(), texts.label(Tier.CITY)),
                        new Choice(Tier.TOWNSHIP.name(), texts.label(Tier.TOWNSHIP)),
                        new Choice(Tier.VILLAGE.name(), texts.label(Tier.VILLAGE)),
                        new Choice(DEPARTMENT, texts.get("administration.department"))));
        model.addAttribute("parents", view.units(unit -> unit.tier() != Tier.VILLAGE));
        return "administration-new-unit";
    }

    @GetMapping("/units/{code}/name")
    String name(@PathVariable String code, Model model) {
        return name(unitView.getOpen(code), unitView.getOpen(code).name(), model);
    }

    @PostMapping("/units/{code}/name")
    String rename(
            @PathVariable String code,
            @RequestParam(required = false) String name,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Unit unit = unitView.getOpen(code);
        return forms.attempt(() -> changes.rename(code, name), model, response)
                ? UnitView.done(code, texts.get("administration.unit.renamed", unit.name(), name), next)
                : name(unit, name, model);
    }

    private String name(Unit unit, String entered, Model model) {
        changes.requireAdministrator();
        model.addAttribute("unit", unit);
        model.addAttribute("entered", entered);
        return "administration-unit-name";
    }
}
