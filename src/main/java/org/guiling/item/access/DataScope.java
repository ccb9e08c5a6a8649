package org.guiling.item.access;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.guiling.item.Visibility;
import org.guiling.item.todo.PersonalData;
import org.guiling.organization.Person;
import org.guiling.organization.Role;

/**
 * The items that a person may see (数据范围). The leading group and its office see all of their city; a unit sees what it
 * and the units below it lead or help with, and the parts of what it leads; whoever something waits for sees that item,
 * and a verifier what they verified, looked back at or visited. A restricted item ({@link Visibility#RESTRICTED}) is
 * for the units that work on it, not for those above them, for whoever registered it or has work with it, and for those
 * who decide in the leading group.
 *
 * <p>A condition on the table {@code item}, so that list, figures, export and a single item agree.
 */
public final class DataScope {

    private static final Set<Role> OF_THE_CITY =
            EnumSet.of(Role.REGISTRAR, Role.REVIEWER, Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD);
    private static final Set<Role> OF_THE_LEADING_GROUP =
            EnumSet.of(Role.REVIEWER, Role.SUPERVISOR, Role.LEADER, Role.GROUP_HEAD);

    private static final String EVERYTHING = "true";

    /** Of the item that is open to everybody in the city. */
    private static final String UNRESTRICTED = "item.visibility <> 'RESTRICTED'";

    /** Unclaimed and claimed tasks of a group are two, as their indexes are. */
    private static final String WAITS = """
            item.id in (select item_id from to_do where assignee = :scopePerson
                union all select item_id from to_do where group_id = any (:scopeGroups) and assignee is null
                union all select item_id from to_do where group_id = any (:scopeGroups) and assignee is not null)""";

    private static final List<String> OWN = List.of(
            "item.lead_unit = any (:scopeOwnUnits)",
            "item.co_units && cast(:scopeOwnUnits as text[])",
            "item.registered_by = :scopePerson",
            """
            item.id in (
                with recursive part as (
                    select led.item_id from item_clock led where led.lead_unit = any (:scopeOwnUnits) and led.whole
                    union select below.item_id from item_clock below join part on below.whole_id = part.item_id)
                select item_id from part)""",
            WAITS);
    private static final List<String> BELOW = List.of(
            UNRESTRICTED + " and item.lead_unit = any (:scopeUnits)",
            UNRESTRICTED + " and item.co_units && cast(:scopeUnits as text[])");
    private static final List<String> VERIFIED = List.of(
            "item.id in (select item_id from verification where verifiers @> array[cast(:scopePerson as text)])",
            "item.id in (select item_id from joint_finding where first_verifier = :scopePerson or answered_by = :scopePerson)",
            "item.id in (select item_id from look_back where looked_by = :scopePerson)",
            "item.item_no in (select item_no from spot_check_visit where visitors @> array[cast(:scopePerson as text)])");

    private static final String WORKED_WITH =
            "(item.registered_by = :scopePerson or item.handler = :scopePerson or " + WAITS + ")";

    private final String condition;
    private final String conditionOfLists;
    private final String hidden;
    private final Map<String, Object> parameters;

    private DataScope(String condition, String conditionOfLists, String hidden, Map<String, Object> parameters) {
        this.condition = condition;
        this.conditionOfLists = conditionOfLists;
        this.hidden = hidden;
        this.parameters = parameters;
    }

    /** @param unitAndBelow the units of the person's posts and all below them */
    static DataScope of(Person person, Set<String> unitAndBelow) {
        if (person.allRoles().stream().anyMatch(OF_THE_LEADING_GROUP::contains)) {
            return new DataScope(EVERYTHING, EVERYTHING, "false", Map.of());
        }
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("scopePerson", person.id());
        parameters.put("scopeOwnUnits", person.unitCodes().toArray(String[]::new));
        parameters.put("scopeGroups", person.groups().toArray(String[]::new));
        List<String> ways = new ArrayList<>(OWN);
        if (isOfTheCity(person)) {
            String restricted = "item.visibility = 'RESTRICTED' and " + any(ways);
            return new DataScope(
                    any(List.of(UNRESTRICTED, any(ways))),
                    any(List.of(UNRESTRICTED, found(List.of(restricted)))),
                    "item.visibility = 'RESTRICTED' and not " + any(ways),
                    parameters);
        }
        Set<String> below = new TreeSet<>(unitAndBelow);
        below.removeAll(person.unitCodes());
        if (!below.isEmpty()) {
            parameters.put("scopeUnits", below.toArray(String[]::new));
            ways.addAll(BELOW);
        }
        if (person.has(Role.VERIFIER)) {
            ways.addAll(VERIFIED);
        }
        return new DataScope(any(ways), found(ways), null, parameters);
    }

    private static String any(List<String> ways) {
        return ways.stream().collect(Collectors.joining(") or (", "((", "))"));
    }

    /**
     * Each way finds its items by an index of its own, which no index does for all of them. They are gathered first, once for a
     * statement: what a person of a unit sees is little of everything.
     */
    private static String found(List<String> ways) {
        return ways.stream()
                .map(way -> "select item.id from item where " + way)
                .collect(Collectors.joining(" union all ", "item.id = any (array(", "))"));
    }

    /** True where the person sees the whole city, but for what is restricted. */
    static boolean isOfTheCity(Person person) {
        return person.allRoles().stream().anyMatch(OF_THE_CITY::contains);
    }

    /** The condition on {@code item}, for one or a few of them; its parameters are {@link #parameters()}. */
    public String sql() {
        return condition;
    }

    /** The same for lists and figures of all that the person sees, which for people of a unit is little of everything. */
    public String sqlOfLists() {
        return conditionOfLists;
    }

    /**
     * The condition on {@code item} under which the person may read whom a petition is about, in the words of
     * {@link PersonalData#subjectFor}; its parameters are those of {@link #sql()}.
     */
    public String subjectSql() {
        return isEverything() ? EVERYTHING : WORKED_WITH;
    }

    /** Named parameters, all of which begin with {@code scope}. */
    public Map<String, Object> parameters() {
        return parameters;
    }

    /** True where nothing is hidden from the person. */
    public boolean isEverything() {
        return condition.equals(EVERYTHING);
    }

    /**
     * The condition on {@code item} of the little that is hidden from somebody who sees the city, with the parameters of
     * {@link #sql()}; empty where more is.
     */
    public Optional<String> hidden() {
        return Optional.ofNullable(hidden);
    }
}
