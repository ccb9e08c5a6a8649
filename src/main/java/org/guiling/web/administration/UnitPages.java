package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.guiling.item.step.Handovers;
import org.guiling.organization.Organization;
import org.guiling.organization.Organization.Staff;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.organization.change.Transfer;
import org.guiling.organization.change.UnitChanges;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.administration.OrganizationView.Branch;
import org.guiling.web.administration.OrganizationView.Choice;
import org.guiling.web.support.Paging;
import org.guiling.web.support.form.AdministrationForms;
import org.springframework.beans.propertyeditors.StringTrimmerEditor;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The tree of units, for an administrator: open, rename, move, close. */
@Controller
@RequestMapping("/administration")
public class UnitPages {

    /** Choice of the form for a department (科室), which has the tier of its unit rather than one of its own. */
    private static final String DEPARTMENT = "DEPARTMENT";

    private static final Staff NOBODY = new Staff(List.of(), 0);

    private final Organization organization;
    private final UnitChanges changes;
    private final Handovers handovers;
    private final OrganizationView view;
    private final PersonSuggestions suggestions;
    private final ChangeHistory history;
    private final AdministrationForms forms;
    private final Paging paging;
    private final Texts texts;

    UnitPages(
            Organization organization,
            UnitChanges changes,
            Handovers handovers,
            OrganizationView view,
            PersonSuggestions suggestions,
            ChangeHistory history,
            AdministrationForms forms,
            Paging paging,
            Texts texts) {
        this.organization = organization;
        this.changes = changes;
        this.handovers = handovers;
        this.view = view;
        this.suggestions = suggestions;
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

    /** Somebody with a post in the unit. */
    record Member(String id, String name, String roles, boolean main) {}

    /** @param tier one of {@link Tier}, or that it is a department */
    record NewUnit(String code, String name, String tier, String parent) {}

    /**
     * The new place of a unit, and the recipients of its open work.
     *
     * @param parent the new unit above; not asked where it is closed
     */
    record Change(String parent, String receivingUnit, String handler, String reason) {

        Transfer transfer(PersonSuggestions people) {
            return new Transfer(receivingUnit, people.account("handler", handler), reason);
        }
    }

    /** Treats blank inputs as not entered. */
    @InitBinder
    void trim(WebDataBinder binder) {
        binder.registerCustomEditor(String.class, new StringTrimmerEditor(true));
    }

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
        Unit unit = get(code);
        about(unit, model);
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

    /** Adds the attributes that every page of one unit shows. */
    private void about(Unit unit, Model model) {
        model.addAttribute("unit", unit);
        model.addAttribute("tier", view.tier(unit));
        model.addAttribute("parentName", unit.parentCode() == null ? null : organization.unitName(unit.parentCode()));
        model.addAttribute(
                "items",
                paging.read(
                        handovers.countOpenAt(unit.code()),
                        "items",
                        (offset, limit) -> view.items(handovers.openAt(unit.code(), offset, limit))));
        model.addAttribute(
                "members",
                paging.read(
                        organization.countAt(unit.code()),
                        "members",
                        (offset, limit) -> organization.peopleAt(unit.code(), offset, limit).stream()
                                .map(person -> member(person, unit))
                                .toList()));
    }

    private Member member(Person person, Unit unit) {
        Set<Role> roles = person.ownPosts()
                .filter(post -> post.unitCode().equals(unit.code()))
                .findFirst()
                .orElseThrow()
                .roles();
        return new Member(
                person.id(), person.name(), view.roles(roles), person.unitCode().equals(unit.code()));
    }

    @GetMapping("/new-unit")
    String newUnit(@RequestParam(required = false) String parent, Model model) {
        return newUnit(new NewUnit(null, null, null, parent), model);
    }

    @PostMapping("/new-unit")
    String open(
            @ModelAttribute("form") NewUnit form, Model model, HttpServletResponse response, RedirectAttributes next) {
        return forms.attemptOnce(() -> changes.open(unit(form)), model, response)
                ? done(form.code(), texts.get("administration.unit.opened", form.name()), next)
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
        return name(getOpen(code), getOpen(code).name(), model);
    }

    @PostMapping("/units/{code}/name")
    String rename(
            @PathVariable String code,
            @RequestParam(required = false) String name,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Unit unit = getOpen(code);
        return forms.attempt(() -> changes.rename(code, name), model, response)
                ? done(code, texts.get("administration.unit.renamed", unit.name(), name), next)
                : name(unit, name, model);
    }

    private String name(Unit unit, String entered, Model model) {
        changes.requireAdministrator();
        model.addAttribute("unit", unit);
        model.addAttribute("entered", entered);
        return "administration-unit-name";
    }

    @GetMapping("/units/{code}/move")
    String move(@PathVariable String code, Model model) {
        Unit unit = getOpen(code);
        boolean keeps = handovers.countOpenAt(code) > 0;
        return change(unit, "move", new Change(unit.parentCode(), keeps ? code : null, null, null), model);
    }

    @PostMapping("/units/{code}/move")
    String move(
            @PathVariable String code,
            @ModelAttribute("form") Change form,
            @RequestParam(defaultValue = "false") boolean confirmed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return change(
                code,
                "move",
                form,
                confirmed,
                () -> changes.move(code, form.parent(), form.transfer(suggestions)),
                model,
                response,
                next);
    }

    @GetMapping("/units/{code}/close")
    String close(@PathVariable String code, Model model) {
        return change(getOpen(code), "close", new Change(null, null, null, null), model);
    }

    @PostMapping("/units/{code}/close")
    String close(
            @PathVariable String code,
            @ModelAttribute("form") Change form,
            @RequestParam(defaultValue = "false") boolean confirmed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return change(
                code,
                "close",
                form,
                confirmed,
                () -> changes.close(code, form.transfer(suggestions)),
                model,
                response,
                next);
    }

    /**
     * First shows what will happen, then does it.
     *
     * @param confirmed whether what will happen has been shown
     */
    private String change(
            String code,
            String how,
            Change form,
            boolean confirmed,
            Runnable change,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Unit unit = getOpen(code);
        boolean possible = forms.attempt(confirmed ? change : () -> changes.preview(change), model, response);
        if (possible && confirmed) {
            return done(code, texts.get("administration.unit." + how + ".done", unit.name()), next);
        }
        if (possible) {
            model.addAttribute("effects", effects(unit, how, form));
        }
        return change(unit, how, form, model);
    }

    private List<String> effects(Unit unit, String how, Change form) {
        List<String> effects = new ArrayList<>();
        boolean closes = how.equals("close");
        effects.add(
                closes
                        ? texts.get("administration.unit.close.effect", unit.name())
                        : texts.get(
                                "administration.unit.move.effect",
                                unit.name(),
                                form.parent() == null
                                        ? texts.get("administration.unit.top")
                                        : organization.unitName(form.parent())));
        int people = organization.countAt(unit.code());
        if (closes && people > 0) {
            effects.add(
                    texts.get("administration.unit.close.people", people, organization.unitName(form.receivingUnit())));
        }
        int open = handovers.countOpenAt(unit.code());
        boolean moves = !Objects.equals(form.parent(), unit.parentCode()) || closes;
        if (moves && open > 0) {
            boolean stays = unit.code().equals(form.receivingUnit());
            effects.add(texts.get(
                    stays ? "administration.unit.items-stay" : "administration.unit.items-go",
                    open,
                    organization.unitName(form.receivingUnit())));
            if (form.handler() != null) {
                effects.add(texts.get(
                        "administration.unit.handler",
                        organization.personName(suggestions.account("handler", form.handler()))));
            }
        }
        return effects;
    }

    private String change(Unit unit, String how, Change form, Model model) {
        changes.requireAdministrator();
        boolean closes = how.equals("close");
        about(unit, model);
        model.addAttribute("how", how);
        model.addAttribute("form", form);
        model.addAttribute(
                "parents",
                view.units(each -> each.tier() != Tier.VILLAGE
                        && !organization.withBelow(unit.code()).contains(each.code())));
        model.addAttribute(
                "receivers", view.units(each -> each.tier() == unit.tier() && !(closes && each.equals(unit))));
        model.addAttribute("suggested", suggestions.of(null, Role.HANDLER));
        return "administration-unit-change";
    }

    /** To the unit's page, which says what was done. */
    private static String done(String code, String text, RedirectAttributes next) {
        next.addFlashAttribute("done", text);
        return "redirect:/administration/units/" + code;
    }

    private Unit get(String code) {
        return organization.unit(code).orElseThrow(() -> RefusedException.notFound("organization.unit.unknown", code));
    }

    private Unit getOpen(String code) {
        return Optional.of(get(code))
                .filter(Unit::isOpen)
                .orElseThrow(() -> RefusedException.notFound("organization.unit.unknown", code));
    }
}
