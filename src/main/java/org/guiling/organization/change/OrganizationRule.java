package org.guiling.organization.change;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.guiling.organization.Addresses;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.refusal.RefusedException;

/** Rules of units and people that each keeps by itself; every method refuses ({@link RefusedException}) what does not. */
final class OrganizationRule {

    private static final Pattern UNIT_CODE = Pattern.compile("[a-z0-9-]{1,60}");
    /** The engine takes no other beginning ({@code general-resource-whitelist-pattern}). */
    private static final Pattern PERSON_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,180}");
    private static final int LONGEST_NAME = 100;

    private OrganizationRule() {}

    /** Administrators are audited by somebody else (三员分立), whatever their posts. */
    static void requireSeparated(Person person) {
        if (person.has(Role.ADMINISTRATOR) && person.has(Role.AUDIT_ADMINISTRATOR)) {
            throw RefusedException.conflictAt("roles", "organization.person.audits-themself", person.name());
        }
    }

    static void requireReadable(Unit unit) {
        if (unit.code() == null || !UNIT_CODE.matcher(unit.code()).matches()) {
            throw RefusedException.invalid("code", "organization.unit.code");
        }
        requireName(unit.name());
        if (unit.tier() == null) {
            throw RefusedException.invalid("tier", "organization.unit.tier-missing");
        }
    }

    static void requireReadable(Person person) {
        if (person.id() == null || !PERSON_ID.matcher(person.id()).matches()) {
            throw RefusedException.invalid("id", "organization.person.id");
        }
        requireName(person.name());
        requireRoles(person.roles());
    }

    static void requireReadable(Addresses addresses) {
        String email = addresses.email();
        if (email != null && !email.isEmpty() && !EMAIL.matcher(email).matches()) {
            throw RefusedException.invalid("email", "organization.person.email");
        }
    }

    private static void requireName(String name) {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw RefusedException.invalid("name", "organization.name", LONGEST_NAME);
        }
    }

    static void requireRoles(Set<Role> roles) {
        if (roles == null || roles.isEmpty() || roles.stream().anyMatch(Objects::isNull)) {
            throw RefusedException.invalid("roles", "organization.roles");
        }
    }
}
