package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.guiling.item.step.Handovers;
import org.guiling.organization.Organization;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.organization.change.Transfer;
import org.guiling.organization.change.UnitChanges;
import org.guiling.text.Texts;
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

/** Moves and closes units, for an administrator: first shows what becomes of people and items, then does it. */
@Controller
@RequestMapping("/administration/units/{code}")
public class UnitChangePages {

    private final Organization organization;
    private final UnitChanges changes;
    private final Handovers handovers;
    private final UnitView unitView;
    private final OrganizationView view;
    private final PersonSuggestions suggestions;
    private final AdministrationForms forms;
    private final Texts texts;

    UnitChangePages(
            Organization organization,
            UnitChanges changes,
            Handovers handovers,
            UnitView unitView,
            OrganizationView view,
            PersonSuggestions suggestions,
            AdministrationForms forms,
            Texts texts) {
        this.organization = organization;
        this.changes = changes;
        this.handovers = handovers;
        this.unitView = unitView;
        this.view = view;
        this.suggestions = suggestions;
        this.forms = forms;
        this.texts = texts;
    }

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

    @GetMapping("/move")
    String move(@PathVariable String code, Model model) {
        Unit unit = unitView.getOpen(code);
        boolean keeps = handovers.countOpenAt(code) > 0;
        return change(unit, "move", new Change(unit.parentCode(), keeps ? code : null, null, null), model);
    }

    @PostMapping("/move")
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

    @GetMapping("/close")
    String close(@PathVariable String code, Model model) {
        return change(unitView.getOpen(code), "close", new Change(null, null, null, null), model);
    }

    @PostMapping("/close")
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
        Unit unit = unitView.getOpen(code);
        boolean possible = forms.attempt(confirmed ? change : () -> changes.preview(change), model, response);
        if (possible && confirmed) {
            return UnitView.done(code, texts.get("administration.unit." + how + ".done", unit.name()), next);
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
        unitView.addTo(model, unit);
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
}
