package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.guiling.item.step.Handovers;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.PersonFilter;
import org.guiling.organization.Post;
import org.guiling.organization.RegisteredPerson;
import org.guiling.organization.Role;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.OrganizationChanges.Succession;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
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

/** People, their posts, and what they hand over, for an administrator. */
@Controller
@RequestMapping("/administration")
public class PeoplePages {

    private static final int PAGE = 50;
    private static final int LAST_PAGE = 100_000;

    private final Organization organization;
    private final OrganizationChanges changes;
    private final Substitutions substitutions;
    private final Handovers handovers;
    private final OrganizationView view;
    private final PersonSuggestions suggestions;
    private final ChangeHistory history;
    private final AdministrationForms forms;
    private final Paging paging;
    private final Texts texts;

    PeoplePages(
            Organization organization,
            OrganizationChanges changes,
            Substitutions substitutions,
            Handovers handovers,
            OrganizationView view,
            PersonSuggestions suggestions,
            ChangeHistory history,
            AdministrationForms forms,
            Paging paging,
            Texts texts) {
        this.organization = organization;
        this.changes = changes;
        this.substitutions = substitutions;
        this.handovers = handovers;
        this.view = view;
        this.suggestions = suggestions;
        this.history = history;
        this.forms = forms;
        this.paging = paging;
        this.texts = texts;
    }

    /** @param posts the main one first, each with its roles */
    record Line(String id, String name, List<String> posts) {}

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
            return new Person(account, name, unit, chosen(roles));
        }

        Addresses addresses() {
            return new Addresses(email, wecomUserId, dingtalkUserId);
        }

        Succession succession() {
            return new Succession(successor, reason);
        }
    }

    /** A post beside the main one as entered. */
    record PostForm(String unit, Set<Role> roles, String successor, String reason) {

        Succession succession() {
            return new Succession(successor, reason);
        }
    }

    /** The successor of somebody who leaves, and the reason. */
    record LeaveForm(String successor, String reason) {}

    /** Treats blank inputs as not entered. */
    @InitBinder
    void trim(WebDataBinder binder) {
        binder.registerCustomEditor(String.class, new StringTrimmerEditor(true));
    }

    @GetMapping("/people")
    String people(
            @RequestParam(required = false) String text,
            @RequestParam(required = false) String unit,
            @RequestParam(required = false) Role role,
            @RequestParam(defaultValue = "false") boolean left,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        changes.requireAdministrator();
        PersonFilter filter = new PersonFilter(text, unit, role, left);
        model.addAttribute("filter", filter);
        int shown = Math.min(Math.max(page, 0), LAST_PAGE);
        List<RegisteredPerson> found = organization.search(filter, shown * PAGE, PAGE + 1);
        model.addAttribute("people", found.stream().limit(PAGE).map(this::line).toList());
        model.addAttribute("count", organization.count(filter));
        model.addAttribute("page", shown);
        model.addAttribute("more", found.size() > PAGE);
        model.addAttribute("units", view.units(each -> true));
        model.addAttribute("roles", view.roles());
        return "administration-people";
    }

    /** People whom a field suggests for the text in it, as the options of its list. */
    @GetMapping("/people/suggestions")
    String suggestions(
            @RequestParam String field,
            @RequestParam(required = false) Role role,
            @RequestParam Map<String, String> entered,
            Model model) {
        changes.requireAdministrator();
        model.addAttribute("suggested", suggestions.of(entered.get(field), role));
        return "administration-parts :: suggestions";
    }

    private Line line(RegisteredPerson registered) {
        Person person = registered.person();
        return new Line(
                person.id(), person.name(), person.ownPosts().map(view::post).toList());
    }

    @GetMapping("/people/{id}")
    String person(@PathVariable String id, Model model) {
        changes.requireAdministrator();
        RegisteredPerson registered = registered(id);
        // Of somebody who is here with the posts and those for whom they act today.
        Person person = organization.person(id).orElse(registered.person());
        about(person, model);
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

    /** Adds the attributes that every page of one person shows. */
    private void about(Person person, Model model) {
        model.addAttribute("person", person);
        model.addAttribute(
                "items",
                paging.read(
                        handovers.countOpenOf(person.id()),
                        "items",
                        (offset, limit) -> view.items(handovers.openOf(person.id(), offset, limit))));
        model.addAttribute("successors", view.successors(handovers.leadUnitsOf(person.id()), person.id()));
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
                ? done(form.id(), texts.get("administration.person.added", form.name()), next)
                : newPerson(form, model);
    }

    private String newPerson(PersonForm form, Model model) {
        changes.requireAdministrator();
        choices(form.roles(), model);
        model.addAttribute("form", form);
        model.addAttribute("items", paging.of(List.of(), "items"));
        model.addAttribute("action", "/administration/new-person");
        return "administration-person-form";
    }

    @GetMapping("/people/{id}/edit")
    String edit(@PathVariable String id, Model model) {
        Person person = get(id);
        return edit(person, PersonForm.of(person, organization.addresses(id)), model);
    }

    @PostMapping("/people/{id}/edit")
    String change(
            @PathVariable String id,
            @ModelAttribute("form") PersonForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Person person = get(id);
        return forms.attempt(
                        () -> changes.changePerson(form.person(id), form.addresses(), form.succession()),
                        model,
                        response)
                ? done(id, texts.get("administration.person.changed", form.name()), next)
                : edit(person, form, model);
    }

    private String edit(Person person, PersonForm form, Model model) {
        changes.requireAdministrator();
        about(person, model);
        choices(form.roles(), model);
        model.addAttribute("form", form);
        model.addAttribute("action", "/administration/people/" + person.id() + "/edit");
        return "administration-person-form";
    }

    @GetMapping("/people/{id}/posts")
    String posts(@PathVariable String id, @RequestParam(required = false) String unit, Model model) {
        Person person = get(id);
        Set<Role> roles = person.furtherPosts().stream()
                .filter(post -> post.unitCode().equals(unit))
                .findFirst()
                .map(Post::roles)
                .orElse(Set.of());
        return posts(person, new PostForm(unit, roles, null, null), model);
    }

    @PostMapping("/people/{id}/posts")
    String putPost(
            @PathVariable String id,
            @ModelAttribute("form") PostForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return changePosts(
                id,
                form,
                () -> changes.putPost(id, new Post(form.unit(), chosen(form.roles())), form.succession()),
                "administration.post.saved",
                model,
                response,
                next);
    }

    @PostMapping("/people/{id}/posts/removal")
    String removePost(
            @PathVariable String id,
            @ModelAttribute("form") PostForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return changePosts(
                id,
                form,
                () -> changes.removePost(id, Objects.requireNonNullElse(form.unit(), ""), form.succession()),
                "administration.post.removed",
                model,
                response,
                next);
    }

    private String changePosts(
            String id,
            PostForm form,
            Runnable change,
            String done,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        Person person = get(id);
        return forms.attemptOnce(change, model, response)
                ? done(id, texts.get(done, person.name(), organization.unitName(form.unit())), next)
                : posts(person, form, model);
    }

    private String posts(Person person, PostForm form, Model model) {
        changes.requireAdministrator();
        about(person, model);
        choices(form.roles(), model);
        model.addAttribute("form", form);
        model.addAttribute("held", person.furtherPosts().stream().anyMatch(post -> post.unitCode()
                .equals(form.unit())));
        return "administration-person-posts";
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
                ? done(id, texts.get(done, registered.person().name()), next)
                : leave(registered, form, model);
    }

    private String leave(RegisteredPerson registered, LeaveForm form, Model model) {
        changes.requireAdministrator();
        Person person = organization.person(registered.person().id()).orElse(registered.person());
        about(person, model);
        model.addAttribute("form", form);
        model.addAttribute("here", registered.active());
        return "administration-person-leave";
    }

    private void choices(Set<Role> chosen, Model model) {
        model.addAttribute("units", view.units(each -> true));
        model.addAttribute("roles", view.roles());
        model.addAttribute("chosen", chosen(chosen).stream().map(Role::name).toList());
    }

    /** A form in which no box is ticked sends none. */
    private static Set<Role> chosen(Set<Role> roles) {
        return roles == null || roles.isEmpty() ? Collections.emptySet() : EnumSet.copyOf(roles);
    }

    private RegisteredPerson registered(String id) {
        return organization
                .registered(id)
                .orElseThrow(() -> RefusedException.notFound("organization.person.unknown", id));
    }

    private Person get(String id) {
        return organization.person(id).orElseThrow(() -> RefusedException.notFound("organization.person.unknown", id));
    }

    /** To the person's page, which says what was done. */
    private static String done(String id, String text, RedirectAttributes next) {
        next.addFlashAttribute("done", text);
        return "redirect:/administration/people/" + id;
    }
}
