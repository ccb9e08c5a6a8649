package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import org.guiling.organization.Organization;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.substitution.Substitution;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.text.Texts;
import org.guiling.web.support.Paging;
import org.guiling.web.support.form.AdministrationForms;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The substitutions (代理、AB 角), present and future, for an administrator. */
@Controller
@RequestMapping("/administration/substitutes")
public class SubstitutePages {

    private static final String START = "redirect:/administration/substitutes";

    private final Substitutions substitutions;
    private final OrganizationChanges changes;
    private final Organization organization;
    private final PersonSuggestions suggestions;
    private final ChangeHistory history;
    private final AdministrationForms forms;
    private final Paging paging;
    private final Texts texts;

    SubstitutePages(
            Substitutions substitutions,
            OrganizationChanges changes,
            Organization organization,
            PersonSuggestions suggestions,
            ChangeHistory history,
            AdministrationForms forms,
            Paging paging,
            Texts texts) {
        this.substitutions = substitutions;
        this.changes = changes;
        this.organization = organization;
        this.suggestions = suggestions;
        this.history = history;
        this.forms = forms;
        this.paging = paging;
        this.texts = texts;
    }

    /** @param begun whether it is in force; otherwise it is cancelled rather than ended */
    record Line(
            long id,
            String absent,
            String substitute,
            LocalDate from,
            LocalDate until,
            boolean begun,
            String enteredBy) {}

    /** The entered substitution; the form does not ask for the reason of an absence. */
    record SubstitutionForm(
            String absent,
            String substitute,
            @DateTimeFormat(iso = ISO.DATE) LocalDate from,
            @DateTimeFormat(iso = ISO.DATE) LocalDate until) {}

    @GetMapping
    String current(@RequestParam(required = false) String absent, Model model) {
        return current(new SubstitutionForm(suggestions.shown(absent), null, null, null), model);
    }

    @PostMapping
    String plan(
            @ModelAttribute("form") SubstitutionForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        if (!forms.attemptOnce(
                () -> substitutions.plan(
                        suggestions.account("absent", form.absent()),
                        suggestions.account("substitute", form.substitute()),
                        form.from(),
                        form.until()),
                model,
                response)) {
            return current(form, model);
        }
        next.addFlashAttribute(
                "done",
                texts.get(
                        "administration.substitutes.planned",
                        organization.personName(suggestions.account("substitute", form.substitute())),
                        organization.personName(suggestions.account("absent", form.absent())),
                        form.from(),
                        form.until()));
        return START;
    }

    @PostMapping("/{id}/end")
    String end(@PathVariable long id, Model model, HttpServletResponse response, RedirectAttributes next) {
        if (!forms.attempt(() -> substitutions.end(id), model, response)) {
            return current((String) null, model);
        }
        next.addFlashAttribute("done", texts.get("administration.substitutes.ended"));
        return START;
    }

    private String current(SubstitutionForm form, Model model) {
        changes.requireAdministrator();
        model.addAttribute("form", form);
        model.addAttribute("suggested", suggestions.of(null, null));
        model.addAttribute(
                "substitutions",
                paging.read(
                        substitutions.countCurrent(),
                        "page",
                        (offset, limit) -> substitutions.current(offset, limit).stream()
                                .map(this::line)
                                .toList()));
        model.addAttribute("history", history.ofSubstitutions());
        return "administration-substitutes";
    }

    private Line line(Substitution substitution) {
        return new Line(
                substitution.id(),
                organization.personName(substitution.absent()),
                organization.personName(substitution.substitute()),
                substitution.from(),
                substitution.until(),
                substitution.state() == Substitution.State.IN_FORCE,
                organization.personName(substitution.enteredBy()));
    }
}
