package org.guiling.web.administration;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.guiling.item.step.Handovers;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.Paging;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The parts that the pages of one person have in common. */
@Component
class PersonView {

    private final Organization organization;
    private final Handovers handovers;
    private final OrganizationView view;
    private final Paging paging;

    PersonView(Organization organization, Handovers handovers, OrganizationView view, Paging paging) {
        this.organization = organization;
        this.handovers = handovers;
        this.view = view;
        this.paging = paging;
    }

    /** @throws RefusedException when there is nobody of that account, or nobody any more */
    Person get(String id) {
        return organization.person(id).orElseThrow(() -> RefusedException.notFound("organization.person.unknown", id));
    }

    /** Adds the person, and what they would hand over to whom. */
    void addTo(Model model, Person person) {
        model.addAttribute("person", person);
        model.addAttribute(
                "items",
                paging.read(
                        handovers.countOpenOf(person.id()),
                        "items",
                        (offset, limit) -> view.items(handovers.openOf(person.id(), offset, limit))));
        model.addAttribute("successors", view.successors(handovers.leadUnitsOf(person.id()), person.id()));
    }

    /** Adds the units and roles to choose from. */
    void addChoicesTo(Model model, Set<Role> chosen) {
        model.addAttribute("units", view.units(each -> true));
        model.addAttribute("roles", view.roles());
        model.addAttribute("chosen", chosen(chosen).stream().map(Role::name).toList());
    }

    /** A form in which no box is ticked sends none. */
    static Set<Role> chosen(Set<Role> roles) {
        return roles == null || roles.isEmpty() ? Collections.emptySet() : EnumSet.copyOf(roles);
    }

    /** To the person's page, which says what was done. */
    static String done(String id, String text, RedirectAttributes next) {
        next.addFlashAttribute("done", text);
        return "redirect:/administration/people/" + id;
    }
}
