package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.Set;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Post;
import org.guiling.organization.Role;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.OrganizationChanges.Succession;
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

/** The posts of a person beside the main one, for an administrator. */
@Controller
@RequestMapping("/administration/people/{id}/posts")
public class PostPages {

    private final Organization organization;
    private final OrganizationChanges changes;
    private final PersonView personView;
    private final AdministrationForms forms;
    private final Texts texts;

    PostPages(
            Organization organization,
            OrganizationChanges changes,
            PersonView personView,
            AdministrationForms forms,
            Texts texts) {
        this.organization = organization;
        this.changes = changes;
        this.personView = personView;
        this.forms = forms;
        this.texts = texts;
    }

    /** A post beside the main one as entered. */
    record PostForm(String unit, Set<Role> roles, String successor, String reason) {

        Succession succession() {
            return new Succession(successor, reason);
        }
    }

    @GetMapping
    String posts(@PathVariable String id, @RequestParam(required = false) String unit, Model model) {
        Person person = personView.get(id);
        Set<Role> roles = person.furtherPosts().stream()
                .filter(post -> post.unitCode().equals(unit))
                .findFirst()
                .map(Post::roles)
                .orElse(Set.of());
        return posts(person, new PostForm(unit, roles, null, null), model);
    }

    @PostMapping
    String putPost(
            @PathVariable String id,
            @ModelAttribute("form") PostForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        return changePosts(
                id,
                form,
                () -> changes.putPost(id, new Post(form.unit(), PersonView.chosen(form.roles())), form.succession()),
                "administration.post.saved",
                model,
                response,
                next);
    }

    @PostMapping("/removal")
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
        Person person = personView.get(id);
        return forms.attemptOnce(change, model, response)
                ? PersonView.done(id, texts.get(done, person.name(), organization.unitName(form.unit())), next)
                : posts(person, form, model);
    }

    private String posts(Person person, PostForm form, Model model) {
        changes.requireAdministrator();
        personView.addTo(model, person);
        personView.addChoicesTo(model, form.roles());
        model.addAttribute("form", form);
        model.addAttribute("held", person.furtherPosts().stream().anyMatch(post -> post.unitCode()
                .equals(form.unit())));
        return "administration-person-posts";
    }
}
