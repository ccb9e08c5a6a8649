package org.guiling.web.administration;

import java.util.Optional;
import java.util.Set;
import org.guiling.item.step.Handovers;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.Paging;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The parts that the pages of one unit have in common. */
@Component
class UnitView {

    private final Organization organization;
    private final Handovers handovers;
    private final OrganizationView view;
    private final Paging paging;

    UnitView(Organization organization, Handovers handovers, OrganizationView view, Paging paging) {
        this.organization = organization;
        this.handovers = handovers;
        this.view = view;
        this.paging = paging;
    }

    /** Somebody with a post in the unit. */
    record Member(String id, String name, String roles, boolean main) {}

    /** @throws RefusedException when there has never been one of that code */
    Unit get(String code) {
        return organization.unit(code).orElseThrow(() -> RefusedException.notFound("organization.unit.unknown", code));
    }

    /** @throws RefusedException when there is none, or none any more */
    Unit getOpen(String code) {
        return Optional.of(get(code))
                .filter(Unit::isOpen)
                .orElseThrow(() -> RefusedException.notFound("organization.unit.unknown", code));
    }

    /** Adds the unit, and its people and open items. */
    void addTo(Model model, Unit unit) {
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

    /** To the unit's page, which says what was done. */
    static String done(String code, String text, RedirectAttributes next) {
        next.addFlashAttribute("done", text);
        return "redirect:/administration/units/" + code;
    }
}
