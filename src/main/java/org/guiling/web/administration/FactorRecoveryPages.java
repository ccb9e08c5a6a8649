package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.signon.factor.FactorRecoveries;
import org.guiling.signon.factor.FactorRecoveries.Recovery;
import org.guiling.text.Texts;
import org.guiling.web.support.Paging;
import org.guiling.web.support.form.AdministrationForms;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Pages on which two administrators help somebody whose device is lost: one approves, the other confirms. */
@Controller
@RequestMapping(FactorRecoveryPages.PATH)
public class FactorRecoveryPages {

    public static final String PATH = "/administration/second-factors";

    private final FactorRecoveries recoveries;
    private final Organization organization;
    private final OrganizationChanges changes;
    private final CurrentPerson currentPerson;
    private final AdministrationForms forms;
    private final Paging paging;
    private final Texts texts;

    FactorRecoveryPages(
            FactorRecoveries recoveries,
            Organization organization,
            OrganizationChanges changes,
            CurrentPerson currentPerson,
            AdministrationForms forms,
            Paging paging,
            Texts texts) {
        this.recoveries = recoveries;
        this.organization = organization;
        this.changes = changes;
        this.currentPerson = currentPerson;
        this.forms = forms;
        this.paging = paging;
        this.texts = texts;
    }

    /**
     * One request.
     *
     * @param approvedBy a name; null while nobody has
     * @param mine whether the visitor may not answer it: about themself, or approved by them
     */
    record Line(long id, String account, String name, String asked, String expires, String approvedBy, boolean mine) {}

    @GetMapping
    String page(Model model) {
        changes.requireAdministrator();
        String visitor = currentPerson.get().id();
        model.addAttribute(
                "requests",
                paging.read(recoveries.countOpen(), "page", (offset, limit) -> recoveries.open(offset, limit).stream()
                        .map(each -> line(each, visitor))
                        .toList()));
        return "administration-second-factors";
    }

    private Line line(Recovery recovery, String visitor) {
        return new Line(
                recovery.id(),
                recovery.personId(),
                organization.personName(recovery.personId()),
                texts.minute(recovery.askedAt()),
                texts.minute(recovery.expiresAt()),
                recovery.approvedBy() == null ? null : organization.personName(recovery.approvedBy()),
                visitor.equals(recovery.personId()) || visitor.equals(recovery.approvedBy()));
    }

    @PostMapping("/{id}/approve")
    String approve(@PathVariable long id, Model model, HttpServletResponse response, RedirectAttributes next) {
        changes.requireAdministrator();
        Person administrator = currentPerson.get();
        AtomicBoolean gone = new AtomicBoolean();
        if (!forms.attempt(() -> gone.set(recoveries.approve(id, administrator)), model, response)) {
            return page(model);
        }
        next.addFlashAttribute(
                "done", texts.get(gone.get() ? "factor.recovery.confirmed" : "factor.recovery.approved"));
        return "redirect:" + PATH;
    }

    @PostMapping("/{id}/refuse")
    String refuse(@PathVariable long id, Model model, HttpServletResponse response, RedirectAttributes next) {
        changes.requireAdministrator();
        Person administrator = currentPerson.get();
        if (!forms.attempt(() -> recoveries.refuse(id, administrator), model, response)) {
            return page(model);
        }
        next.addFlashAttribute("done", texts.get("factor.recovery.refused"));
        return "redirect:" + PATH;
    }
}
