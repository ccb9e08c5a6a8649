package org.guiling.scim;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.RegisteredPeople;
import org.guiling.organization.RegisteredPerson;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.OrganizationChanges.Succession;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings people to what the office's directory says of them, each request whole or not at all. The rules are those of
 * {@link OrganizationChanges}, which also lets nobody do this but administrators.
 */
@Service
class ScimUsers {

    private static final Succession NOBODY_TAKES_OVER = new Succession(null, null);

    private final Organization organization;
    private final RegisteredPeople registered;
    private final OrganizationChanges changes;

    ScimUsers(Organization organization, RegisteredPeople registered, OrganizationChanges changes) {
        this.organization = organization;
        this.registered = registered;
        this.changes = changes;
    }

    /** @param total how many there are in all */
    record Found(List<RegisteredPerson> people, int total) {}

    /** @param offset how many of the first are left out */
    @Transactional(readOnly = true)
    Found list(int offset, int limit) {
        changes.requireAdministrator();
        return new Found(registered.page(offset, limit), registered.count());
    }

    @Transactional(readOnly = true)
    Optional<RegisteredPerson> find(String id) {
        changes.requireAdministrator();
        return organization.registered(account(id));
    }

    /** Somebody new, or somebody who comes back. */
    @Transactional
    RegisteredPerson create(UserRequest wanted) {
        require("userName", wanted.userName());
        require("displayName", wanted.name());
        require("department", wanted.department());
        require("roles", wanted.roles());
        String id = account(wanted.userName());
        changes.addPerson(
                new Person(id, wanted.name(), unit(wanted.department()), wanted.roles()),
                addresses(wanted, organization.addresses(id)));
        if (Boolean.FALSE.equals(wanted.active())) {
            changes.shutOut(id);
        }
        return registered(id);
    }

    /**
     * @param wanted of the person as they are
     * @throws ScimException when there is no such person
     */
    @Transactional
    RegisteredPerson change(String id, Function<RegisteredPerson, UserRequest> wanted) {
        changes.requireAdministrator();
        RegisteredPerson before = registered(account(id));
        UserRequest request = wanted.apply(before);
        if (request.userName() != null
                && !account(request.userName()).equals(before.person().id())) {
            throw ScimException.mutability("userName");
        }
        if (Boolean.FALSE.equals(request.active())) {
            // Nothing else that the request says may stand in the way.
            shutOut(before);
        } else if (before.active()) {
            change(before, request);
        } else if (Boolean.TRUE.equals(request.active())) {
            changes.addPerson(merged(before.person(), request), addresses(request, before.addresses()));
        }
        return registered(before.person().id());
    }

    /** @throws ScimException when there is no such person */
    @Transactional
    void deactivate(String id) {
        changes.requireAdministrator();
        shutOut(registered(account(id)));
    }

    private void shutOut(RegisteredPerson person) {
        if (person.active()) {
            changes.shutOut(person.person().id());
        }
    }

    private void change(RegisteredPerson before, UserRequest request) {
        changes.changePerson(merged(before.person(), request), NOBODY_TAKES_OVER);
        Addresses addresses = addresses(request, before.addresses());
        if (!addresses.equals(before.addresses())) {
            changes.changeAddresses(before.person().id(), addresses);
        }
    }

    private Person merged(Person before, UserRequest request) {
        Set<Role> roles = Objects.requireNonNullElse(request.roles(), before.roles());
        return new Person(
                before.id(),
                Objects.requireNonNullElse(request.name(), before.name()),
                request.department() == null ? before.unitCode() : unit(request.department()),
                roles);
    }

    private static Addresses addresses(UserRequest request, Addresses before) {
        return new Addresses(
                request.email() == null ? before.email() : request.email(),
                before.wecomUserId(),
                before.dingtalkUserId());
    }

    /** The code of the unit that has this code, or else alone has this name. */
    private String unit(String department) {
        if (organization.isOpen(department)) {
            return department;
        }
        List<Unit> named = organization.units().stream()
                .filter(unit -> unit.name().equals(department))
                .toList();
        if (named.isEmpty()) {
            throw ScimException.invalidValue("scim.department.unknown", department);
        }
        if (named.size() > 1) {
            throw ScimException.invalidValue("scim.department.several", department);
        }
        return named.get(0).code();
    }

    private RegisteredPerson registered(String id) {
        return organization.registered(id).orElseThrow(() -> ScimException.notFound(id));
    }

    /** Directories know the same account in any case, as signing on does. */
    private static String account(String userName) {
        return userName.toLowerCase(Locale.ROOT);
    }

    private static void require(String attribute, Object value) {
        if (value == null) {
            throw ScimException.invalidValue("scim.missing", attribute);
        }
    }
}
