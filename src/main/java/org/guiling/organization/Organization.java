package org.guiling.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The units and people of the city. Units change once in a great while and are asked for all the time: they are kept. */
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

    private static final String REGISTERED =
            "select id, name, unit_code, roles, enabled, email, wecom_user_id, dingtalk_user_id from person ";

    /** Stands for the password of an existing person, which is never overwritten. */
    private static final String KEPT = "kept";

    /** Maximum time for which a unit or a name that another node changed may be unknown to this one. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private static final int NAMES_KEPT = 10_000;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final OfficeClock clock;
    private final Cache<String, String> keptNames = Caffeine.newBuilder()
            .expireAfterWrite(KEPT_FOR)
            .maximumSize(NAMES_KEPT)
            .build();
    private volatile KeptUnits keptUnits;

    private record KeptUnits(Map<String, Unit> byCode, Map<String, Set<String>> withBelow, long readAt) {

        boolean isFresh() {
            return System.nanoTime() - readAt < KEPT_FOR.toNanos();
        }
    }

    Organization(JdbcClient jdbc, ApplicationEventPublisher events, OfficeClock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** The units that are open, the upper tiers first. */
    public List<Unit> units() {
        return unitsByCode().values().stream().filter(Unit::isOpen).toList();
    }

    /** All units, also those that were closed. */
    public List<Unit> unitsEver() {
        return List.copyOf(unitsByCode().values());
    }

    /** True where there is such a unit today. */
    public boolean isOpen(String code) {
        return unit(code).filter(Unit::isOpen).isPresent();
    }

    /** The unit, also one that was closed: history names it. */
    public Optional<Unit> unit(String code) {
        return Optional.ofNullable(unitsByCode().get(code));
    }

    /** Name of the unit, also of one that was closed; the code itself where there never was such a unit. */
    public String unitName(String code) {
        return unit(code).map(Unit::name).orElse(code);
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
            jdbc.sql("select * from unit order by tier, code")
                    .query(Organization::unit)
                    .list()
                    .forEach(unit -> byCode.put(unit.code(), unit));
            kept = new KeptUnits(byCode, closure(byCode), System.nanoTime());
            // Uncommitted changes of this transaction may still be rolled back, so nobody else may read them.
            if (!TransactionSynchronizationManager.hasResource(this)) {
                keptUnits = kept;
            }
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

    /** Names of these people by their ids, with one query; ids that never existed are left out. */
    public Map<String, String> personNames(Collection<String> ids) {
        // Others do not read changes that this transaction may still roll back.
        boolean changing = TransactionSynchronizationManager.hasResource(keptNames);
        Set<String> asked = new HashSet<>(ids);
        asked.remove(null);
        Map<String, String> names = new HashMap<>(changing ? Map.of() : keptNames.getAllPresent(asked));
        asked.removeAll(names.keySet());
        Map<String, String> read = asked.isEmpty() ? Map.of() : storedNames(asked);
        names.putAll(read);
        if (!changing) {
            keptNames.putAll(read);
        }
        return names;
    }

    private Map<String, String> storedNames(Set<String> ids) {
        Map<String, String> names = new HashMap<>();
        jdbc.sql("select id, name from person where id = any (?)")
                .param(ids.toArray(String[]::new))
                .query(row -> {
                    names.put(row.getString("id"), row.getString("name"));
                });
        return names;
    }

    /** Number of people who are or ever were registered. */
    public int countRegistered() {
        return jdbc.sql("select count(*) from person").query(Integer.class).single();
    }

    /**
     * The people that there are and ever were, by id.
     *
     * @param offset how many of the first are left out
     */
    public List<RegisteredPerson> registered(int offset, int limit) {
        return jdbc.sql(REGISTERED + "order by id offset ? limit ?")
                .params(offset, limit)
                .query(Organization::registered)
                .list();
    }

    /** Somebody who is there or ever was. */
    public Optional<RegisteredPerson> registered(String id) {
        return jdbc.sql(REGISTERED + "where id = ?")
                .param(id)
                .query(Organization::registered)
                .optional();
    }

    /** Number of people that the filter finds. */
    public int count(PersonFilter filter) {
        return found("count(*)", filter, "").query(Integer.class).single();
    }

    /**
     * A page of the people whom the filter finds, by unit and account.
     *
     * @param offset how many of the first are left out
     */
    public List<RegisteredPerson> search(PersonFilter filter, int offset, int limit) {
        return found("""
                        id, name, unit_code, roles, enabled, email, wecom_user_id, dingtalk_user_id,
                        array(select post.unit_code || ' ' || array_to_string(post.roles, ' ') from post
                              where post.person = person.id order by post.unit_code) as further_posts""", filter, "order by unit_code, id offset :offset limit :limit")
                .param("offset", offset)
                .param("limit", limit)
                .query(Organization::registeredWithPosts)
                .list();
    }

    private JdbcClient.StatementSpec found(String columns, PersonFilter filter, String rest) {
        return jdbc.sql("select " + columns + """
                         from person
                        where enabled = not :left
                          and (:text = '' or strpos(lower(name), :text) > 0 or strpos(id, :text) > 0)
                          and (:anywhere or unit_code = any (:units) or exists (
                              select from post where post.person = person.id and post.unit_code = any (:units)))
                          and (cast(:role as text) is null or :role = any (roles) or exists (
                              select from post where post.person = person.id and :role = any (post.roles)))
                        """ + rest)
                .param("left", filter.left())
                .param(
                        "text",
                        filter.text() == null
                                ? ""
                                : filter.text().strip().toLowerCase(Locale.ROOT).replace("\0", ""))
                .param("anywhere", filter.unit() == null || filter.unit().isBlank())
                .param(
                        "units",
                        filter.unit() == null
                                ? new String[0]
                                : withBelow(filter.unit()).toArray(String[]::new))
                .param("role", filter.role() == null ? null : filter.role().name());
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

    /** The stored hash of an enabled person's password. */
    public Optional<String> passwordHash(String personId) {
        return jdbc.sql("select password_hash from person where enabled and id = ?")
                .param(personId)
                .query(String.class)
                .optional();
    }

    /**
     * Writes a unit, new or changed.
     *
     * @throws RefusedException when it does not fit into the tree
     */
    @Transactional
    public void save(Unit unit) {
        lockTree();
        Optional<Unit> before = stored(unit.code());
        if (before.filter(unit::equals).isPresent()) {
            return;
        }
        new UnitTree(storedUnits()).require(unit);
        jdbc.sql("""
                        insert into unit (code, name, tier, parent_code, department, closed_on)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (code) do update
                        set name = excluded.name, tier = excluded.tier, parent_code = excluded.parent_code,
                            department = excluded.department, closed_on = excluded.closed_on""")
                .params(
                        unit.code(),
                        unit.name(),
                        unit.tier().name(),
                        unit.parentCode(),
                        unit.department(),
                        unit.closedOn())
                .update();
        forgetUnits();
        events.publishEvent(new UnitChanged(before.orElse(null), unit));
    }

    /** Two changes of the tree at once could close a circle that neither of them sees. */
    private void lockTree() {
        jdbc.sql("lock table unit in share row exclusive mode").update();
    }

    private List<Unit> storedUnits() {
        return jdbc.sql("select * from unit").query(Organization::unit).list();
    }

    private Optional<Unit> stored(String code) {
        return jdbc.sql("select * from unit where code = ?")
                .param(code)
                .query(Organization::unit)
                .optional();
    }

    /** At once for what this transaction reads next, and again once others see what it wrote, or did not write. */
    private void forgetUnits() {
        forget(this, () -> keptUnits = null);
    }

    private void forgetNames() {
        forget(keptNames, keptNames::invalidateAll);
    }

    /** @param changing bound to the transaction while it lasts */
    private static void forget(Object changing, Runnable forgetting) {
        forgetting.run();
        if (TransactionSynchronizationManager.hasResource(changing)) {
            return;
        }
        TransactionSynchronizationManager.bindResource(changing, Boolean.TRUE);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(changing);
                forgetting.run();
            }
        });
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
        forgetNames();
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
                    staff.put(row.getString("unit_code"), new Staff(texts(row, "heads"), row.getInt("people")));
                });
        return staff;
    }

    /** Registrations that name the unit are finished before, or fail after (the trigger {@code item_unit_open}). */
    public void lock(Unit unit) {
        jdbc.sql("select from unit where code = ? for update")
                .param(unit.code())
                .query((row, index) -> true)
                .list();
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

    /** Writes the hash of a password that somebody else has set. */
    @Transactional
    public void changePassword(String personId, String passwordHash) {
        jdbc.sql("update person set password_hash = ? where id = ?")
                .params(passwordHash, personId)
                .update();
    }

    /**
     * Writes the hash of a password that the person has chosen in place of the one that they knew.
     *
     * @return false when it was changed meanwhile; then nothing is written
     */
    @Transactional
    public boolean changePassword(String personId, String oldHash, String newHash) {
        return jdbc.sql("update person set password_hash = ? where enabled and id = ? and password_hash = ?")
                        .params(newHash, personId, oldHash)
                        .update()
                > 0;
    }

    /** Writes the same password under a better hash, unless it was changed meanwhile. */
    @Transactional
    public void rehashPassword(String personId, String oldHash, String newHash) {
        jdbc.sql("update person set password_hash = ? where id = ? and password_hash = ?")
                .params(newHash, personId, oldHash)
                .update();
    }

    /** Addresses of a person outside this application; empty ones for somebody who does not exist. */
    public Addresses addresses(String personId) {
        return jdbc.sql("select email, wecom_user_id, dingtalk_user_id from person where id = ?")
                .param(personId)
                .query(Organization::addresses)
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

    private static Unit unit(ResultSet row, int index) throws SQLException {
        return new Unit(
                row.getString("code"),
                row.getString("name"),
                Tier.valueOf(row.getString("tier")),
                row.getString("parent_code"),
                row.getBoolean("department"),
                row.getObject("closed_on", LocalDate.class));
    }

    private static Addresses addresses(ResultSet row, int index) throws SQLException {
        return new Addresses(row.getString("email"), row.getString("wecom_user_id"), row.getString("dingtalk_user_id"));
    }

    private static RegisteredPerson registered(ResultSet row, int index) throws SQLException {
        Person person = new Person(
                row.getString("id"),
                row.getString("name"),
                row.getString("unit_code"),
                roles(texts(row, "roles").stream()));
        return new RegisteredPerson(person, row.getBoolean("enabled"), addresses(row, index));
    }

    /** With the further posts, and nobody for whom they act: that is a matter of the day. */
    private static RegisteredPerson registeredWithPosts(ResultSet row, int index) throws SQLException {
        RegisteredPerson main = registered(row, index);
        Person person = new Person(
                main.person().id(),
                main.person().name(),
                main.person().unitCode(),
                main.person().roles(),
                texts(row, "further_posts").stream().map(Organization::post).toList(),
                List.of());
        return new RegisteredPerson(person, main.active(), main.addresses());
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
                roles(texts(row, "roles").stream()),
                texts(row, "further_posts").stream().map(Organization::post).toList(),
                texts(row, "absentees"));
    }

    private static Post post(String text) {
        String[] parts = text.split(" ");
        return new Post(parts[0], roles(Arrays.stream(parts).skip(1)));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Set<Role> roles(Stream<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        names.map(Role::valueOf).forEach(roles::add);
        return roles;
    }
}
