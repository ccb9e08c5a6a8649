package org.guiling.organization.change;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Post;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.organization.Units;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/**
 * Opens, changes and closes units: the one way to do so, on the terms of {@link OrganizationChanges}. What is open at a unit
 * that moves or closes goes to the unit that the transfer names.
 */
@Service
public class UnitChanges {

    private final Organization organization;
    private final Units units;
    private final CurrentPerson currentPerson;
    private final ApplicationEventPublisher events;
    private final OfficeClock clock;

    UnitChanges(
            Organization organization,
            Units units,
            CurrentPerson currentPerson,
            ApplicationEventPublisher events,
            OfficeClock clock) {
        this.organization = organization;
        this.units = units;
        this.currentPerson = currentPerson;
        this.events = events;
        this.clock = clock;
    }

    /** @throws RefusedException for anybody but an administrator */
    public void requireAdministrator() {
        currentPerson.require(Role.ADMINISTRATOR, "organization.administrator");
    }

    @Transactional
    public void open(Unit unit) {
        requireAdministrator();
        if (units.find(unit.code()).isPresent()) {
            throw RefusedException.conflictAt("code", "organization.unit.exists", unit.code());
        }
        apply(unit, Transfer.NONE);
    }

    @Transactional
    public void rename(String code, String name) {
        requireAdministrator();
        apply(get(code).named(name), Transfer.NONE);
    }

    /** Gives a unit that is open another name and another place at once; tier and kind must be what they are. */
    @Transactional
    public void change(Unit unit, Transfer transfer) {
        requireAdministrator();
        units.requireOpen("code", unit.code());
        apply(unit, transfer);
    }

    /**
     * Puts a unit below another.
     *
     * @param parentCode null for the top
     * @param transfer where its open items go; only a unit without any moves without saying so
     */
    @Transactional
    public void move(String code, String parentCode, Transfer transfer) {
        requireAdministrator();
        apply(get(code).under(parentCode), transfer);
    }

    /** Closes a unit (撤销、合并); its people come along to the receiving unit, each with the roles they have. */
    @Transactional
    public void close(String code, Transfer transfer) {
        requireAdministrator();
        Unit unit = get(code);
        units.lock(unit);
        Unit receiving = receiving(unit, transfer);
        bringPeopleAlong(unit, receiving);
        events.publishEvent(new UnitTransfer(
                unit,
                receiving,
                transfer.handler(),
                transfer.reason(),
                currentPerson.find().orElse(null)));
        units.save(unit.closed(clock.today()));
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

    /** Writes a unit, new or changed, for whoever has been let in. */
    void apply(Unit unit, Transfer transfer) {
        OrganizationRule.requireReadable(unit);
        Unit before = units.find(unit.code()).orElse(null);
        if (before != null && !before.isOpen()) {
            throw RefusedException.conflictAt("code", "organization.unit.closed", before.name());
        }
        if (before != null && (before.tier() != unit.tier() || before.department() != unit.department())) {
            throw RefusedException.invalid("tier", "organization.unit.tier-fixed", before.name());
        }
        units.save(unit);
        if (before != null && !Objects.equals(before.parentCode(), unit.parentCode())) {
            events.publishEvent(new UnitTransfer(
                    before,
                    receiving(unit, transfer),
                    transfer.handler(),
                    transfer.reason(),
                    currentPerson.find().orElse(null)));
        }
    }

    /** The unit that receives what is open, null when nobody named one. */
    private Unit receiving(Unit unit, Transfer transfer) {
        if (transfer.receivingUnit() == null) {
            return null;
        }
        Unit receiving = units.requireOpen("receivingUnit", transfer.receivingUnit());
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

    private Unit get(String code) {
        return units.find(code)
                .filter(Unit::isOpen)
                .orElseThrow(() -> RefusedException.notFound("organization.unit.unknown", code));
    }
}
