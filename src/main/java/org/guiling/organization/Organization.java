package org.guiling.organization;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.guiling.time.OfficeClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The organization as it stands: its units, and the people who are there today with what they may do. */
@Repository
public class Organization {

    /** With the further posts and for whom the person acts today. */
    private static final String PERSON = """
            select id, name, unit_code, roles,
                   array(select post.unit_code || ' ' || array_to_string(post.roles, ' ') from post
                         where post.person = person.id order by post.unit_code) as further_posts,
                   array(select absent from substitution
                         where substitute = person.id and state = 'IN_FORCE' and :today between from_on and until_on
                         order by id) as absentees
            from person where enabled
            """;

    private static final String AT_UNIT =
            "and (unit_code = :unit or exists (select from post where post.person = person.id and post.unit_code = :unit))";

    /** Stands for the password of an existing person, which is never overwritten. */
    private static final String KEPT = "kept";

    private final Units units;
    private final PersonNames names;
    private final RegisteredPeople registered;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final OfficeClock clock;

    Organization(
            Units units,
            PersonNames names,
            RegisteredPeople registered,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            OfficeClock clock) {
        this.units = units;
        this.names = names;
        this.registered = registered;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** The units that are open, the upper tiers first. */
    public List<Unit> units() {
        return units.open();
    }

    /** All units, also those that were closed. */
    public List<Unit> unitsEver() {
        return units.ever();
    }

    /** True where there is such a unit today. */
    public boolean isOpen(String code) {
        return units.isOpen(code);
    }

    /** The unit, also one that was closed: history names it. */
    public Optional<Unit> unit(String code) {
        return units.find(code);
    }

    /** Name of the unit, also of one that was closed; the code itself where there never was such a unit. */
    public String unitName(String code) {
        return units.name(code);
    }

    /** The unit's code and those of all units below it; empty when there is no such unit. */
    public Set<String> withBelow(String code) {
        return units.withBelow(code);
    }

    public List<Person> people() {
        return list(people("order by id"));
    }

    /** The number of people who have a post. */
    public int countPeople() {
        return jdbc.sql("select count(*) from person where enabled")
                .query(Integer.class)
                .single();
    }

    /** A page of the people, by account. */
    public List<Person> people(int offset, int limit) {
        return list(people("order by id offset :offset limit :limit")
                .param("offset", offset)
                .param("limit", limit));
    }

    public Optional<Person> person(String id) {
        return list(people("and id = :id").param("id", id)).stream().findFirst();
    }

    /** Name of the person, also of somebody who has left; the id itself where there never was such a person. */
    public String personName(String id) {
        return id == null ? null : personNames(List.of(id)).getOrDefault(id, id);
    }

    /** Names of these people by their ids, with one query; ids that never existed are left out. */
    public Map<String, String> personNames(Collection<String> ids) {
        return names.of(ids);
    }

    /**
     * The accounts of those people who have exactly this name, by id.
     *
     * @param limit the most that are given
     */
    public List<String> accountsNamed(String name, int limit) {
        return jdbc.sql("select id from person where enabled and name = ? order by id limit ?")
                .params(name.replace("\0", ""), limit)
                .query(String.class)
                .list();
    }

    /** Somebody who is there or ever was. */
    public Optional<RegisteredPerson> registered(String id) {
        return registered.find(id);
    }

    /** Number of people that the filter finds. */
    public int count(PersonFilter filter) {
        return registered.count(filter);
    }

    /** A page of the people whom the filter finds, by unit and account. */
    public List<RegisteredPerson> search(PersonFilter filter, int offset, int limit) {
        return registered.search(filter, offset, limit);
    }

    /** The people with a post in the unit that has the role. */
    public List<Person> people(String unitCode, Role role) {
        return list(people("""
                        and (unit_code = :unit and :role = any (roles) or exists (
                            select from post
                            where post.person = person.id and post.unit_code = :unit and :role = any (post.roles)))
                        order by id""").param("unit", unitCode).param("role", role.name()));
    }

    /** The people who hold the role, in any unit. */
    public List<Person> people(Role role) {
        return list(people("""
                        and (:role = any (roles) or exists (
                            select from post where post.person = person.id and :role = any (post.roles)))
                        order by id""").param("role", role.name()));
    }

    private JdbcClient.StatementSpec people(String which) {
        return jdbc.sql(PERSON + which).param("today", clock.today());
    }

    private List<Person> list(JdbcClient.StatementSpec people) {
        return people.query(Organization::found).list().stream()
                .map(found -> found.person(absentees(found)))
                .toList();
    }

    /** A substitute is not absent themselves, so this does not recurse. */
    private List<Person> absentees(Found found) {
        return found.absentees().isEmpty()
                ? List.of()
                : people("and id = any (:ids) order by id")
                        .param("ids", found.absentees().toArray(String[]::new))
                        .query(Organization::found)
                        .list()
                        .stream()
                        .map(absent -> absent.person(List.of()))
                        .toList();
    }

    /** The people of one of the engine's groups: of a role, or of a role in a unit. */
    public List<Person> peopleOf(String group) {
        Optional<Role> role = Role.ofGroup(group);
        if (role.isEmpty()) {
            return List.of();
        }
        return list(people("""
                        and (:role = any (roles)
                          or exists (select from post where post.person = person.id and :role = any (post.roles))
                          or exists (
                              select from substitution
                              where substitute = person.id and state = 'IN_FORCE' and :today between from_on and until_on))
                        order by id""").param("role", role.get().name())).stream()
                .filter(person -> person.groups().contains(group))
                .toList();
    }

    /** Those of the people who are in the organization, by id. */
    public List<Person> people(Collection<String> ids) {
        return list(people("and id = any (:ids) order by id").param("ids", ids.toArray(String[]::new)));
    }

    /**
     * Writes a person, new or changed. An existing person keeps the password: only they may change it.
     *
     * @param initialPasswordHash of somebody new; not read, and may be null, for an existing person
     * @throws OptimisticLockingFailureException when somebody else adds the same person at the same moment
     */
    @Transactional
    public void save(Person person, String initialPasswordHash) {
        // Waits for a change of the same moment: the audit trail tells its outcome as the state before.
        jdbc.sql("select from person where id = ? for no key update")
                .param(person.id())
                .query((row, index) -> true)
                .list();
        Person before = person(person.id()).orElse(null);
        if (before != null && before.isDescribedAs(person)) {
            return;
        }
        int written = jdbc.sql("""
                        insert into person (id, name, unit_code, password_hash, roles) values (?, ?, ?, ?, ?)
                        on conflict (id) do update
                        set name = excluded.name, unit_code = excluded.unit_code, roles = excluded.roles,
                            enabled = true
                        where ? or not person.enabled""")
                .params(
                        person.id(),
                        person.name(),
                        person.unitCode(),
                        before == null ? initialPasswordHash : KEPT,
                        names(person.roles()),
                        before != null)
                .update();
        if (written == 0) {
            throw new OptimisticLockingFailureException(person.id() + " was added by somebody else");
        }
        names.forget();
        changed(person.id(), before);
    }

    /** The person leaves: signs on no more, and stays in the history. */
    public void disable(Person person) {
        jdbc.sql("delete from post where person = ?").param(person.id()).update();
        jdbc.sql("update person set enabled = false where id = ?")
                .param(person.id())
                .update();
        changed(person.id(), person);
    }

    public void savePost(Person person, Post post) {
        jdbc.sql("""
                        insert into post (person, unit_code, roles) values (?, ?, ?)
                        on conflict (person, unit_code) do update set roles = excluded.roles""").params(person.id(), post.unitCode(), names(post.roles())).update();
        changed(person.id(), person);
    }

    public void removePost(Person person, String unitCode) {
        jdbc.sql("delete from post where person = ? and unit_code = ?")
                .params(person.id(), unitCode)
                .update();
        changed(person.id(), person);
    }

    /** Everybody who has a post in the unit. */
    public List<Person> peopleAt(String unitCode) {
        return peopleAt(unitCode, 0, Integer.MAX_VALUE);
    }

    /** The number of people who have a post in the unit. */
    public int countAt(String unitCode) {
        return jdbc.sql("select count(*) from person where enabled " + AT_UNIT)
                .param("unit", unitCode)
                .query(Integer.class)
                .single();
    }

    /** A page of those who have a post in the unit, by account. */
    public List<Person> peopleAt(String unitCode, int offset, int limit) {
        return list(people(AT_UNIT + " order by id offset :offset limit :limit")
                .param("unit", unitCode)
                .param("offset", offset)
                .param("limit", limit));
    }

    /**
     * The heads of a unit and the number of people who have a post in it.
     *
     * @param heads names, by the account (单位负责人)
     */
    public record Staff(List<String> heads, int people) {}

    /** The staff of these units by their code; a unit without people is left out. */
    public Map<String, Staff> staffOf(Collection<String> unitCodes) {
        Map<String, Staff> staff = new HashMap<>();
        jdbc.sql("""
                        select unit_code, count(*) as people,
                               coalesce(array_agg(name order by id) filter (where :head = any (roles)), '{}') as heads
                        from (select id, name, unit_code, roles from person where enabled and unit_code = any (:units)
                              union all
                              select person.id, person.name, post.unit_code, post.roles from post
                                  join person on person.id = post.person and person.enabled
                              where post.unit_code = any (:units)) appointed
                        group by unit_code""")
                .param("head", Role.UNIT_LEADER.name())
                .param("units", unitCodes.toArray(String[]::new))
                .query((ResultSet row) -> {
                    staff.put(
                            row.getString("unit_code"),
                            new Staff(PersonRows.texts(row, "heads"), row.getInt("people")));
                });
        return staff;
    }

    /** Serializes transactions that add the same person: the second one waits, and finds the person there. */
    public void lockPerson(String id) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("person " + id)
                .query((row, index) -> true)
                .list();
    }

    /** Tells that what somebody may do has changed. */
    public void changed(String personId, Person before) {
        events.publishEvent(new PersonChanged(personId, before, person(personId).orElse(null)));
    }

    private static String[] names(Set<Role> roles) {
        return roles.stream().map(Enum::name).sorted().toArray(String[]::new);
    }

    /** Addresses of a person outside this application; empty ones for somebody who does not exist. */
    public Addresses addresses(String personId) {
        return jdbc.sql("select email, wecom_user_id, dingtalk_user_id from person where id = ?")
                .param(personId)
                .query(PersonRows::addresses)
                .optional()
                .orElse(new Addresses(null, null, null));
    }

    /** Writes where an existing person is reached; what is null or empty is not known from then on. */
    @Transactional
    public void save(String personId, Addresses addresses) {
        Addresses before = addresses(personId);
        jdbc.sql("""
                        update person set email = nullif(?, ''), wecom_user_id = nullif(?, ''),
                               dingtalk_user_id = nullif(?, '')
                        where id = ?""")
                .params(addresses.email(), addresses.wecomUserId(), addresses.dingtalkUserId(), personId)
                .update();
        Addresses after = addresses(personId);
        if (!after.equals(before)) {
            events.publishEvent(new AddressesChanged(personId, before, after));
        }
    }

    /** A row of somebody, before those for whom they act are read. */
    private record Found(
            String id, String name, String unitCode, Set<Role> roles, List<Post> posts, List<String> absentees) {

        Person person(List<Person> absent) {
            return new Person(id, name, unitCode, roles, posts, absent);
        }
    }

    private static Found found(ResultSet row, int index) throws SQLException {
        return new Found(
                row.getString("id"),
                row.getString("name"),
                row.getString("unit_code"),
                PersonRows.roles(PersonRows.texts(row, "roles").stream()),
                PersonRows.texts(row, "further_posts").stream()
                        .map(PersonRows::post)
                        .toList(),
                PersonRows.texts(row, "absentees"));
    }
}
