package org.guiling.organization;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The units and people of the city. Units change once in a great while and are asked for all the time: they are kept. */
@Repository
public class Organization {

    private static final String PERSON = "select id, name, unit_code, roles from person where enabled ";

    /** How long a unit that another node added may stay unknown to this one. */
    private static final Duration UNITS_KEPT = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private volatile KeptUnits keptUnits;

    private record KeptUnits(Map<String, Unit> byCode, Map<String, Set<String>> withBelow, long readAt) {

        boolean isFresh() {
            return System.nanoTime() - readAt < UNITS_KEPT.toNanos();
        }
    }

    Organization(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<Unit> units() {
        return List.copyOf(unitsByCode().values());
    }

    public Optional<Unit> unit(String code) {
        return Optional.ofNullable(unitsByCode().get(code));
    }

    /** The unit's code and those of all units below it; empty when there is no such unit. */
    public Set<String> withBelow(String code) {
        return keptUnits().withBelow().getOrDefault(code, Set.of());
    }

    private Map<String, Unit> unitsByCode() {
        return keptUnits().byCode();
    }

    private KeptUnits keptUnits() {
        KeptUnits kept = keptUnits;
        if (kept == null || !kept.isFresh()) {
            Map<String, Unit> byCode = new LinkedHashMap<>();
            jdbc.sql("select code, name, tier, parent_code from unit order by tier, code")
                    .query(Organization::unit)
                    .list()
                    .forEach(unit -> byCode.put(unit.code(), unit));
            kept = new KeptUnits(byCode, closure(byCode), System.nanoTime());
            keptUnits = kept;
        }
        return kept;
    }

    /** Each unit with all below it: every unit is added to those above it, once. */
    private static Map<String, Set<String>> closure(Map<String, Unit> byCode) {
        Map<String, Set<String>> withBelow = new HashMap<>();
        byCode.keySet().forEach(code -> withBelow.put(code, new TreeSet<>()));
        byCode.values().forEach(unit -> {
            Unit above = unit;
            while (above != null && withBelow.get(above.code()).add(unit.code())) {
                above = above.parentCode() == null ? null : byCode.get(above.parentCode());
            }
        });
        withBelow.replaceAll((code, codes) -> Collections.unmodifiableSet(codes));
        return withBelow;
    }

    public List<Person> people() {
        return jdbc.sql(PERSON + "order by id").query(Organization::person).list();
    }

    public Optional<Person> person(String id) {
        return jdbc.sql(PERSON + "and id = ?")
                .param(id)
                .query(Organization::person)
                .optional();
    }

    /** The people of a unit who hold the role. */
    public List<Person> people(String unitCode, Role role) {
        return jdbc.sql(PERSON + "and unit_code = ? and ? = any (roles) order by id")
                .params(unitCode, role.name())
                .query(Organization::person)
                .list();
    }

    /** The people who hold the role, in any unit. */
    public List<Person> people(Role role) {
        return jdbc.sql(PERSON + "and ? = any (roles) order by id")
                .param(role.name())
                .query(Organization::person)
                .list();
    }

    /** The people of one of the engine's groups: of a role, or of a role in a unit. */
    public List<Person> peopleOf(String group) {
        return people().stream()
                .filter(person -> person.groups().contains(group))
                .toList();
    }

    /** The stored hash of an enabled person's password. */
    public Optional<String> passwordHash(String personId) {
        return jdbc.sql("select password_hash from person where enabled and id = ?")
                .param(personId)
                .query(String.class)
                .optional();
    }

    /** Writes a unit, new or changed. */
    @Transactional
    public void save(Unit unit) {
        jdbc.sql("""
                        insert into unit (code, name, tier, parent_code) values (?, ?, ?, ?)
                        on conflict (code) do update
                        set name = excluded.name, tier = excluded.tier, parent_code = excluded.parent_code""")
                .params(unit.code(), unit.name(), unit.tier().name(), unit.parentCode())
                .update();
        keptUnits = null;
    }

    /** Writes a person, new or changed. An existing person keeps the password: only they may change it. */
    @Transactional
    public void save(Person person, String initialPasswordHash) {
        jdbc.sql("""
                        insert into person (id, name, unit_code, password_hash, roles) values (?, ?, ?, ?, ?)
                        on conflict (id) do update
                        set name = excluded.name, unit_code = excluded.unit_code, roles = excluded.roles""")
                .params(
                        person.id(),
                        person.name(),
                        person.unitCode(),
                        initialPasswordHash,
                        person.roles().stream().map(Enum::name).sorted().toArray(String[]::new))
                .update();
    }

    /** Writes the hash of a password that the person has chosen. */
    @Transactional
    public void changePassword(String personId, String passwordHash) {
        jdbc.sql("update person set password_hash = ? where id = ?")
                .params(passwordHash, personId)
                .update();
    }

    /** Writes the same password under a better hash, unless it was changed meanwhile. */
    @Transactional
    public void rehashPassword(String personId, String oldHash, String newHash) {
        jdbc.sql("update person set password_hash = ? where id = ? and password_hash = ?")
                .params(newHash, personId, oldHash)
                .update();
    }

    /** Where a person is reached outside; nowhere, for somebody who does not exist. */
    public Addresses addresses(String personId) {
        return jdbc.sql("select email, wecom_user_id, dingtalk_user_id from person where id = ?")
                .param(personId)
                .query((row, index) -> new Addresses(
                        row.getString("email"), row.getString("wecom_user_id"), row.getString("dingtalk_user_id")))
                .optional()
                .orElse(new Addresses(null, null, null));
    }

    /** Writes where an existing person is reached; what is null or empty is not known from then on. */
    @Transactional
    public void save(String personId, Addresses addresses) {
        jdbc.sql("""
                        update person set email = nullif(?, ''), wecom_user_id = nullif(?, ''),
                               dingtalk_user_id = nullif(?, '')
                        where id = ?""")
                .params(addresses.email(), addresses.wecomUserId(), addresses.dingtalkUserId(), personId)
                .update();
    }

    private static Unit unit(ResultSet row, int index) throws SQLException {
        return new Unit(
                row.getString("code"),
                row.getString("name"),
                Tier.valueOf(row.getString("tier")),
                row.getString("parent_code"));
    }

    private static Person person(ResultSet row, int index) throws SQLException {
        return new Person(row.getString("id"), row.getString("name"), row.getString("unit_code"), roles(row));
    }

    private static Set<Role> roles(ResultSet row) throws SQLException {
        Array array = row.getArray("roles");
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream((String[]) array.getArray()).map(Role::valueOf).forEach(roles::add);
        return roles;
    }
}
