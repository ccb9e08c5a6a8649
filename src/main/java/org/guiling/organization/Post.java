package org.guiling.organization;

import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;

/**
 * A post (岗位): what somebody does in a unit.
 *
 * @param id null for the main post (主岗), which has no dates
 * @param from the first day; null for the main post
 * @param to the last day; null without an end
 */
public record Post(Long id, String unitCode, Set<Role> roles, LocalDate from, LocalDate to) {

    Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        roles.forEach(role -> groups.add(role.group(unitCode)));
        return groups;
    }
}
