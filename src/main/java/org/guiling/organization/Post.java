package org.guiling.organization;

import java.util.Set;
import java.util.TreeSet;

/** A post (岗位): what somebody does in a unit. */
public record Post(String unitCode, Set<Role> roles) {

    Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        roles.forEach(role -> groups.add(role.group(unitCode)));
        return groups;
    }
}
