package org.guiling.item.access;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
    private static final String OWN = """
            (item.lead_unit = any (:scopeOwnUnits) or item.co_units && cast(:scopeOwnUnits as text[]) or item.registered_by = :scopePerson
            or item.parent_no is not null and item.item_no in (
                with recursive part as (
                    select led.item_no from item led where led.lead_unit = any (:scopeOwnUnits)
                    union select below.item_no from item below join part on below.parent_no = part.item_no)
                select item_no from part)
            or item.id in (select item_id from to_do
                where assignee = :scopePerson or group_id = any (:scopeGroups)))""";
    private static final String OF_THE_CITY_CONDITION = "(item.visibility <> 'RESTRICTED' or " + OWN + ")";
    private static final String BELOW =
            "(item.visibility <> 'RESTRICTED' and (item.lead_unit = any (:scopeUnits) or item.co_units && cast(:scopeUnits as text[])))";
    private static final String VERIFIED = """
            (item.id in (select item_id from verification where :scopePerson = any (verifiers))
            or item.id in (select item_id from joint_finding where first_verifier = :scopePerson or answered_by = :scopePerson)
            or item.id in (select item_id from look_back where looked_by = :scopePerson)
            or item.item_no in (select item_no from spot_check_visit where :scopePerson = any (visitors)))""";

    private static final String WORKED_WITH = """
            (item.registered_by = :scopePerson or item.handler = :scopePerson or item.id in (select item_id from to_do
                where assignee = :scopePerson or group_id = any (:scopeGroups)))""";

    private final String condition;
    private final Map<String, Object> parameters;

    private DataScope(String condition, Map<String, Object> parameters) {
        this.condition = condition;
        this.parameters = parameters;
    }

    /** @param unitAndBelow the units of the person's posts and all below them */
    static DataScope of(Person person, Set<String> unitAndBelow) {
        if (person.allRoles().stream().anyMatch(OF_THE_LEADING_GROUP::contains)) {
            return new DataScope(EVERYTHING, Map.of());
        }
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("scopePerson", person.id());
        parameters.put("scopeOwnUnits", person.unitCodes().toArray(String[]::new));
        parameters.put("scopeGroups", person.groups().toArray(String[]::new));
        String condition = OF_THE_CITY_CONDITION;
        if (!isOfTheCity(person)) {
            parameters.put("scopeUnits", unitAndBelow.toArray(String[]::new));
            condition = "(" + OWN + " or " + BELOW + (person.has(Role.VERIFIER) ? " or " + VERIFIED : "") + ")";
        }
        return new DataScope(condition, parameters);
    }

    /** True where the person sees the whole city, but for what is restricted. */
    static boolean isOfTheCity(Person person) {
        return person.allRoles().stream().anyMatch(OF_THE_CITY::contains);
    }

    /** The condition on {@code item}; its parameters are {@link #parameters()}. */
    public String sql() {
        return condition;
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

    boolean isEverything() {
        return condition.equals(EVERYTHING);
    }
}
