package org.guiling.web.administration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.PersonFilter;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.guiling.web.administration.OrganizationView.Choice;
import org.springframework.stereotype.Component;

/** A field that names one of thousands of people: suggestions while somebody types, and the account that the text means. */
@Component
class PersonSuggestions {

    private static final int SHOWN = 20;
    private static final Pattern ACCOUNT = Pattern.compile("[(（]([^()（）]+)[)）]\\s*$");

    private final Organization organization;
    private final OrganizationView view;

    PersonSuggestions(Organization organization, OrganizationView view) {
        this.organization = organization;
        this.view = view;
    }

    /**
     * The first people who fit, each as name and account with their post.
     *
     * @param text in the name or the account; null or blank for anybody
     * @param role null for any
     */
    List<Choice> of(String text, Role role) {
        String sought = text == null ? null : account(text);
        return organization.search(new PersonFilter(sought, null, role, false), 0, SHOWN).stream()
                .map(found -> new Choice(view.person(found.person()), post(found.person(), role)))
                .toList();
    }

    /** The post by which somebody fits; those of a name are told apart by it. */
    private String post(Person person, Role role) {
        return person.ownPosts()
                .filter(post -> role == null || post.roles().contains(role))
                .findFirst()
                .map(view::post)
                .orElse("");
    }

    /** The person as the field shows them; the text itself where it is no account. */
    String shown(String account) {
        return account == null
                ? null
                : organization.person(account).map(view::person).orElse(account);
    }

    /**
     * The account of the person that somebody entered: a suggestion, an account, or a name that only one person has. A text
     * that means nobody is given back for the change to refuse.
     *
     * @param entered null for nothing entered
     * @throws RefusedException when several people have the name
     */
    String account(String field, String entered) {
        if (entered == null) {
            return null;
        }
        String account = account(entered);
        if (organization.person(account).isPresent()) {
            return account;
        }
        List<String> named = organization.accountsNamed(entered.strip(), 2);
        if (named.size() > 1) {
            throw RefusedException.invalid(field, "administration.person.several", entered.strip());
        }
        return named.isEmpty() ? account : named.get(0);
    }

    private static String account(String entered) {
        Matcher matcher = ACCOUNT.matcher(entered);
        return (matcher.find() ? matcher.group(1) : entered).strip();
    }
}
