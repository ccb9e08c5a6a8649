package org.guiling.web.administration;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.PersonFilter;
import org.guiling.organization.RegisteredPerson;
import org.guiling.organization.Role;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.web.support.SearchWords;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The people of the organization, for an administrator: found by name, unit and role. */
@Controller
@RequestMapping("/administration/people")
public class PeoplePages {

    private static final int PAGE = 50;
    private static final int LAST_PAGE = 100_000;

    private final Organization organization;
    private final OrganizationChanges changes;
    private final OrganizationView view;
    private final PersonSuggestions suggestions;
    private final SearchWords searchWords;

    PeoplePages(
            Organization organization,
            OrganizationChanges changes,
            OrganizationView view,
            PersonSuggestions suggestions,
            SearchWords searchWords) {
        this.organization = organization;
        this.changes = changes;
        this.view = view;
        this.suggestions = suggestions;
        this.searchWords = searchWords;
    }

    /** @param posts the main one first, each with its roles */
    record Line(String id, String name, List<String> posts) {}

    @GetMapping
    String people(
            @RequestParam(required = false) String text,
            @RequestParam(required = false) String unit,
            @RequestParam(required = false) Role role,
            @RequestParam(defaultValue = "false") boolean left,
            @RequestParam(required = false) String search,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        changes.requireAdministrator();
        PersonFilter filter = new PersonFilter(text, unit, role, left);
        model.addAttribute("filter", filter);
        model.addAttribute("words", searchWords.parameter(text));
        model.addAttribute("forgotten", SearchWords.isForgotten(search, text));
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

    /** Searches by the form, which sends its words in the body, and leads to the list. */
    @PostMapping("/search")
    String search(HttpServletRequest form) {
        changes.requireAdministrator();
        return "redirect:" + searchWords.address("/administration/people", form);
    }

    /** People whom a field suggests for the text in it, as the options of its list; a name comes in the body. */
    @PostMapping("/suggestions")
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
}
