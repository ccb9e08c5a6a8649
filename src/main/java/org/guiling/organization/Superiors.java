package org.guiling.organization;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The superiors of those whom a task waits for, who are told where these cannot or do not act: the leaders of the unit,
 * then those of the units above it, then supervisors, deputy heads and the head.
 */
@Component
public class Superiors {

    private static final List<Role> OFFICE = List.of(Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD);

    private final Organization organization;

    Superiors(Organization organization) {
        this.organization = organization;
    }

    /** The nearest above somebody, in their main unit or above it; empty above the head. */
    public List<Person> of(Person person) {
        List<Role> above = OFFICE.stream()
                .filter(role ->
                        OFFICE.stream().filter(person.roles()::contains).allMatch(own -> role.compareTo(own) > 0))
                .toList();
        boolean ofTheOffice = above.size() < OFFICE.size();
        List<String> units = ofTheOffice ? List.of() : upwards(person.unitCode());
        return nearest(
                Stream.concat(
                        units.stream().map(unit -> organization.people(unit, Role.UNIT_LEADER)),
                        above.stream().map(organization::people)),
                person.id());
    }

    /** The nearest above one of the engine's groups; empty above the head. */
    public List<Person> of(String group) {
        Role role = Role.ofGroup(group).orElse(Role.REVIEWER);
        if (role == Role.HANDLER || role == Role.UNIT_LEADER) {
            String unit = Role.unitOfGroup(group);
            List<String> units = upwards(unit);
            return nearest(
                    Stream.concat(
                            units.stream()
                                    .skip(role == Role.UNIT_LEADER ? 1 : 0)
                                    .map(code -> organization.people(code, Role.UNIT_LEADER)),
                            OFFICE.stream().map(organization::people)),
                    null);
        }
        return nearest(
                OFFICE.stream()
                        .filter(above -> !OFFICE.contains(role) || above.compareTo(role) > 0)
                        .map(organization::people),
                null);
    }

    private static List<Person> nearest(Stream<List<Person>> ranks, String except) {
        return ranks.map(rank -> rank.stream()
                        .filter(person -> !person.id().equals(except))
                        .toList())
                .filter(rank -> !rank.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** The unit and those above it, the nearest first. */
    private List<String> upwards(String unitCode) {
        List<String> codes = new ArrayList<>();
        Optional<Unit> unit = organization.unit(unitCode);
        while (unit.isPresent() && !codes.contains(unit.get().code())) {
            codes.add(unit.get().code());
            unit = Optional.ofNullable(unit.get().parentCode()).flatMap(organization::unit);
        }
        return codes;
    }
}
