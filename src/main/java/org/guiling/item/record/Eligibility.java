package org.guiling.item.record;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Superiors;
import org.guiling.organization.substitution.Substitutions;
import org.springframework.stereotype.Component;

/** Finds the people who may act at an item: neither the four eyes nor their units stand in the way. */
@Component
public class Eligibility {

    private final FourEyes fourEyes;
    private final VerificationTeam team;
    private final Organization organization;
    private final Superiors superiors;
    private final Substitutions substitutions;

    Eligibility(
            FourEyes fourEyes,
            VerificationTeam team,
            Organization organization,
            Superiors superiors,
            Substitutions substitutions) {
        this.fourEyes = fourEyes;
        this.team = team;
        this.organization = organization;
        this.superiors = superiors;
        this.substitutions = substitutions;
    }

    public boolean isEligible(Person person, Action action, Item item) {
        return fourEyes.conflict(item, action, person).isEmpty() && team.admits(person, action, item);
    }

    /** Those of these people who may act; in the same order. */
    public List<Person> among(List<Person> people, Action action, Item item) {
        return fourEyes.unhindered(item, action, people).stream()
                .filter(person -> team.admits(person, action, item))
                .toList();
    }

    /**
     * Those of a group who are here and may act at the item, whoever acts for somebody among them; where nobody may, those
     * above, who can have somebody else act for the absent, and above the head the administrators, who enter that.
     */
    public List<Person> ofGroup(String group, Action action, Item item) {
        return ofGroup(group, organization.peopleOf(group), action, item);
    }

    /** @param people of the group, for whoever asks of many items */
    public List<Person> ofGroup(String group, List<Person> people, Action action, Item item) {
        List<Person> may = among(people, action, item);
        Set<String> absent = substitutions.absentOf(may.stream().map(Person::id).toList());
        List<Person> here =
                may.stream().filter(person -> !absent.contains(person.id())).toList();
        return Stream.of(here, superiors.of(group), organization.people(Role.ADMINISTRATOR))
                .filter(rank -> !rank.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
