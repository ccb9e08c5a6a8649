package org.guiling.engine.form;

import java.util.List;
import java.util.Map;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.springframework.stereotype.Component;

/** The options of forms that are units or people. */
@Component
class OrganizationOptions {

    private final Organization organization;

    OrganizationOptions(Organization organization) {
        this.organization = organization;
    }

    List<Map<String, String>> units() {
        return of(organization.units());
    }

    List<Map<String, String>> handlers(String unit) {
        return ofPeople(organization.people(unit, Role.HANDLER));
    }

    List<Map<String, String>> verifiers() {
        return ofPeople(organization.people(Role.VERIFIER));
    }

    static List<Map<String, String>> of(List<Unit> units) {
        return units.stream().map(unit -> option(unit.name(), unit.code())).toList();
    }

    private static List<Map<String, String>> ofPeople(List<Person> people) {
        return people.stream().map(person -> option(person.name(), person.id())).toList();
    }

    private static Map<String, String> option(String label, String value) {
        return Map.of("label", label, "value", value);
    }
}
