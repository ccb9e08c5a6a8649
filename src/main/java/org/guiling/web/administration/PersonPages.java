package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.RegisteredPerson;
import org.guiling.organization.Role;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.OrganizationChanges.Succession;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
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

/** One person, for an administrator: what is known of them, and how they come, change and leave. */
@Controller
@RequestMapping("/administration")
public class PersonPages {

    private final Organization organization;
    private final OrganizationChanges changes;
    private final Substitutions substitutions;
    private final PersonView personView;
    private final OrganizationView view;
    private final ChangeHistory history;
    private final AdministrationForms forms;
    private final Paging paging;
    private final Texts texts;

    PersonPages(
            Organization organization,
            OrganizationChanges changes,
            Substitutions substitutions,
            PersonView personView,
            OrganizationView view,
            ChangeHistory history,
            AdministrationForms forms,
            Paging paging,
            Texts texts) {
        this.organization = organization;
        this.changes = changes;
        this.substitutions = substitutions;
        this.personView = personView;
        this.view = view;
        this.history = history;
        this.forms = forms;
        this.paging = paging;
        this.texts = texts;
    }

    /** @param removable whether it is one beside the main one */
    record PostLine(String unit, String unitName, String roles, boolean removable) {}

    /**
     * Somebody as entered.
     *
     * @param successor who takes over what they leave; null where they leave nothing
     */
    record PersonForm(
            String id,
            String name,
            String unit,
            Set<Role> roles,
            String email,
            String wecomUserId,
            String dingtalkUserId,
            String successor,
            String reason) {

        static PersonForm of(Person person, Addresses addresses) {
            return new PersonForm(
                    person.id(),
                    person.name(),
                    person.unitCode(),
                    person.roles(),
                    addresses.email(),
                    addresses.wecomUserId(),
                    addresses.dingtalkUserId(),
                    null,
                    null);
        }

        Person person(String account) {
            return new Person(account, name, unit, PersonView.chosen(roles));
        }

        Addresses addresses() {
            return new Addresses(email, wecomUserId, dingtalkUserId);
        }

        Succession succession() {
            return new Succession(successor, reason);
        }
    }

    /** The successor of somebody who leaves, and the reason. */
    record LeaveForm(String successor, String reason) {}

    @GetMapping("/people/{id}")
    String person(@PathVariable String id, Model model) {
        changes.requireAdministrator();
        RegisteredPerson registered = registered(id);
        // Of somebody who is here with the posts and those for whom they act today.
        Person person = organization.person(id).orElse(registered.person());
        personView.addTo(model, person);
        model.addAttribute("here", registered.active());
        model.addAttribute("addresses", registered.addresses());
        model.addAttribute("posts", posts(person));
        model.addAttribute(
                "substitutions",
                substitutions.currentOf(id).stream()
                        .map(each -> texts.get(
                                "history.substitution." + each.state(),
                                organization.personName(each.substitute()),
                                organization.personName(each.absent()),
                                each.from(),
                                each.until()))
                        .toList());
        model.addAttribute("history", history.ofPerson(id));
        return "administration-person";
    }

    private List<PostLine> posts(Person person) {
        return person.ownPosts()
                .map(post -> new PostLine(
                        post.unitCode(),
                        organization.unitName(post.unitCode()),
                        view.roles(post.roles()),
                        !post.unitCode().equals(person.unitCode())))
                .toList();
    }

    @GetMapping("/new-person")
    String newPerson(@RequestParam(required = false) String unit, Model model) {
        return newPerson(new PersonForm(null, null, unit, Set.of(), null, null, null, null, null), model);
    }

    @PostMapping("/new-person")
    String add(
            @ModelAttribute("form") PersonForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return forms.attemptOnce(() -> changes.addPerson(form.person(form.id()), form.addresses()), model, response)
                ? PersonView.done(form.id(), texts.get("administration.person.added", form.name()), next)
                : newPerson(form, model);
    }

    private String newPerson(PersonForm form, Model model) {
        changes.requireAdministrator();
        personView.addChoicesTo(model, form.roles());
        model.addAttribute("form", form);
        model.addAttribute("items", paging.of(List.of(), "items"));
        model.addAttribute("action", "/administration/new-person");
        return "administration-person-form";
    }

    @GetMapping("/people/{id}/edit")
    String edit(@PathVariable String id, Model model) {
        Person person = personView.get(id);
        return edit(person, PersonForm.of(person, organization.addresses(id)), model);
    }

    @PostMapping("/people/{id}/edit")
    String change(
            @PathVariable String id,
            @ModelAttribute("form") PersonForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Person person = personView.get(id);
        return forms.attempt(
                        () -> changes.changePerson(form.person(id), form.addresses(), form.succession()),
                        model,
                        response)
                ? PersonView.done(id, texts.get("administration.person.changed", form.name()), next)
                : edit(person, form, model);
    }

    private String edit(Person person, PersonForm form, Model model) {
        changes.requireAdministrator();
        personView.addTo(model, person);
        personView.addChoicesTo(model, form.roles());
        model.addAttribute("form", form);
        model.addAttribute("action", "/administration/people/" + person.id() + "/edit");
        return "administration-person-form";
    }

    @GetMapping("/people/{id}/leave")
    String leave(@PathVariable String id, Model model) {
        return leave(registered(id), new LeaveForm(null, null), model);
    }

    @PostMapping("/people/{id}/leave")
    String leave(
            @PathVariable String id,
            @ModelAttribute("form") LeaveForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        RegisteredPerson registered = registered(id);
        String done = registered.active() ? "administration.leave.done" : "administration.leave.handed-over";
        return forms.attempt(
                        () -> changes.removePerson(id, new Succession(form.successor(), form.reason())),
                        model,
                        response)
                ? PersonView.done(id, texts.get(done, registered.person().name()), next)
                : leave(registered, form, model);
    }

    private String leave(RegisteredPerson registered, LeaveForm form, Model model) {
        changes.requireAdministrator();
        Person person = organization.person(registered.person().id()).orElse(registered.person());
        personView.addTo(model, person);
        model.addAttribute("form", form);
        model.addAttribute("here", registered.active());
        return "administration-person-leave";
    }

    private RegisteredPerson registered(String id) {
        return organization
                .registered(id)
                .orElseThrow(() -> RefusedException.notFound("organization.person.unknown", id));
    }
}
