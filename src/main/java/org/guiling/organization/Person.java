package org.guiling.organization;

import java.util.Set;
import java.util.TreeSet;

/** Somebody who signs on. Carries no secret: the password stays with {@link Organization}. */
public record Person(String id, String name, String unitCode, Set<Role> roles) {

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** The engine's groups that this person belongs to. */
    public Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        roles.forEach(role -> groups.add(role.group(unitCode)));
        return groups;
    }
}
