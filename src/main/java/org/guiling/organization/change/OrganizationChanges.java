package org.guiling.organization.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.guiling.organization.Addresses;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.OrganizationProperties;
import org.guiling.organization.Person;
import org.guiling.organization.Post;
import org.guiling.organization.RegisteredPerson;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/**
 * Changes units, people and their posts: the one way to do so. Each change is whole or none, and is told to whoever keeps
 * something that depends on it (the engine's groups, open items) within its transaction. Every method refuses
 * ({@link RefusedException}) what would leave the organization or an open item inconsistent.
 */
@Service
public class OrganizationChanges {

    /** Somebody else has the id that somebody new was to get. */
    public static final String PERSON_EXISTS = "organization.person.exists";

    private static final Pattern UNIT_CODE = Pattern.compile("[a-z0-9-]{1,60}");
    private static final Pattern PERSON_ID = Pattern.compile("[a-z0-9._-]{1,60}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,180}");
    private static final int LONGEST_NAME = 100;

    private final Organization organization;
    private final Substitutions substitutions;
    private final OpenWork openWork;
    private final OrganizationProperties properties;
    private final PasswordEncoder passwords;
    private final CurrentPerson currentPerson;
    private final ApplicationEventPublisher events;
    private final OfficeClock clock;

    OrganizationChanges(
            Organization organization,
            Substitutions substitutions,
            OpenWork openWork,
            OrganizationProperties properties,
            PasswordEncoder passwords,
            CurrentPerson currentPerson,
            ApplicationEventPublisher events,
            OfficeClock clock) {
        this.organization = organization;
        this.substitutions = substitutions;
        this.openWork = openWork;
        this.properties = properties;
        this.passwords = passwords;
        this.currentPerson = currentPerson;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The handover when somebody leaves a post.
     *
     * @param successor of what they handle; null where they handle nothing any more
     * @param reason why; kept in the history of what is handed over
     */
    public record Succession(String successor, String reason) {

        static final Succession NONE = new Succession(null, null);
    }

    /** @throws RefusedException for anybody but an administrator */
    public void requireAdministrator() {
        currentPerson.require(Role.ADMINISTRATOR, "organization.administrator");
    }

    @Transactional
    public void openUnit(Unit unit) {
        requireAdministrator();
        if (organization.unit(unit.code()).isPresent()) {
            throw RefusedException.conflictAt("code", "organization.unit.exists", unit.code());
        }
        apply(unit, Transfer.NONE);
    }

    @Transactional
    public void renameUnit(String code, String name) {
        requireAdministrator();
        apply(openUnit(code).named(name), Transfer.NONE);
    }

    /** Gives a unit that is open another name and another place at once; tier and kind must be what they are. */
    @Transactional
    public void changeUnit(Unit unit, Transfer transfer) {
        requireAdministrator();
        openUnit("code", unit.code());
        apply(unit, transfer);
    }

    /**
     * Puts a unit below another.
     *
     * @param parentCode null for the top
     * @param transfer where its open items go; only a unit without any moves without saying so
     */
    @Transactional
    public void moveUnit(String code, String parentCode, Transfer transfer) {
        requireAdministrator();
        apply(openUnit(code).under(parentCode), transfer);
    }

    /** Closes a unit (撤销、合并); its people come along to the receiving unit, each with the roles they have. */
    @Transactional
    public void closeUnit(String code, Transfer transfer) {
        requireAdministrator();
        Unit unit = openUnit(code);
        organization.lock(unit);
        Unit receiving = receiving(unit, transfer);
        bringPeopleAlong(unit, receiving);
        events.publishEvent(new UnitTransfer(unit, receiving, transfer.handler(), transfer.reason(), actor()));
        organization.save(unit.closed(clock.today()));
    }

    /** Writes a unit, new or changed, for whoever has been let in. */
    void apply(Unit unit, Transfer transfer) {
        requireReadable(unit);
        Unit before = organization.unit(unit.code()).orElse(null);
        if (before != null && !before.isOpen()) {
            throw RefusedException.conflictAt("code", "organization.unit.closed", before.name());
        }
        if (before != null && (before.tier() != unit.tier() || before.department() != unit.department())) {
            throw RefusedException.invalid("tier", "organization.unit.tier-fixed", before.name());
        }
        organization.save(unit);
        if (before != null && !Objects.equals(before.parentCode(), unit.parentCode())) {
            events.publishEvent(new UnitTransfer(
                    before, receiving(unit, transfer), transfer.handler(), transfer.reason(), actor()));
        }
    }

    /** The unit that receives what is open, null when nobody named one. */
    private Unit receiving(Unit unit, Transfer transfer) {
        if (transfer.receivingUnit() == null) {
            return null;
        }
        Unit receiving = openUnit("receivingUnit", transfer.receivingUnit());
        if (receiving.tier() != unit.tier()) {
            throw RefusedException.invalid(
                    "receivingUnit", "organization.transfer.tier", receiving.name(), unit.name());
        }
        if (transfer.reason() == null || transfer.reason().isBlank()) {
            throw RefusedException.invalid("reason", "organization.transfer.reason");
        }
        return receiving;
    }

    private void bringPeopleAlong(Unit unit, Unit receiving) {
        List<Person> people = organization.peopleAt(unit.code());
        if (receiving != null && receiving.code().equals(unit.code())) {
            throw RefusedException.invalid("receivingUnit", "organization.transfer.itself", unit.name());
        }
        if (!people.isEmpty() && receiving == null) {
            throw RefusedException.conflictAt(
                    "receivingUnit",
                    "organization.unit.has-people",
                    unit.name(),
                    people.stream().map(Person::name).collect(Collectors.joining("、")));
        }
        people.forEach(person -> bringAlong(person, unit.code(), receiving.code()));
    }

    private void bringAlong(Person person, String from, String to) {
        Set<Role> roles = person.ownPosts()
                .filter(post -> post.unitCode().equals(from) || post.unitCode().equals(to))
                .flatMap(post -> post.roles().stream())
                .collect(Collectors.toSet());
        boolean main = person.unitCode().equals(from) || person.unitCode().equals(to);
        person.furtherPosts().stream()
                .map(Post::unitCode)
                .filter(unit -> unit.equals(from) || main && unit.equals(to))
                .forEach(unit -> organization.removePost(person, unit));
        if (main) {
            organization.save(new Person(person.id(), person.name(), to, roles), null);
        } else {
            organization.savePost(person, new Post(to, roles));
        }
    }

    /** Somebody new, or somebody who comes back. Without an initial password set they sign on by other ways only. */
    @Transactional
    public void addPerson(Person person, Addresses addresses) {
        requireAdministrator();
        organization.lockPerson(person.id());
        if (organization.person(person.id()).isPresent()) {
            throw RefusedException.conflictAt("id", PERSON_EXISTS, person.id());
        }
        requireReadable(addresses);
        apply(person, Succession.NONE, initialHash());
        organization.save(person.id(), addresses);
    }

    /** Changes a person's addresses; those that are null are removed. */
    @Transactional
    public void changeAddresses(String id, Addresses addresses) {
        requireAdministrator();
        requireReadable(addresses);
        organization.save(get(id).id(), addresses);
    }

    /** Another name, main post or roles. */
    @Transactional
    public void changePerson(Person person, Succession succession) {
        requireAdministrator();
        get(person.id());
        apply(person, succession, null);
    }

    /** The same, and where they are reached: both or neither. */
    @Transactional
    public void changePerson(Person person, Addresses addresses, Succession succession) {
        changePerson(person, succession);
        changeAddresses(person.id(), addresses);
    }

    /**
     * Tells what would be refused: runs one of these changes, and takes it back.
     *
     * @throws RefusedException as the change does
     */
    @Transactional
    public void preview(Runnable change) {
        change.run();
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
    }

    /**
     * The person leaves altogether: from now on they are let in nowhere. Of somebody who was shut out before, the successor
     * takes over what is still in their name.
     */
    @Transactional
    public void removePerson(String id, Succession succession) {
        requireAdministrator();
        Optional<Person> shutOut = leftWithOpenWork(id);
        if (shutOut.isPresent()) {
            move(shutOut.get(), null, succession);
            return;
        }
        Person person = get(id);
        requireAdministratorBeside(person, null);
        substitutions.endAllOf(id);
        move(get(id), null, succession);
        organization.disable(person);
    }

    /**
     * The person leaves by word of somebody who can name no successor, as a directory: let in nowhere from now on, whatever
     * they handle. That stays in their name, and is handed over by {@link #removePerson} afterwards.
     */
    @Transactional
    public void shutOut(String id) {
        requireAdministrator();
        Person person = get(id);
        requireAdministratorBeside(person, null);
        substitutions.endAllOf(id);
        events.publishEvent(new PersonShutOut(get(id)));
        organization.disable(person);
    }

    /** Somebody who has left and in whose name something is still open. */
    private Optional<Person> leftWithOpenWork(String id) {
        return organization
                .registered(id)
                .filter(registered -> !registered.active() && openWork.isHandledBy(id))
                .map(RegisteredPerson::person);
    }

    /** A post beside the main one, new or with other roles. */
    @Transactional
    public void putPost(String personId, Post post, Succession succession) {
        requireAdministrator();
        Person person = get(personId);
        openUnit("unit", post.unitCode());
        requireRoles(post.roles());
        if (person.unitCode().equals(post.unitCode())) {
            throw RefusedException.conflictAt("unit", "organization.post.main", person.name());
        }
        Optional<Post> before = person.furtherPosts().stream()
                .filter(each -> each.unitCode().equals(post.unitCode()))
                .findFirst();
        Person after = withPosts(person, before.orElse(null), post);
        requireSeparated(after);
        requireAdministratorBeside(person, after);
        if (before.isPresent()) {
            move(person, after, succession);
        }
        organization.savePost(person, post);
    }

    @Transactional
    public void removePost(String personId, String unitCode, Succession succession) {
        requireAdministrator();
        Person person = get(personId);
        Post post = person.furtherPosts().stream()
                .filter(each -> each.unitCode().equals(unitCode))
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("organization.post.unknown", person.name()));
        Person after = withPosts(person, post, null);
        requireAdministratorBeside(person, after);
        move(person, after, succession);
        organization.removePost(person, unitCode);
    }

    private static Person withPosts(Person person, Post out, Post in) {
        List<Post> posts = new ArrayList<>(person.furtherPosts());
        posts.remove(out);
        if (in != null) {
            posts.add(in);
        }
        return new Person(person.id(), person.name(), person.unitCode(), person.roles(), posts, person.absentees());
    }

    /**
     * Writes a person, new or changed, for whoever has been let in.
     *
     * @param initialHash of the password of somebody new; null for somebody who is there
     */
    void apply(Person person, Succession succession, String initialHash) {
        requireReadable(person);
        Person before = organization.person(person.id()).orElse(null);
        if (before != null && before.isDescribedAs(person)) {
            return;
        }
        openUnit("unit", person.unitCode());
        if (before != null) {
            if (before.furtherPosts().stream().anyMatch(post -> post.unitCode().equals(person.unitCode()))) {
                throw RefusedException.conflictAt("unit", "organization.post.further", before.name());
            }
            Person after = new Person(
                    person.id(),
                    person.name(),
                    person.unitCode(),
                    person.roles(),
                    before.furtherPosts(),
                    before.absentees());
            requireSeparated(after);
            requireAdministratorBeside(before, after);
            move(before, after, succession);
        } else {
            requireSeparated(person);
            leftWithOpenWork(person.id()).ifPresent(left -> move(left, person, succession));
        }
        organization.save(person, initialHash);
    }

    private void move(Person before, Person after, Succession succession) {
        events.publishEvent(new PersonMoves(before, after, succession.successor(), succession.reason(), actor()));
    }

    /** The hash of the initial password, or of one that nobody knows. */
    private String initialHash() {
        String password = properties.initialPassword();
        return passwords.encode(password == null ? UUID.randomUUID().toString() : password);
    }

    /** Nobody locks the office out of its own administration, or its administrators out of being audited. */
    private void requireAdministratorBeside(Person before, Person after) {
        if (isLast(Role.ADMINISTRATOR, before, after)) {
            throw RefusedException.conflictAt("roles", "organization.person.last-administrator", before.name());
        }
        if (isLast(Role.AUDIT_ADMINISTRATOR, before, after)) {
            throw RefusedException.conflictAt("roles", "organization.person.last-audit-administrator", before.name());
        }
    }

    private boolean isLast(Role role, Person before, Person after) {
        boolean stays = after != null && after.has(role);
        return before.has(role) && !stays && organization.people(role).size() < 2;
    }

    /** Administrators are audited by somebody else (三员分立), whatever their posts. */
    private static void requireSeparated(Person person) {
        if (person.has(Role.ADMINISTRATOR) && person.has(Role.AUDIT_ADMINISTRATOR)) {
            throw RefusedException.conflictAt("roles", "organization.person.audits-themself", person.name());
        }
    }

    private static void requireReadable(Unit unit) {
        if (unit.code() == null || !UNIT_CODE.matcher(unit.code()).matches()) {
            throw RefusedException.invalid("code", "organization.unit.code");
        }
        requireName(unit.name());
        if (unit.tier() == null) {
            throw RefusedException.invalid("tier", "organization.unit.tier-missing");
        }
    }

    private static void requireReadable(Person person) {
        if (person.id() == null || !PERSON_ID.matcher(person.id()).matches()) {
            throw RefusedException.invalid("id", "organization.person.id");
        }
        requireName(person.name());
        requireRoles(person.roles());
    }

    private static void requireReadable(Addresses addresses) {
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

    private static void requireRoles(Set<Role> roles) {
        if (roles == null || roles.isEmpty() || roles.stream().anyMatch(Objects::isNull)) {
            throw RefusedException.invalid("roles", "organization.roles");
        }
    }

    private Person get(String id) {
        return organization.person(id).orElseThrow(() -> RefusedException.notFound("organization.person.unknown", id));
    }

    private Unit openUnit(String code) {
        return organization
                .unit(code)
                .filter(Unit::isOpen)
                .orElseThrow(() -> RefusedException.notFound("organization.unit.unknown", code));
    }

    private Unit openUnit(String field, String code) {
        return Optional.ofNullable(code)
                .flatMap(organization::unit)
                .filter(Unit::isOpen)
                .orElseThrow(() -> RefusedException.invalid(field, "organization.unit.unknown", code));
    }

    private Person actor() {
        return currentPerson.find().orElse(null);
    }
}
