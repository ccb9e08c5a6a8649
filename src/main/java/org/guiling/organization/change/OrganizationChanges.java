package org.guiling.organization.change;

import java.util.Optional;
import java.util.UUID;
import org.guiling.organization.Addresses;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.OrganizationProperties;
import org.guiling.organization.Person;
import org.guiling.organization.Post;
import org.guiling.organization.RegisteredPerson;
import org.guiling.organization.Role;
import org.guiling.organization.Units;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.refusal.RefusedException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes people and their posts: the one way to do so. Each change is whole or none, and is told to whoever keeps something
 * that depends on it (the engine's groups, open items) within its transaction. Every method refuses
 * ({@link RefusedException}) what would leave the organization or an open item inconsistent.
 */
@Service
public class OrganizationChanges {

    /** Somebody else has the id that somebody new was to get. */
    public static final String PERSON_EXISTS = "organization.person.exists";

    private final Organization organization;
    private final Units units;
    private final Substitutions substitutions;
    private final OpenWork openWork;
    private final OrganizationProperties properties;
    private final PasswordEncoder passwords;
    private final CurrentPerson currentPerson;
    private final ApplicationEventPublisher events;

    OrganizationChanges(
            Organization organization,
            Units units,
            Substitutions substitutions,
            OpenWork openWork,
            OrganizationProperties properties,
            PasswordEncoder passwords,
            CurrentPerson currentPerson,
            ApplicationEventPublisher events) {
        this.organization = organization;
        this.units = units;
        this.substitutions = substitutions;
        this.openWork = openWork;
        this.properties = properties;
        this.passwords = passwords;
        this.currentPerson = currentPerson;
        this.events = events;
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

    /** Somebody new, or somebody who comes back. Without an initial password set they sign on by other ways only. */
    @Transactional
    public void addPerson(Person person, Addresses addresses) {
        requireAdministrator();
        organization.lockPerson(person.id());
        if (organization.person(person.id()).isPresent()) {
            throw RefusedException.conflictAt("id", PERSON_EXISTS, person.id());
        }
        OrganizationRule.requireReadable(addresses);
        apply(person, Succession.NONE, initialHash());
        organization.save(person.id(), addresses);
    }

    /** Changes a person's addresses; those that are null are removed. */
    @Transactional
    public void changeAddresses(String id, Addresses addresses) {
        requireAdministrator();
        OrganizationRule.requireReadable(addresses);
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
        units.requireOpen("unit", post.unitCode());
        OrganizationRule.requireRoles(post.roles());
        if (person.unitCode().equals(post.unitCode())) {
            throw RefusedException.conflictAt("unit", "organization.post.main", person.name());
        }
        boolean had =
                person.furtherPosts().stream().anyMatch(each -> each.unitCode().equals(post.unitCode()));
        Person after = person.withPost(post);
        OrganizationRule.requireSeparated(after);
        requireAdministratorBeside(person, after);
        if (had) {
            move(person, after, succession);
        }
        organization.savePost(person, post);
    }

    @Transactional
    public void removePost(String personId, String unitCode, Succession succession) {
        requireAdministrator();
        Person person = get(personId);
        if (person.furtherPosts().stream().noneMatch(post -> post.unitCode().equals(unitCode))) {
            throw RefusedException.notFound("organization.post.unknown", person.name());
        }
        Person after = person.withoutPost(unitCode);
        requireAdministratorBeside(person, after);
        move(person, after, succession);
        organization.removePost(person, unitCode);
    }

    /**
     * Writes a person, new or changed, for whoever has been let in.
     *
     * @param initialHash of the password of somebody new; null for somebody who is there
     */
    void apply(Person person, Succession succession, String initialHash) {
        OrganizationRule.requireReadable(person);
        Person before = organization.person(person.id()).orElse(null);
        if (before != null && before.isDescribedAs(person)) {
            return;
        }
        units.requireOpen("unit", person.unitCode());
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
            OrganizationRule.requireSeparated(after);
            requireAdministratorBeside(before, after);
            move(before, after, succession);
        } else {
            OrganizationRule.requireSeparated(person);
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

    private Person get(String id) {
        return organization.person(id).orElseThrow(() -> RefusedException.notFound("organization.person.unknown", id));
    }

    private Person actor() {
        return currentPerson.find().orElse(null);
    }
}
